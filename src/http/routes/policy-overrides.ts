import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { callerId, overrideId } from "../../domain/ids.ts";
import { channelName, instant, term } from "../../domain/vocabulary.ts";
import type { Softening } from "../../guardrails/guardrail.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { isoTime, reason } from "../shapes.ts";

const rule = z.string().min(1).max(100);
const until = instant.describe("90 days ahead at most");
const given = z.discriminatedUnion("scope", [
  z.strictObject({ rule, scope: z.literal("global"), target: z.literal("*").default("*"), reason, until }),
  z.strictObject({ rule, scope: z.literal("channel"), target: channelName, reason, until }),
  z.strictObject({ rule, scope: z.literal("playbook"), target: term, reason, until }),
  z.strictObject({ rule, scope: z.literal("asset"), target: callerId, reason, until }),
]);
const shown = z.strictObject({
  overrideId,
  rule,
  scope: z.enum(["global", "channel", "playbook", "asset"]),
  target: z.string(),
  effect: z.literal("review").describe("What follows in the place of a deny: a person is asked"),
  reason: z.string(),
  by: z.string().describe("An API key's id"),
  from: instant,
  until: instant,
});
const params = z.strictObject({ id: z.string().min(1).max(100) });

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
    method: "post",
    path: "/v1/policies/overrides",
    tag: "policies",
    summary: "Let a person be asked what a built-in rule denies",
    description:
      "Everywhere, or for a channel, a playbook or an asset; until its end, 90 days at most. It takes the place of the " +
      "override of the same rule and scope. Rules that keep what is not the deployment's to give away can't be " +
      "overridden: 422.",
    needs: "policies:override",
    body: given,
    example: {
      rule: "asset.source-terms",
      scope: "asset",
      target: "kontor-nord-review",
      reason: "The platform licensed it to us in writing",
      until: "2027-01-31T00:00:00Z",
    },
    answers: { 201: { description: "It stands", schema: shown } },
    async handle({ body, caller }) {
      if (caller.keyId === "command-line")
        throw new AppError("forbidden", "An override bears a name: start the server, and set it with your own key.");
      const override = { ...body, until: Date.parse(body.until), by: caller.keyId };
      const made = await store.write((trx) => policies.setOverride(trx, override));
      return { status: 201, body: toShown(made), about: { overrideId: made.overrideId } };
    },
  });

  add({
    method: "delete",
    path: "/v1/policies/overrides/{id}",
    tag: "policies",
    summary: "Take an override back: the rule denies again",
    needs: "policies:override",
    params,
    answers: { 200: { description: "It is taken back", schema: z.strictObject({ overrideId: z.string() }) } },
    async handle({ params: { id }, caller }) {
      const isCleared = await store.write((trx) => policies.clearOverride(trx, id, caller.keyId));
      if (!isCleared) throw new AppError("not-found", "No such override stands.");
      return { status: 200, body: { overrideId: id }, about: { overrideId: id } };
    },
  });
}

function toShown({ from, until, ...one }: Softening) {
  return { ...one, effect: "review" as const, from: isoTime(from), until: isoTime(until) };
}
