import { z } from "zod";
import { assetChange, assetContent, assetInput, assetStatus } from "../../domain/asset.ts";
import { endorserFacts } from "../../domain/endorser.ts";
import { AppError } from "../../domain/errors.ts";
import type { AssetVersion } from "../../domain/facts.ts";
import { type AssetId, assetId, endorserId } from "../../domain/ids.ts";
import { assetKind, instant, language, term } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { Caller, HttpDeps } from "../http.ts";
import { assetEtag, etagHeader, ifMatchHeader, readIfMatch, verifyIfMatch } from "../if-match.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { isPermitted } from "../permissions.ts";
import { isoTime, verifySameId } from "../shapes.ts";
import { shownGrant, tiedGrant } from "./grants.ts";

const byId = z.strictObject({ id: assetId });
const record = z.strictObject({
  assetId,
  status: assetStatus,
  currentVersion: z.int().positive(),
  updatedAt: instant,
});
const summary = record.extend({ kind: assetKind, title: z.string(), language });
const version = z.strictObject({
  assetId,
  version: z.int().positive(),
  content: assetContent,
  contentSha: z.string(),
  endorserId: z.string().nullable(),
  createdAt: instant,
});
const asset = z.strictObject({
  ...record.shape,
  current: version.nullable(),
  grants: z.array(tiedGrant),
  endorser: endorserFacts.extend({ endorserId, name: z.string().nullable() }).nullable(),
});
/** `unchanged`: the content was the current version's already. */
export const put = z.strictObject({
  assetId,
  result: z.enum(["created", "versioned", "unchanged"]),
  version: z.int().positive(),
});

/** The catalogue: what there is, and writing it. */
export function addAssetRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/assets",
    tag: "assets",
    summary: "List assets, by id",
    description:
      "`q`: words that all have to be in the id, title, quote or body, or begin a word there. `language`: `de` finds `de-AT`.",
    needs: "assets:read",
    query: z.strictObject({
      ...pageQuery,
      status: assetStatus.optional(),
      kind: assetKind.optional(),
      language: language.optional(),
      theme: term.optional(),
      q: z.string().trim().min(1).max(200).optional(),
    }),
    answers: { 200: { description: "By id", schema: pageOf(summary), example: { items: [shown], nextCursor: null } } },
    async handle({ query: { limit, cursor, q, ...filter } }) {
      const page = { ...filter, text: q, after: afterOf("assets", cursor), limit: limit + 1 };
      const rows = await deps.catalogue.listAssets(deps.store.read, page);
      const item = (row: (typeof rows)[number]) => ({ ...row, updatedAt: isoTime(row.updatedAt) });
      return { status: 200, body: toPage("assets", rows, limit, { id: (row) => row.assetId, item }) };
    },
  });

  add({
    method: "post",
    path: "/v1/assets",
    tag: "assets",
    summary: "Create an asset, or a new version of it",
    description:
      "A new asset is `active` unless `status` says `draft` or `in-review`; one that is there keeps its status. The same " +
      "content again makes no new version (`unchanged`); grants and the endorser's facts are taken over.",
    needs: "assets:write",
    body: assetInput,
    example: { assetId: "acme-onboarding-2026", status: "draft", ...content },
    answers: {
      200: { description: "It was there: a new version, or unchanged", schema: put },
      201: {
        description: "It is new",
        schema: put,
        example: { assetId: "acme-onboarding-2026", result: "created", version: 1 },
        headers: etagHeader,
      },
    },
    async handle({ body, caller }) {
      const [done, etag] = await deps.store.write(async (trx) => {
        const result = await deps.catalogue.putAsset(trx, body, { by: caller.keyId });
        return [result, assetEtag(await known(deps.catalogue.asset(trx, body.assetId)))] as const;
      });
      const status = done.result === "created" ? 201 : 200;
      return { status, body: { assetId: body.assetId, ...done }, headers: { ETag: etag } };
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
    answers: { 200: { description: "The asset", schema: asset, headers: etagHeader } },
    async handle({ params: { id }, caller }) {
      const body = await wholeAsset(id, caller, deps);
      return { status: 200, body, headers: { ETag: assetEtag(body) } };
    },
  });

  add({
    method: "put",
    path: "/v1/assets/{id}",
    tag: "assets",
    summary: "Change an asset's content",
    description:
      "Makes a new version, unless the content is the current one's. `If-Match` has to say which state the change was made " +
      "on: 428 without it, 412 when the asset changed meanwhile. The status stays.",
    needs: "assets:write",
    params: byId,
    headers: ifMatchHeader,
    body: assetChange,
    example: content,
    answers: {
      200: {
        description: "A new version, or unchanged",
        schema: put,
        example: { assetId: "acme-onboarding-2026", result: "versioned", version: 4 },
        headers: etagHeader,
      },
    },
    async handle({ params: { id }, body, caller, c }) {
      verifySameId("/assetId", id, body.assetId);
      const [done, etag] = await deps.store.write(async (trx) => {
        const before = await known(deps.catalogue.asset(trx, id));
        verifyIfMatch(readIfMatch(c), before, { required: true });
        const result = await deps.catalogue.putAsset(trx, { ...body, assetId: id }, { by: caller.keyId });
        return [result, assetEtag({ ...before, currentVersion: result.version })] as const;
      });
      return { status: 200, body: { assetId: id, ...done }, headers: { ETag: etag } };
    },
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
    method: "get",
    path: "/v1/assets/{id}/versions/{version}",
    tag: "assets",
    summary: "One version",
    needs: "assets:read",
    params: byId.extend({
      version: z
        .string()
        .regex(/^[1-9][0-9]{0,8}$/, "a version's number")
        .transform(Number),
    }),
    answers: { 200: { description: "The version", schema: version } },
    async handle({ params: { id, version: number } }) {
      const found = await deps.catalogue.version(deps.store.read, id, number);
      if (found === null) throw new AppError("not-found", "There is no such version of an asset of this id.");
      return { status: 200, body: shownVersion(found) };
    },
  });
}

const content = {
  kind: "testimonial",
  title: "Live in nine days",
  quote: "We were live in nine days, and nobody had to work a weekend for it.",
  language: "en",
  endorser: {
    name: "Jane Sample",
    role: "Head of Sales Operations",
    company: "Acme Freight",
    relationship: "customer",
  },
  source: { system: "interview", verified: true },
  freshnessTimestamp: "2026-09-30T00:00:00Z",
  grant: {
    license: "customer-release",
    consentStatus: "granted",
    channels: ["web", "email"],
    territories: ["*"],
    purposes: ["nurture"],
    elements: ["quote", "name", "role", "company"],
    evidence: { kind: "signed-release", ref: "releases/2026-09-30.pdf" },
  },
};
const shown = {
  assetId: "acme-onboarding-2026",
  status: "active",
  currentVersion: 3,
  updatedAt: "2026-10-01T08:30:00.000Z",
  kind: "testimonial",
  title: "Live in nine days",
  language: "en",
};

async function wholeAsset(id: AssetId, caller: Caller, deps: HttpDeps) {
  const db = deps.store.read;
  const record = await known(deps.catalogue.asset(db, id));
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

/** The record, or `not-found`. */
export async function known<T>(asset: Promise<T | null>): Promise<T> {
  const found = await asset;
  if (found === null) throw unknownAsset();
  return found;
}

function unknownAsset(): AppError {
  return new AppError("not-found", "There is no asset of this id.");
}
