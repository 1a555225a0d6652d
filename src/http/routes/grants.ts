import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import type { Grant } from "../../domain/facts.ts";
import { grantInput, grantTerms } from "../../domain/grant.ts";
import { assetId, type GrantId, grantId } from "../../domain/ids.ts";
import { recallItem } from "../../domain/publication.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { historyEntry, isoTime, reason, shownHistory, verifySameId } from "../shapes.ts";

const byId = z.strictObject({ id: grantId });
export const tiedGrant = z.strictObject({ grantId, terms: grantTerms, revokedAt: instant.nullable() });
const grant = tiedGrant.extend({ assets: z.array(assetId), createdAt: instant });
const recalled = z.strictObject({
  grantId,
  revokedAt: instant,
  assets: z.array(assetId).describe("Those that were left without any grant"),
  receipt: z.array(recallItem),
});
const history = historyEntry(
  ["added", "changed", "revoked", "attached", "detached"],
  z.union([
    z.strictObject({ before: grantTerms.nullable(), after: grantTerms }),
    z.strictObject({ assetId: z.string() }),
    z.strictObject({}),
  ]),
);

const terms = {
  license: "customer-release",
  consentStatus: "granted",
  channels: ["web", "email"],
  territories: ["DE", "AT", "CH"],
  purposes: ["nurture"],
  elements: ["quote", "role", "company"],
  validUntil: "2027-09-30T00:00:00Z",
  evidence: { kind: "signed-release", ref: "releases/2026-09-30.pdf" },
};

/** Grants: the rights to use assets, as records of their own. */
export function addGrantRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/grants/{id}",
    tag: "grants",
    summary: "A grant with its terms and the assets it covers",
    needs: "assets:read",
    params: byId,
    answers: { 200: { description: "The grant", schema: grant } },
    async handle({ params: { id } }) {
      const { createdAt, assets, ...found } = await known(id, deps);
      return { status: 200, body: { ...shownGrant(found), assets, createdAt: isoTime(createdAt) } };
    },
  });

  add({
    method: "put",
    path: "/v1/grants/{id}",
    tag: "grants",
    summary: "Create a grant, or change its terms",
    description:
      "Other terms replace those that stand; what they were stays in the history. Slots and everything queued follow the " +
      "new terms at once; where these grant nothing any more, assets without another grant are taken back, with a " +
      "receipt. 409: it was revoked, which is final.",
    needs: "assets:write",
    params: byId,
    body: grantInput,
    example: terms,
    answers: {
      200: {
        description: "Changed, or unchanged",
        schema: z.strictObject({
          grantId,
          result: z.enum(["changed", "unchanged"]),
          receipt: z.array(recallItem),
        }),
      },
      201: {
        description: "It is new",
        schema: z.strictObject({ grantId, result: z.literal("created"), receipt: z.array(recallItem) }),
        example: { grantId: "acme-2026", result: "created", receipt: [] },
      },
    },
    async handle({ params: { id }, body, caller }) {
      verifySameId("/grantId", id, body.grantId);
      const { result, receipt } = await deps.store.write((trx) =>
        deps.recall.putGrant(trx, id, body, { by: caller.keyId }),
      );
      return { status: result === "created" ? 201 : 200, body: { grantId: id, result, receipt } };
    },
  });

  add({
    method: "get",
    path: "/v1/grants/{id}/history",
    tag: "grants",
    summary: "What was done to the grant, by whom and when, with the terms before and after",
    needs: "assets:read",
    params: byId,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "Newest first", schema: pageOf(history) } },
    async handle({ params: { id }, query: { limit, cursor } }) {
      await known(id, deps);
      const page = { after: afterOf("grant-history", cursor), limit: limit + 1 };
      const rows = await deps.catalogue.grantHistory(deps.store.read, id, page);
      const shape = { id: (row: (typeof rows)[number]) => String(row.historyId), item: shownHistory };
      return { status: 200, body: toPage("grant-history", rows, limit, shape) };
    },
  });

  add({
    method: "post",
    path: "/v1/grants/{id}/revoke",
    tag: "grants",
    summary: "Revoke a grant",
    description:
      "Final. Every asset whose only cover it was is taken back in the same transaction: what is live is withdrawn, what " +
      "is queued cancelled, what waits for a person blocked, with a receipt for each. Once more does nothing.",
    needs: "assets:revoke",
    params: byId,
    body: z.strictObject({ reason }),
    example: { reason: "withdrawn by the endorser" },
    answers: {
      200: {
        description: "It is revoked",
        schema: recalled,
        example: {
          grantId: "acme-2026",
          revokedAt: "2026-11-02T10:00:00.000Z",
          assets: ["acme-onboarding-2026"],
          receipt: [{ kind: "publication", id: "pub_01JD00000000000000000000AB", result: "withdrawn" }],
        },
      },
    },
    async handle({ params: { id }, body, caller }) {
      const done = await deps.store.write((trx) =>
        deps.recall.revokeGrant(trx, id, { reason: body.reason, by: caller.keyId }),
      );
      const { revokedAt } = shownGrant(await known(id, deps));
      return { status: 200, body: { grantId: id, revokedAt, ...done } };
    },
  });
}

export function shownGrant({ grantId, terms, revokedAt }: Grant) {
  return { grantId, terms, revokedAt: revokedAt === null ? null : isoTime(revokedAt) };
}

async function known(id: GrantId, deps: HttpDeps) {
  const found = await deps.catalogue.grant(deps.store.read, id);
  if (found === null) throw new AppError("not-found", "There is no grant of this id.");
  return found;
}
