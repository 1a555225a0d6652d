import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { apiKeyId } from "../../domain/ids.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import { type HttpDeps, roles } from "../http.ts";
import { isoTime } from "../shapes.ts";

const listed = z.strictObject({
  keyId: apiKeyId,
  name: z.string(),
  role: z.enum(roles),
  createdAt: instant,
  revokedAt: instant.nullable(),
});

/** The API's own keys. A key itself is shown when it is made, and never again. */
export function addApiKeyRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/api-keys",
    tag: "api-keys",
    summary: "The API keys, revoked ones too; never a key itself",
    needs: "api-keys:read",
    answers: {
      200: { description: "Oldest first", schema: z.strictObject({ items: z.array(listed), nextCursor: z.null() }) },
    },
    async handle() {
      const rows = await deps.apiKeys.list();
      const items = rows.map(({ createdAt, revokedAt, ...key }) => ({
        ...key,
        createdAt: isoTime(createdAt),
        revokedAt: revokedAt === null ? null : isoTime(revokedAt),
      }));
      return { status: 200, body: { items, nextCursor: null } };
    },
  });

  add({
    method: "post",
    path: "/v1/api-keys/{id}/revoke",
    tag: "api-keys",
    summary: "Revoke an API key",
    description:
      "It lets nobody in any more, here at once and in other processes within a second. 409: it is your own.",
    needs: "api-keys:write",
    params: z.strictObject({ id: apiKeyId }),
    answers: {
      200: {
        description: "It is revoked",
        schema: z.strictObject({ keyId: apiKeyId, result: z.enum(["revoked", "revoked-before"]) }),
      },
    },
    async handle({ params: { id }, caller }) {
      if (id === caller.keyId)
        throw new AppError("conflict", "That is the key you call with; use another to revoke it.");
      const known = (await deps.apiKeys.list()).some(({ keyId }) => keyId === id);
      if (!known) throw new AppError("not-found", "There is no API key of this id.");
      const done = await deps.store.write((trx) => deps.apiKeys.revoke(trx, id));
      return { status: 200, body: { keyId: id, result: done ? "revoked" : "revoked-before" } };
    },
  });
}
