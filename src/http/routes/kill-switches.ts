import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { callerId } from "../../domain/ids.ts";
import { channelName, term } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { reason } from "../shapes.ts";

const stopped = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("global"), target: z.literal("*").default("*"), reason }),
  z.strictObject({ scope: z.literal("channel"), target: channelName, reason }),
  z.strictObject({ scope: z.literal("playbook"), target: term, reason }),
  z.strictObject({ scope: z.literal("asset"), target: callerId, reason }),
]);
const shown = z.strictObject({
  scope: z.enum(["global", "channel", "playbook", "asset"]),
  target: z.string(),
  reason: z.string(),
});

/** Stops: everything, a channel, a playbook, an asset. */
export function addKillSwitchRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/kill-switches",
    tag: "kill-switches",
    summary: "The stops that are set",
    needs: "kill-switches:read",
    answers: {
      200: { description: "All of them", schema: z.strictObject({ items: z.array(shown), nextCursor: z.null() }) },
    },
    handle: async () => ({
      status: 200,
      body: { items: await deps.killSwitches.active(deps.store.read), nextCursor: null },
    }),
  });

  add({
    method: "put",
    path: "/v1/kill-switches",
    tag: "kill-switches",
    summary: "Set a stop",
    description: "Nothing that it covers is published or shown from its commit on. The target of `global` is `*`.",
    needs: "kill-switches:write",
    body: stopped,
    answers: { 200: { description: "It is set", schema: shown } },
    async handle({ body, caller }) {
      await deps.store.write((trx) => deps.killSwitches.set(trx, body, caller.keyId));
      return { status: 200, body };
    },
  });

  add({
    method: "delete",
    path: "/v1/kill-switches/{scope}/{target}",
    tag: "kill-switches",
    summary: "Clear a stop",
    needs: "kill-switches:write",
    params: z.strictObject({ scope: shown.shape.scope, target: z.string().min(1).max(128) }),
    answers: { 200: { description: "It is cleared", schema: shown.omit({ reason: true }) } },
    async handle({ params, caller }) {
      const cleared = await deps.store.write((trx) => deps.killSwitches.clear(trx, params, caller.keyId));
      if (!cleared) throw new AppError("not-found", "No such stop is set.");
      return { status: 200, body: params };
    },
  });
}
