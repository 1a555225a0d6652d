import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { AppError, type FieldError } from "../domain/errors.ts";
import { type GrantInput, type GrantTerms, grantTerms } from "../domain/grant.ts";
import { canonicalJson, jsonDigest } from "../domain/hash.ts";
import type { AssetId, GrantId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Maker } from "./catalogue.ts";
import { recordHistory } from "./history.ts";
import { byOf } from "./maker.ts";

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
  deps: GrantDeps & { readonly maker: Maker },
): Promise<boolean> {
  const { maker } = deps;
  const stored = await storeGrant(trx, id, input, {
    ...deps,
    asset,
    revoked: () => revokedBefore(asset, id, "/grant"),
  });
  const tied = await tieGrant(trx, asset, id, maker, deps.clock);
  return tied || stored !== "unchanged";
}

/** Stores the terms under the id; `asset` is the one that brings them, if any does. */
export async function storeGrant(
  trx: Trx,
  id: GrantId,
  { grantId: _, ...given }: GrantInput,
  deps: GrantDeps & { readonly maker: Maker; readonly asset: AssetId | null; readonly revoked: () => AppError },
): Promise<"created" | "changed" | "unchanged"> {
  const { audit, clock, maker, asset } = deps;
  const terms = grantTerms.parse(given);
  const termsJson = canonicalJson(terms);
  const stored = await trx
    .selectFrom("grants")
    .select(["terms_json", "revoked_at"])
    .where("grant_id", "=", id)
    .executeTakeFirst();
  if (stored && stored.revoked_at !== null) throw deps.revoked();
  if (stored?.terms_json === termsJson) return "unchanged";
  const before = stored ? grantTerms.parse(JSON.parse(stored.terms_json)) : null;
  const now = clock.now();
  if (before === null) {
    await trx
      .insertInto("grants")
      .values({ grant_id: id, terms_json: termsJson, revoked_at: null, created_at: now })
      .execute();
  } else {
    await trx.updateTable("grants").set({ terms_json: termsJson }).where("grant_id", "=", id).execute();
  }
  await recordHistory(trx, "grant", id, {
    change: before === null ? "added" : "changed",
    details: { before, after: terms },
    reason: maker.reason,
    by: byOf(maker),
    at: now,
  });
  await audit.append(trx, {
    kind: "grant.added",
    subject: asset ?? id,
    body: {
      ...(asset !== null && { assetId: asset }),
      grantId: id,
      ...inTheClear(terms),
      termsSha: jsonDigest(terms),
      replaces: before === null ? null : jsonDigest(before),
      by: byOf(maker),
    },
  });
  return before === null ? "created" : "changed";
}

/** Ties an existing grant to the asset. True when it was not tied before. */
export async function tieGrant(trx: Trx, asset: AssetId, id: GrantId, maker: Maker, clock: Clock): Promise<boolean> {
  const tied = await trx
    .insertInto("asset_grants")
    .values({ asset_id: asset, grant_id: id })
    .onConflict((conflict) => conflict.columns(["asset_id", "grant_id"]).doNothing())
    .executeTakeFirst();
  if ((tied.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  const made = { reason: maker.reason, by: byOf(maker), at: clock.now() };
  await recordHistory(trx, "asset", asset, { change: "grant-attached", details: { grantId: id }, ...made });
  await recordHistory(trx, "grant", id, { change: "attached", details: { assetId: asset }, ...made });
  return true;
}

/** Every purpose of the terms that the deployment's taxonomy does not have, with pointer and the nearest ones. */
export function checkPurposes(input: GrantInput, terms: TermIndex): readonly FieldError[] {
  return input.purposes.flatMap((purpose, index) => {
    const message = terms.problem("purposes", purpose);
    return message === null ? [] : [{ pointer: `/purposes/${index}`, message }];
  });
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
