import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { type AssetContent, type AssetInput, assetContent } from "../domain/asset.ts";
import { AppError, type FieldError } from "../domain/errors.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import type { Maker, PutResult } from "./catalogue.ts";
import { announce, assetsByEndorser, assetsByGrant } from "./change-feed.ts";
import { checkTerms } from "./check-terms.ts";
import { derivedEndorserId, derivedGrantId } from "./derived-ids.ts";
import { byOf } from "./maker.ts";
import { putEndorser } from "./put-endorser.ts";
import { putGrant, revokedBefore, tieGrant } from "./put-grant.ts";
import { storeVersion } from "./store-version.ts";

interface PutAssetDeps {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
  readonly maker: Maker;
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
  if (input.endorser && endorserId) {
    const result = await putEndorser(trx, endorserId, input.endorser, { ...deps, pointer: "/endorser" });
    if (result === "changed") for (const id of await assetsByEndorser(trx, endorserId)) changed.add(id);
  }

  const version = { content: contentOf(input), endorserId, status: input.status ?? "active" };
  const put = await storeVersion(trx, input.assetId, version, deps);
  if (put.result !== "unchanged") changed.add(input.assetId);

  if (input.grant) {
    const id = input.grant.grantId ?? derivedGrantId(input.assetId);
    if (await putGrant(trx, input.assetId, id, input.grant, deps)) {
      for (const asset of await assetsByGrant(trx, id)) changed.add(asset);
    }
  }
  for (const id of input.grantIds ?? []) {
    if (!(await tieGrant(trx, input.assetId, id, deps.maker, deps.clock))) continue;
    changed.add(input.assetId);
    await deps.audit.append(trx, {
      kind: "grant.added",
      subject: input.assetId,
      body: { assetId: input.assetId, grantId: id, by: byOf(deps.maker) },
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

/** The part of the input that a version is made of; parsing leaves out what the input leaves open. */
function contentOf(input: AssetInput): AssetContent {
  const { assetId: _a, status: _t, endorser: _e, endorserId: _i, grant: _g, grantIds: _s, ...content } = input;
  return assetContent.parse(content);
}
