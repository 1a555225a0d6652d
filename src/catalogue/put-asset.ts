import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { type AssetContent, type AssetInput, assetContent } from "../domain/asset.ts";
import { AppError, type FieldError } from "../domain/errors.ts";
import { canonicalJson, jsonDigest } from "../domain/hash.ts";
import type { EndorserId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import { announce, assetsByEndorser, assetsByGrant } from "./change-feed.ts";
import { checkTerms } from "./check-terms.ts";
import { derivedEndorserId, derivedGrantId } from "./derived-ids.ts";
import { putEndorser } from "./put-endorser.ts";
import { putGrant, revokedBefore, tieGrant } from "./put-grant.ts";

export interface PutAssetDeps {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
}

export interface PutResult {
  readonly result: "created" | "versioned" | "unchanged";
  readonly version: number;
}

/**
 * Checks, then stores endorser, version and grants, and announces what changed. An import only ever adds grants or
 * replaces the terms of one by its id; to take a grant away is to revoke it.
 */
export async function putAsset(trx: Trx, input: AssetInput, deps: PutAssetDeps): Promise<PutResult> {
  await verifyReferences(trx, input, deps.terms);
  const changed = new Set<string>();

  const endorserId = input.endorser
    ? (input.endorser.endorserId ?? derivedEndorserId(input.assetId))
    : (input.endorserId ?? null);
  const endorserChanged =
    input.endorser && endorserId ? await putEndorser(trx, endorserId, input.endorser, deps) : false;
  if (endorserChanged && endorserId) for (const id of await assetsByEndorser(trx, endorserId)) changed.add(id);

  const put = await putVersion(trx, input, endorserId, deps);
  if (put.result !== "unchanged") changed.add(input.assetId);

  if (input.grant) {
    const id = input.grant.grantId ?? derivedGrantId(input.assetId);
    if (await putGrant(trx, input.assetId, id, input.grant, deps)) {
      for (const asset of await assetsByGrant(trx, id)) changed.add(asset);
    }
  }
  for (const id of input.grantIds ?? []) {
    if (!(await tieGrant(trx, input.assetId, id))) continue;
    changed.add(input.assetId);
    await deps.audit.append(trx, {
      kind: "grant.added",
      subject: input.assetId,
      body: { assetId: input.assetId, grantId: id },
    });
  }
  await announce(trx, changed, deps.clock.now());
  return put;
}

async function verifyReferences(trx: Trx, input: AssetInput, terms: TermIndex): Promise<void> {
  const fields: FieldError[] = [...checkTerms(input, terms)];
  if (input.endorserId !== undefined) {
    const stored = await trx
      .selectFrom("endorsers")
      .select("endorser_id")
      .where("endorser_id", "=", input.endorserId)
      .executeTakeFirst();
    if (!stored) fields.push({ pointer: "/endorserId", message: "there is no endorser with this id" });
  }
  for (const [index, id] of (input.grantIds ?? []).entries()) {
    const pointer = `/grantIds/${index}`;
    const stored = await trx.selectFrom("grants").select("revoked_at").where("grant_id", "=", id).executeTakeFirst();
    if (!stored) fields.push({ pointer, message: "there is no grant with this id" });
    else if (stored.revoked_at !== null) throw revokedBefore(input.assetId, id, pointer);
  }
  if (fields.length === 0) return;
  const words = fields.map(({ pointer, message }) => `${pointer} ${message}`).join("; ");
  throw new AppError("invalid", `Asset ${input.assetId} is not acceptable: ${words}.`, { fields });
}

async function putVersion(
  trx: Trx,
  input: AssetInput,
  endorserId: EndorserId | null,
  { audit, clock }: PutAssetDeps,
): Promise<PutResult> {
  const content = contentOf(input);
  const contentSha = jsonDigest({ content, endorserId });
  const current = await trx
    .selectFrom("assets")
    .innerJoin("asset_versions", (join) =>
      join
        .onRef("asset_versions.asset_id", "=", "assets.asset_id")
        .onRef("asset_versions.version", "=", "assets.current_version"),
    )
    .select(["assets.current_version", "asset_versions.content_sha"])
    .where("assets.asset_id", "=", input.assetId)
    .executeTakeFirst();
  if (current?.content_sha === contentSha) return { result: "unchanged", version: current.current_version };

  const version = (current?.current_version ?? 0) + 1;
  const now = clock.now();
  if (current) {
    await trx
      .updateTable("assets")
      .set({ current_version: version, updated_at: now })
      .where("asset_id", "=", input.assetId)
      .execute();
  } else {
    await trx
      .insertInto("assets")
      .values({
        asset_id: input.assetId,
        status: "active",
        current_version: version,
        created_at: now,
        updated_at: now,
      })
      .execute();
  }
  await trx
    .insertInto("asset_versions")
    .values({
      asset_id: input.assetId,
      version,
      content_json: canonicalJson(content),
      content_sha: contentSha,
      endorser_id: endorserId,
      created_at: now,
    })
    .execute();
  await audit.append(trx, {
    kind: "asset.versioned",
    subject: input.assetId,
    body: { assetId: input.assetId, version, contentSha, endorserId, kindOfAsset: content.kind },
  });
  return { result: current ? "versioned" : "created", version };
}

/** The part of the input that a version is made of; parsing leaves out what the input leaves open. */
function contentOf(input: AssetInput): AssetContent {
  const { assetId: _a, status: _t, endorser: _e, endorserId: _i, grant: _g, grantIds: _s, ...content } = input;
  return assetContent.parse(content);
}
