import { z } from "zod";
import { assetContent, assetInput, assetStatus } from "../../domain/asset.ts";
import { endorserFacts } from "../../domain/endorser.ts";
import { AppError } from "../../domain/errors.ts";
import type { AssetVersion, Grant } from "../../domain/facts.ts";
import { grantTerms } from "../../domain/grant.ts";
import { type AssetId, assetId, endorserId, grantId } from "../../domain/ids.ts";
import { recallItem } from "../../domain/publication.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { Caller, HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { isPermitted } from "../permissions.ts";
import { isoTime, reason } from "../shapes.ts";

const byId = z.strictObject({ id: assetId });
const summary = z.strictObject({
  assetId,
  status: assetStatus,
  currentVersion: z.int().positive(),
  updatedAt: instant,
});
const version = z.strictObject({
  assetId,
  version: z.int().positive(),
  content: assetContent,
  contentSha: z.string(),
  endorserId: z.string().nullable(),
  createdAt: instant,
});
const asset = z.strictObject({
  ...summary.shape,
  current: version.nullable(),
  grants: z.array(z.strictObject({ grantId, terms: grantTerms, revokedAt: instant.nullable() })),
  endorser: endorserFacts.extend({ endorserId, name: z.string().nullable() }).nullable(),
});
const put = z.strictObject({
  assetId,
  result: z.enum(["created", "versioned", "unchanged"]),
  version: z.int().positive(),
});
const revocation = z.strictObject({ assetId, grants: z.array(z.string()), receipt: z.array(recallItem) });

/** The catalogue: what there is, and taking it back. */
export function addAssetRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/assets",
    tag: "assets",
    summary: "List assets, by id",
    needs: "assets:read",
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "By id", schema: pageOf(summary) } },
    async handle({ query: { limit, cursor } }) {
      const rows = await deps.catalogue.listAssets(deps.store.read, {
        after: afterOf("assets", cursor),
        limit: limit + 1,
      });
      const item = (row: (typeof rows)[number]) => ({ ...row, updatedAt: isoTime(row.updatedAt) });
      return { status: 200, body: toPage("assets", rows, limit, { id: (row) => row.assetId, item }) };
    },
  });

  add({
    method: "post",
    path: "/v1/assets",
    tag: "assets",
    summary: "Create an asset, or a new version of it",
    description: "The same content again makes no new version; grants and the endorser's facts are taken over.",
    needs: "assets:write",
    body: assetInput,
    answers: {
      200: { description: "It was there: a new version, or unchanged", schema: put },
      201: { description: "It is new", schema: put },
    },
    async handle({ body }) {
      const done = await deps.store.write((trx) => deps.catalogue.putAsset(trx, body));
      return { status: done.result === "created" ? 201 : 200, body: { assetId: body.assetId, ...done } };
    },
  });

  add({
    method: "get",
    path: "/v1/assets/{id}",
    tag: "assets",
    summary: "An asset with its current version, grants and endorser",
    description: "The endorser's name is shown to roles that may read it, and null to others.",
    needs: "assets:read",
    params: byId,
    answers: { 200: { description: "The asset", schema: asset } },
    handle: async ({ params: { id }, caller }) => ({ status: 200, body: await wholeAsset(id, caller, deps) }),
  });

  add({
    method: "get",
    path: "/v1/assets/{id}/versions",
    tag: "assets",
    summary: "Every version, each immutable",
    needs: "assets:read",
    params: byId,
    answers: { 200: { description: "Oldest first", schema: pageOf(version) } },
    async handle({ params: { id } }) {
      const rows = await deps.catalogue.versions(deps.store.read, id);
      if (rows.length === 0) throw unknownAsset();
      return { status: 200, body: { items: rows.map(shownVersion), nextCursor: null } };
    },
  });

  add({
    method: "post",
    path: "/v1/assets/{id}/revoke",
    tag: "assets",
    summary: "Take an asset back",
    description:
      "Revokes its grants, withdraws what is live, cancels what is queued, blocks what waits for a person: in one " +
      "transaction, with a receipt for each.",
    needs: "assets:revoke",
    params: byId,
    body: z.strictObject({ reason }),
    answers: { 200: { description: "What was done", schema: revocation } },
    async handle({ params: { id }, body }) {
      if ((await deps.catalogue.asset(deps.store.read, id)) === null) throw unknownAsset();
      const done = await deps.store.write((trx) => deps.recall.revoke(trx, id, body.reason));
      return { status: 200, body: { assetId: id, ...done } };
    },
  });
}

async function wholeAsset(id: AssetId, caller: Caller, deps: HttpDeps) {
  const db = deps.store.read;
  const record = await deps.catalogue.asset(db, id);
  if (record === null) throw unknownAsset();
  const current = await deps.catalogue.version(db, id, record.currentVersion);
  const rights = await deps.catalogue.rights(db, id);
  const by = endorserId.nullable().parse(current?.endorserId ?? null);
  const named = by !== null && isPermitted(caller.role, "endorser-identity:read");
  const identity = named ? await deps.catalogue.endorserIdentity(db, by) : null;
  return {
    ...record,
    updatedAt: isoTime(record.updatedAt),
    current: current && shownVersion(current),
    grants: rights.grants.map(shownGrant),
    endorser: rights.endorser && { ...rights.endorser, endorserId: by, name: identity?.name ?? null },
  };
}

function shownVersion(row: AssetVersion) {
  return { ...row, createdAt: isoTime(row.createdAt) };
}

function shownGrant({ grantId, terms, revokedAt }: Grant) {
  return { grantId, terms, revokedAt: revokedAt === null ? null : isoTime(revokedAt) };
}

function unknownAsset(): AppError {
  return new AppError("not-found", "There is no asset of this id.");
}
