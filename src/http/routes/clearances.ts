import { z } from "zod";
import { clearance, clearanceAnswer, clearanceDetail, clearanceState } from "../../domain/clearance.ts";
import { AppError } from "../../domain/errors.ts";
import { assetId, clearanceId } from "../../domain/ids.ts";
import { recallItem } from "../../domain/publication.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";

const byId = z.strictObject({ id: clearanceId });

/** Questions about asset versions, answered once for every lead. */
export function addClearanceRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/clearances",
    tag: "clearances",
    summary: "Questions about asset versions, oldest first",
    needs: "approvals:read",
    query: z.strictObject({ ...pageQuery, state: clearanceState.optional(), assetId: assetId.optional() }),
    answers: { 200: { description: "Oldest first", schema: pageOf(clearance) } },
    async handle({ query: { limit, cursor, state, assetId: asset } }) {
      const filter = { state, assetId: asset, after: afterOf("clearances", cursor), limit: limit + 1 };
      const rows = await deps.clearances.list(deps.store.read, filter);
      return {
        status: 200,
        body: toPage("clearances", rows, limit, { id: (row) => row.clearanceId, item: (row) => row }),
      };
    },
  });

  add({
    method: "get",
    path: "/v1/clearances/{id}",
    tag: "clearances",
    summary: "One question, with what was answered before",
    needs: "approvals:read",
    params: byId,
    answers: { 200: { description: "The question", schema: clearanceDetail } },
    async handle({ params: { id } }) {
      const asked = await deps.clearances.get(deps.store.read, id);
      if (asked === null) throw new AppError("not-found", "There is no clearance of this id.");
      return { status: 200, body: asked };
    },
  });

  add({
    method: "post",
    path: "/v1/clearances/{id}",
    tag: "clearances",
    summary: "Clear, refuse or reopen",
    description:
      "The answer stands for every lead, for `days` or as long as the deployer profile says, and the decisions that were " +
      "held for it run on. Refusing takes back what is live, queued or waiting of the version. 409: it is open already.",
    needs: "approvals:answer",
    params: byId,
    body: clearanceAnswer,
    answers: {
      200: {
        description: "The answered question, and what was taken back",
        schema: z.strictObject({ clearance: clearanceDetail, receipt: z.array(recallItem) }),
      },
    },
    async handle({ params: { id }, body, caller }) {
      const answered = await deps.store.write((trx) => deps.clearances.answer(trx, id, body, caller.keyId));
      return { status: 200, body: answered, about: { clearanceId: id, assetId: answered.clearance.assetId } };
    },
  });
}
