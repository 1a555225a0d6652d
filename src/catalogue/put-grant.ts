import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { type GrantInput, type GrantTerms, grantTerms } from "../domain/grant.ts";
import { canonicalJson, jsonDigest } from "../domain/hash.ts";
import type { AssetId, GrantId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";

interface GrantDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/**
 * Stores a grant's terms and ties it to the asset. True when anything changed. Other terms under the same id replace
 * those that stand; the audit entry names both by digest. A revoked grant is never brought back: `conflict`.
 */
export async function putGrant(
  trx: Trx,
  asset: AssetId,
  id: GrantId,
  input: GrantInput,
  { audit, clock }: GrantDeps,
): Promise<boolean> {
  const { grantId: _, ...given } = input;
  const terms = grantTerms.parse(given);
  const termsJson = canonicalJson(terms);
  const stored = await trx
    .selectFrom("grants")
    .select(["terms_json", "revoked_at"])
    .where("grant_id", "=", id)
    .executeTakeFirst();
  if (stored && stored.revoked_at !== null) throw revokedBefore(asset, id, "/grant");
  if (stored?.terms_json === termsJson) return tieGrant(trx, asset, id);
  if (stored === undefined) {
    await trx
      .insertInto("grants")
      .values({ grant_id: id, terms_json: termsJson, revoked_at: null, created_at: clock.now() })
      .execute();
  } else {
    await trx.updateTable("grants").set({ terms_json: termsJson }).where("grant_id", "=", id).execute();
  }
  await tieGrant(trx, asset, id);
  await audit.append(trx, {
    kind: "grant.added",
    subject: asset,
    body: {
      assetId: asset,
      grantId: id,
      ...inTheClear(terms),
      termsSha: jsonDigest(terms),
      replaces: stored ? jsonDigest(grantTerms.parse(JSON.parse(stored.terms_json))) : null,
    },
  });
  return true;
}

/** Ties an existing grant to the asset. True when it was not tied before. */
export async function tieGrant(trx: Trx, asset: AssetId, id: GrantId): Promise<boolean> {
  const tied = await trx
    .insertInto("asset_grants")
    .values({ asset_id: asset, grant_id: id })
    .onConflict((conflict) => conflict.columns(["asset_id", "grant_id"]).doNothing())
    .executeTakeFirst();
  return (tied.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export function revokedBefore(asset: AssetId, id: GrantId, pointer: string): AppError {
  return new AppError(
    "conflict",
    `Grant ${id} of asset ${asset} was revoked, and an import cannot bring it back. ` +
      "Where there is a new permission, give its grant a grantId of its own.",
    { fields: [{ pointer, message: "this grant was revoked" }] },
  );
}

/** What an auditor needs of the terms; the evidence and the excluded companies stay behind the digest. */
function inTheClear(terms: GrantTerms): Record<string, unknown> {
  return {
    consentStatus: terms.consentStatus,
    channels: terms.channels,
    territories: terms.territories,
    purposes: terms.purposes,
    elements: terms.elements,
    attribution: terms.attribution,
    validFrom: terms.validFrom ?? null,
    validUntil: terms.validUntil ?? null,
  };
}
