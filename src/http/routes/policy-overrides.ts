import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { overrideId } from "../../domain/ids.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { Softening } from "../../guardrails/guardrail.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { isoTime, reason } from "../shapes.ts";

const shown = z.strictObject({
  overrideId,
  rule: z.string(),
  effect: z.literal("review").describe("What follows in the place of a deny: a person is asked"),
  reason: z.string(),
  by: z.string().describe("An API key's id, or command-line"),
  from: instant,
  until: instant,
});
const params = z.strictObject({ rule: z.string().min(1).max(100) });

/** What a person may be asked that a built-in rule denies. */
export function addPolicyOverrideRoutes(add: AddEndpoint, { policies, store }: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/policies/overrides",
    tag: "policies",
    summary: "The overrides that stand",
    needs: "policies:read",
    answers: {
      200: { description: "All of them", schema: z.strictObject({ items: z.array(shown), nextCursor: z.null() }) },
    },
    handle: async () => ({
      status: 200,
      body: { items: (await policies.overrides(store.read)).map(toShown), nextCursor: null },
    }),
  });

  add({
    method: "put",
    path: "/v1/policies/overrides/{rule}",
    tag: "policies",
    summary: "Let a person be asked what a built-in rule denies",
    description:
      "Until its end, a year at most. It takes the place of the rule's override that stands. Rules that keep what is not " +
      "the deployment's to give away can't be overridden: 422.",
    needs: "policies:switch",
    params,
    body: z.strictObject({ reason, until: instant }),
    example: { reason: "The two companies agreed to it in writing", until: "2027-03-31T00:00:00Z" },
    answers: { 200: { description: "It stands", schema: shown } },
    async handle({ params: { rule }, body, caller }) {
      const given = { rule, reason: body.reason, until: Date.parse(body.until), by: caller.keyId };
      const made = await store.write((trx) => policies.setOverride(trx, given));
      return { status: 200, body: toShown(made), about: { overrideId: made.overrideId } };
    },
  });

  add({
    method: "delete",
    path: "/v1/policies/overrides/{rule}",
    tag: "policies",
    summary: "Take an override back: the rule denies again",
    needs: "policies:switch",
    params,
    answers: { 200: { description: "It is taken back", schema: params } },
    async handle({ params: { rule }, caller }) {
      const isCleared = await store.write((trx) => policies.clearOverride(trx, rule, caller.keyId));
      if (!isCleared) throw new AppError("not-found", "No override of this rule stands.");
      return { status: 200, body: { rule } };
    },
  });
}

function toShown({ from, until, ...one }: Softening) {
  return { ...one, effect: "review" as const, from: isoTime(from), until: isoTime(until) };
}
