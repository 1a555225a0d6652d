import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { apiKeyId } from "../../domain/ids.ts";
import type { AddEndpoint } from "../endpoint.ts";
import { type HttpDeps, roles } from "../http.ts";
import { isoTime } from "../shapes.ts";

const role = z.enum(roles);
/** What the key is for. It stands in answers and in approvals' `answeredBy`, so it names a use, not a secret. */
const name = z.string().trim().min(1, "say what the key is for").max(100);
const keyShown = z.strictObject({
  keyId: apiKeyId,
  name: z.string(),
  role,
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});

/** API keys: made, listed and revoked by administrators. */
export function addKeyRoutes(add: AddEndpoint, { apiKeys, store }: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/keys",
    tag: "keys",
    summary: "All API keys, the revoked ones among them; never the keys themselves",
    needs: "keys:manage",
    answers: {
      200: { description: "Oldest first", schema: z.strictObject({ items: z.array(keyShown), nextCursor: z.null() }) },
    },
    async handle() {
      const items = (await apiKeys.list()).map(({ createdAt, revokedAt, ...key }) => ({
        ...key,
        createdAt: isoTime(createdAt),
        revokedAt: revokedAt === null ? null : isoTime(revokedAt),
      }));
      return { status: 200, body: { items, nextCursor: null } };
    },
  });

  add({
    method: "post",
    path: "/v1/keys",
    tag: "keys",
    summary: "Make an API key",
    description: "The key is in this answer and nowhere else: only its hash is stored.",
    needs: "keys:manage",
    body: z.strictObject({ name, role }),
    answers: {
      201: { description: "The key", schema: z.strictObject({ keyId: apiKeyId, key: z.string(), name, role }) },
    },
    async handle({ body }) {
      const made = await store.write((trx) => apiKeys.create(trx, body));
      return { status: 201, body: { ...made, ...body } };
    },
  });

  add({
    method: "delete",
    path: "/v1/keys/{id}",
    tag: "keys",
    summary: "Revoke an API key",
    description: "It lets nobody in any more, in every process within a second. The key of the call itself stays.",
    needs: "keys:manage",
    params: z.strictObject({ id: apiKeyId }),
    answers: { 200: { description: "It is revoked", schema: z.strictObject({ keyId: apiKeyId }) } },
    async handle({ params, caller }) {
      // Whoever revokes still holds a key of an administrator afterwards: nobody can lock everybody out.
      if (params.id === caller.keyId) {
        throw new AppError("conflict", "A key can't revoke itself. Use another administrator's key.");
      }
      const revoked = await store.write((trx) => apiKeys.revoke(trx, params.id));
      if (!revoked) throw new AppError("not-found", `There is no key ${params.id}, or it was revoked before.`);
      return { status: 200, body: { keyId: params.id } };
    },
  });
}
