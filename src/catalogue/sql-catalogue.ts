import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { assetStatus } from "../domain/asset.ts";
import { endorserIdentity } from "../domain/endorser.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type AssetId, assetId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import type { Catalogue } from "./catalogue.ts";
import {
  assetByIdQuery,
  assetsUnderQuery,
  identityQuery,
  listQuery,
  rightsQuery,
  standingGrantsQuery,
  versionQuery,
  versionsQuery,
} from "./catalogue-queries.ts";
import { announce, assetsByGrant } from "./change-feed.ts";
import { makePreparedQuery } from "./prepared-query.ts";
import { putAsset } from "./put-asset.ts";
import { endorserPerson, IDENTITY_PURPOSE } from "./put-endorser.ts";
import { assetRecord, makeStoredRecords } from "./stored-records.ts";

/** The catalogue over the store. Versions never change, so they are answered from memory once read. */
export function makeCatalogue(deps: {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
}): Catalogue {
  const { vault, audit, clock } = deps;
  const records = makeStoredRecords();
  const readAsset = makePreparedQuery(assetByIdQuery);
  const readRights = makePreparedQuery(rightsQuery);
  const readVersion = makePreparedQuery(versionQuery);
  const readIdentity = makePreparedQuery(identityQuery);

  async function statusOf(trx: Trx, id: AssetId): Promise<string> {
    const [row] = await readAsset(trx, id);
    if (row === undefined) throw new AppError("not-found", `There is no asset ${id}.`);
    return row.status;
  }

  return {
    async asset(db, id) {
      const [row] = await readAsset(db, id);
      return row ? assetRecord(row) : null;
    },
    async version(db, id, version) {
      const held = records.heldVersion(id, version);
      if (held) return held;
      const [row] = await readVersion(db, id, version);
      return row ? records.version(row) : null;
    },
    async versions(db, id) {
      return (await versionsQuery(db, id).execute()).map((row) => records.version(row));
    },
    async rights(db, id) {
      const rows = await readRights(db, id);
      const [first] = rows;
      if (first === undefined) return { status: null, currentVersion: null, grants: [], endorser: null };
      return {
        status: assetStatus.parse(first.status),
        currentVersion: first.current_version,
        grants: rows.flatMap(({ grant_id, terms_json, revoked_at }) =>
          grant_id === null || terms_json === null ? [] : [records.grant({ grant_id, terms_json, revoked_at })],
        ),
        endorser: first.facts_json === null ? null : records.endorser(first.facts_json),
      };
    },
    async endorserIdentity(db, id) {
      // Opened anew each time: the vault holds the keys, and who was erased must not be answered from memory.
      const [row] = await readIdentity(db, id);
      if (row === undefined) return null;
      const text = await vault.open(db, endorserPerson(id), IDENTITY_PURPOSE, row.sealed_identity);
      return text === null ? null : endorserIdentity.parse(JSON.parse(text));
    },
    putAsset: (trx, input) => putAsset(trx, input, deps),
    async setStatus(trx, id, status) {
      const from = await statusOf(trx, id);
      if (from === status) return;
      const now = clock.now();
      await trx.updateTable("assets").set({ status, updated_at: now }).where("asset_id", "=", id).execute();
      await audit.append(trx, {
        kind: "asset.status-changed",
        subject: id,
        body: { assetId: id, from, to: status },
      });
      await announce(trx, [id], now);
    },
    async revokeGrants(trx, id, reason) {
      await statusOf(trx, id);
      const standing = await standingGrantsQuery(trx, id).execute();
      const now = clock.now();
      const changed = new Set<string>();
      for (const { grant_id } of standing) {
        await trx.updateTable("grants").set({ revoked_at: now }).where("grant_id", "=", grant_id).execute();
        await audit.append(trx, {
          kind: "grant.revoked",
          subject: id,
          // The reason may be in a person's own words: the log can prove it, it does not tell it.
          body: { assetId: id, grantId: grant_id, reasonSha: jsonDigest(reason) },
        });
        for (const asset of await assetsByGrant(trx, grant_id)) changed.add(asset);
      }
      await announce(trx, changed, now);
      return standing.map(({ grant_id }) => grant_id);
    },
    async assetsUnder(db, grants) {
      if (grants.length === 0) return [];
      return (await assetsUnderQuery(db, grants).execute()).map((row) => assetId.parse(row.asset_id));
    },
    async listAssets(db, page) {
      return (await listQuery(db, page).execute()).map(assetRecord);
    },
  };
}
