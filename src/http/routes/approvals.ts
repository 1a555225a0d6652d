import { z } from "zod";
import { approval, approvalAnswer, approvalStatus } from "../../domain/approval.ts";
import { AppError } from "../../domain/errors.ts";
import { approvalId } from "../../domain/ids.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";

const byId = z.strictObject({ id: approvalId });

/** The queue of questions to a person, and their answers. */
export function addApprovalRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/approvals",
    tag: "approvals",
    summary: "The queue, oldest first",
    needs: "approvals:read",
    query: z.strictObject({ ...pageQuery, status: approvalStatus.optional() }),
    answers: { 200: { description: "Oldest first", schema: pageOf(approval) } },
    async handle({ query: { limit, cursor, status } }) {
      const filter = { status, after: afterOf("approvals", cursor), limit: limit + 1 };
      const rows = await deps.approvals.list(deps.store.read, filter);
      return {
        status: 200,
        body: toPage("approvals", rows, limit, { id: (row) => row.approvalId, item: (row) => row }),
      };
    },
  });

  add({
    method: "get",
    path: "/v1/approvals/{id}",
    tag: "approvals",
    summary: "One question, with what would be shown",
    needs: "approvals:read",
    params: byId,
    answers: { 200: { description: "The question", schema: approval } },
    async handle({ params: { id } }) {
      const asked = await deps.approvals.get(deps.store.read, id);
      if (asked === null) throw new AppError("not-found", "There is no approval of this id.");
      return { status: 200, body: asked };
    },
  });

  add({
    method: "post",
    path: "/v1/approvals/{id}",
    tag: "approvals",
    summary: "Approve, edit or reject",
    description:
      "The answer is bound to the content hash that the person saw, and discharges exactly the findings shown with it. " +
      "Everything is judged again before anything is published. 409: answered before, or the content is another.",
    needs: "approvals:answer",
    params: byId,
    body: approvalAnswer,
    answers: { 200: { description: "The answered question", schema: approval } },
    async handle({ params: { id }, body, caller }) {
      const answered = await deps.store.write((trx) => deps.approvals.answer(trx, id, body, caller.keyId));
      return { status: 200, body: answered, about: { approvalId: id, decisionId: answered.decisionId } };
    },
  });
}
