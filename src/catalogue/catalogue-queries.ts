import type { Queries } from "../store/store.ts";

export function assetByIdQuery(db: Queries, id: string) {
  return db.selectFrom("assets").selectAll().where("asset_id", "=", id);
}

export function versionQuery(db: Queries, id: string, version: number) {
  return db.selectFrom("asset_versions").selectAll().where("asset_id", "=", id).where("version", "=", version);
}

/** Oldest first. */
export function versionsQuery(db: Queries, id: string) {
  return db.selectFrom("asset_versions").selectAll().where("asset_id", "=", id).orderBy("version");
}

/** One row per grant of the asset (one without, where it has none), with the current version's endorser. */
export function rightsQuery(db: Queries, id: string) {
  return db
    .selectFrom("assets as a")
    .leftJoin("asset_versions as v", (join) =>
      join.onRef("v.asset_id", "=", "a.asset_id").onRef("v.version", "=", "a.current_version"),
    )
    .leftJoin("endorsers as e", "e.endorser_id", "v.endorser_id")
    .leftJoin("asset_grants as ag", "ag.asset_id", "a.asset_id")
    .leftJoin("grants as g", "g.grant_id", "ag.grant_id")
    .select(["a.status", "a.current_version", "e.facts_json", "g.grant_id", "g.terms_json", "g.revoked_at"])
    .where("a.asset_id", "=", id)
    .orderBy("g.grant_id");
}

export function identityQuery(db: Queries, id: string) {
  return db.selectFrom("endorsers").select("sealed_identity").where("endorser_id", "=", id);
}

export function standingGrantsQuery(db: Queries, id: string) {
  return db
    .selectFrom("grants as g")
    .innerJoin("asset_grants as ag", "ag.grant_id", "g.grant_id")
    .select("g.grant_id")
    .where("ag.asset_id", "=", id)
    .where("g.revoked_at", "is", null)
    .orderBy("g.grant_id");
}

export function assetsUnderQuery(db: Queries, grants: readonly string[]) {
  return db
    .selectFrom("asset_grants")
    .select("asset_id")
    .distinct()
    .where("grant_id", "in", grants)
    .orderBy("asset_id");
}
