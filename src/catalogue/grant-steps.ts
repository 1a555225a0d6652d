import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { assetId, type GrantId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Grants, Maker } from "./catalogue.ts";
import { announce, assetsByGrant } from "./change-feed.ts";
import { readHistory, recordHistory } from "./history.ts";
import { byOf } from "./maker.ts";
import { checkPurposes, storeGrant, tieGrant } from "./put-grant.ts";
import type { StoredRecords } from "./stored-records.ts";

interface GrantDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
}

/** Grants as records of their own. Each step ends in the change feed with the assets that it touches. */
export function makeGrants(deps: GrantDeps, records: StoredRecords): Grants {
  const { audit, clock, terms } = deps;
  return {
    async grant(db, id) {
      const row = await grantRow(db, id);
      if (!row) return null;
      const tied = await db.selectFrom("asset_grants").select("asset_id").where("grant_id", "=", id).execute();
      const assets = tied.map(({ asset_id }) => assetId.parse(asset_id)).sort();
      return { ...records.grant(row), assets, createdAt: row.created_at };
    },

    grantHistory: (db, id, page) => readHistory(db, "grant", id, page),

    async putGrant(trx, id, input, maker = {}) {
      const fields = checkPurposes(input, terms);
      if (fields.length > 0) throw new AppError("invalid", "A purpose is not in the taxonomy.", { fields });
      const result = await storeGrant(trx, id, input, {
        audit,
        clock,
        maker,
        asset: null,
        revoked: () => revoked(id, "its terms are what they were"),
      });
      if (result !== "unchanged") await announce(trx, await assetsByGrant(trx, id), clock.now());
      return result;
    },

    async revokeGrant(trx, id, maker = {}) {
      const row = await knownGrant(trx, id);
      if (row.revoked_at !== null) return false;
      await markRevoked(trx, id, id, maker, deps);
      await announce(trx, await assetsByGrant(trx, id), clock.now());
      return true;
    },

    async attachGrant(trx, asset, id, maker = {}) {
      await verifyAsset(trx, asset);
      if ((await knownGrant(trx, id)).revoked_at !== null) throw revoked(id, "it covers nothing more");
      if (!(await tieGrant(trx, asset, id, maker, clock))) return false;
      const body = { assetId: asset, grantId: id, by: byOf(maker) };
      await audit.append(trx, { kind: "grant.added", subject: asset, body });
      await announce(trx, [asset], clock.now());
      return true;
    },

    async detachGrant(trx, asset, id, maker = {}) {
      const { numDeletedRows } = await trx
        .deleteFrom("asset_grants")
        .where("asset_id", "=", asset)
        .where("grant_id", "=", id)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw new AppError("not-found", `Grant ${id} is not tied to an asset ${asset}.`);
      const now = clock.now();
      const made = { reason: maker.reason, by: byOf(maker), at: now };
      await recordHistory(trx, "asset", asset, { change: "grant-detached", details: { grantId: id }, ...made });
      await recordHistory(trx, "grant", id, { change: "detached", details: { assetId: asset }, ...made });
      const body = { assetId: asset, grantId: id, by: byOf(maker) };
      await audit.append(trx, { kind: "grant.detached", subject: asset, body });
      await announce(trx, [asset], now);
    },
  };
}

/** Marks it, with history and audit entry; `subject` is what the caller asked to take back. */
export async function markRevoked(
  trx: Trx,
  id: string,
  subject: string,
  maker: Maker,
  { audit, clock }: Pick<GrantDeps, "audit" | "clock">,
): Promise<void> {
  const now = clock.now();
  await trx.updateTable("grants").set({ revoked_at: now }).where("grant_id", "=", id).execute();
  await recordHistory(trx, "grant", id, {
    change: "revoked",
    details: {},
    reason: maker.reason,
    by: byOf(maker),
    at: now,
  });
  await audit.append(trx, {
    kind: "grant.revoked",
    subject,
    body: {
      ...(subject !== id && { assetId: subject }),
      grantId: id,
      // The reason may be in a person's own words: the log can prove it, it does not tell it.
      reasonSha: jsonDigest(maker.reason ?? ""),
      by: byOf(maker),
    },
  });
}

function grantRow(db: Queries, id: GrantId) {
  return db.selectFrom("grants").selectAll().where("grant_id", "=", id).executeTakeFirst();
}

async function knownGrant(db: Queries, id: GrantId) {
  const row = await grantRow(db, id);
  if (row === undefined) throw new AppError("not-found", `There is no grant ${id}.`);
  return row;
}

async function verifyAsset(db: Queries, id: string): Promise<void> {
  const row = await db.selectFrom("assets").select("asset_id").where("asset_id", "=", id).executeTakeFirst();
  if (row === undefined) throw new AppError("not-found", `There is no asset ${id}.`);
}

function revoked(id: GrantId, words: string): AppError {
  return new AppError(
    "conflict",
    `Grant ${id} was revoked: ${words}. Where there is a new permission, give it a grant id of its own.`,
  );
}
