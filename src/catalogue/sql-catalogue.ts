import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { assetStatus } from "../domain/asset.ts";
import { AppError } from "../domain/errors.ts";
import { assetId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Vault } from "../vault/vault.ts";
import type { Catalogue } from "./catalogue.ts";
import {
  assetByIdQuery,
  assetsUnderQuery,
  rightsQuery,
  standingGrantsQuery,
  versionQuery,
  versionsQuery,
} from "./catalogue-queries.ts";
import { announce, assetsByGrant } from "./change-feed.ts";
import { changeStatus } from "./change-status.ts";
import { coverage } from "./coverage.ts";
import { makeEndorsers } from "./endorser-records.ts";
import { makeGrants, markRevoked } from "./grant-steps.ts";
import { readHistory } from "./history.ts";
import { listAssets } from "./list-assets.ts";
import { makePreparedQuery } from "./prepared-query.ts";
import { putAsset } from "./put-asset.ts";
import { rollBack } from "./store-version.ts";
import { assetRecord, makeStoredRecords } from "./stored-records.ts";

/** The catalogue over the store. Versions never change, so they are answered from memory once read. */
export function makeCatalogue(deps: {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
}): Catalogue {
  const { audit, clock } = deps;
  const records = makeStoredRecords();
  const readAsset = makePreparedQuery(assetByIdQuery);
  const readRights = makePreparedQuery(rightsQuery);
  const readVersion = makePreparedQuery(versionQuery);

  return {
    ...makeGrants(deps, records),
    ...makeEndorsers(deps, records),
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
    assetHistory: (db, id, page) => readHistory(db, "asset", id, page),
    putAsset: (trx, input, maker = {}) => putAsset(trx, input, { ...deps, maker }),
    rollBack: (trx, id, toVersion, maker = {}) => rollBack(trx, id, toVersion, { audit, clock, maker, records }),
    setStatus: (trx, id, status, maker = {}) => changeStatus(trx, id, status, { audit, clock, maker }),
    async revokeGrants(trx, id, reason, by = "import") {
      const [known] = await readAsset(trx, id);
      if (known === undefined) throw new AppError("not-found", `There is no asset ${id}.`);
      const standing = await standingGrantsQuery(trx, id).execute();
      const changed = new Set<string>();
      for (const { grant_id } of standing) {
        await markRevoked(trx, grant_id, id, { reason, by }, deps);
        for (const asset of await assetsByGrant(trx, grant_id)) changed.add(asset);
      }
      await announce(trx, changed, clock.now());
      return standing.map(({ grant_id }) => grant_id);
    },
    async assetsUnder(db, grants) {
      if (grants.length === 0) return [];
      return (await assetsUnderQuery(db, grants).execute()).map((row) => assetId.parse(row.asset_id));
    },
    coverage,
    listAssets: (db, page) => listAssets(db, records, page),
  };
}
