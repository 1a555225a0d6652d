import type { Trx } from "../store/store.ts";

/** What search indexes follow: one row per asset that changed. Every writer of the catalogue ends here. */
export async function announce(trx: Trx, assets: Iterable<string>, at: number): Promise<void> {
  const rows = [...assets].map((asset_id) => ({ asset_id, at }));
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    await trx
      .insertInto("catalogue_changes")
      .values(rows.slice(from, from + ROWS_PER_INSERT))
      .execute();
  }
}

/** Assets whose current version is by the endorser. */
export async function assetsByEndorser(trx: Trx, endorserId: string): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom("asset_versions")
    .innerJoin("assets", (join) =>
      join
        .onRef("assets.asset_id", "=", "asset_versions.asset_id")
        .onRef("assets.current_version", "=", "asset_versions.version"),
    )
    .select("assets.asset_id")
    .where("asset_versions.endorser_id", "=", endorserId)
    .execute();
  return rows.map((row) => row.asset_id);
}

/** Assets that the grant is tied to. */
export async function assetsByGrant(trx: Trx, grantId: string): Promise<readonly string[]> {
  const rows = await trx.selectFrom("asset_grants").select("asset_id").where("grant_id", "=", grantId).execute();
  return rows.map((row) => row.asset_id);
}

const ROWS_PER_INSERT = 500;
