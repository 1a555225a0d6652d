import { z } from "zod";
import { decision, decisionStatus } from "../../domain/decision.ts";
import { AppError } from "../../domain/errors.ts";
import { explainDecision, explanation } from "../../domain/explanation.ts";
import { type DecisionId, decisionId, leadId } from "../../domain/ids.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";

const byId = z.strictObject({ id: decisionId });

/** Look at decisions, and have them explained. */
export function addDecisionRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/decisions",
    tag: "decisions",
    summary: "List decisions, newest first",
    needs: "decisions:read",
    query: z.strictObject({ ...pageQuery, lead: leadId.optional(), status: decisionStatus.optional() }),
    answers: { 200: { description: "Newest first", schema: pageOf(decision) } },
    async handle({ query: { limit, cursor, lead, status } }) {
      const filter = { leadId: lead, status, after: afterOf("decisions", cursor), limit: limit + 1 };
      const rows = await deps.decisions.list(deps.store.read, filter);
      return {
        status: 200,
        body: toPage("decisions", rows, limit, { id: (row) => row.decisionId, item: (row) => row }),
      };
    },
  });

  add({
    method: "get",
    path: "/v1/decisions/{id}",
    tag: "decisions",
    summary: "The whole story from event to outcome",
    needs: "decisions:read",
    params: byId,
    answers: { 200: { description: "The decision", schema: decision } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await found(id, deps), about: { decisionId: id } }),
  });

  add({
    method: "get",
    path: "/v1/decisions/{id}/explanation",
    tag: "decisions",
    summary: "What was decided and why, in words and in rule ids",
    needs: "decisions:read",
    params: byId,
    answers: { 200: { description: "The explanation", schema: explanation } },
    handle: async ({ params: { id } }) => ({
      status: 200,
      body: explainDecision(await found(id, deps)),
      about: { decisionId: id },
    }),
  });

  add({
    method: "get",
    path: "/v1/decisions/{id}/scenario",
    tag: "decisions",
    summary: "The decision as a scenario for the evals",
    description:
      "The lead, the proof and the playbook as they stood, the event, and what came of it as what is expected. Who it " +
      "was about is replaced by stand-ins, and nobody's own words are in it. `gaps` says where it is not all that was " +
      "recorded. 410: nothing is recorded of it any more.",
    needs: "decisions:tell",
    params: byId,
    answers: { 200: { description: "The scenario, and its gaps", schema: toldScenario } },
    handle: async ({ params: { id } }) => ({
      status: 200,
      body: await deps.scenarioRecorder.tell(deps.store.read, id),
      about: { decisionId: id },
    }),
  });
}

const toldScenario = z.strictObject({
  scenario: z.looseObject({ id: z.string() }),
  gaps: z.array(z.string()),
});

async function found(id: DecisionId, deps: HttpDeps) {
  const record = await deps.decisions.get(deps.store.read, id);
  if (record === null) throw new AppError("not-found", "There is no decision of this id.");
  return record;
}
