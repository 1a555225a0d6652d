import type { AssetContent } from "../../domain/asset.ts";
import type { EndorserFacts } from "../../domain/endorser.ts";
import type { Grant } from "../../domain/facts.ts";
import type { GrantTerms } from "../../domain/grant.ts";
import { grantId } from "../../domain/ids.ts";
import type { Queries } from "../../store/store.ts";
import type { ProofDocument } from "./document.ts";

/** Documents of the whole catalogue by asset id, so many at a time; empty after the last. */
export async function loadPage(db: Queries, after: string, limit: number): Promise<readonly ProofDocument[]> {
  const rows = await assets(db).where("a.asset_id", ">", after).orderBy("a.asset_id").limit(limit).execute();
  const last = rows.at(-1);
  if (last === undefined) return [];
  const tied = await grants(db).where("ag.asset_id", ">", after).where("ag.asset_id", "<=", last.asset_id).execute();
  return documents(rows, tied);
}

/** Documents of these assets; those that do not exist are left out. */
export async function loadAssets(db: Queries, ids: readonly string[]): Promise<readonly ProofDocument[]> {
  if (ids.length === 0) return [];
  const rows = await assets(db).where("a.asset_id", "in", ids).execute();
  return documents(rows, await grants(db).where("ag.asset_id", "in", ids).execute());
}

function assets(db: Queries) {
  return db
    .selectFrom("assets as a")
    .innerJoin("asset_versions as v", (join) =>
      join.onRef("v.asset_id", "=", "a.asset_id").onRef("v.version", "=", "a.current_version"),
    )
    .leftJoin("endorsers as e", "e.endorser_id", "v.endorser_id")
    .select(["a.asset_id", "a.status", "a.current_version", "v.content_json", "e.facts_json"]);
}

function grants(db: Queries) {
  return db
    .selectFrom("asset_grants as ag")
    .innerJoin("grants as g", "g.grant_id", "ag.grant_id")
    .select(["ag.asset_id", "g.grant_id", "g.terms_json", "g.revoked_at"]);
}

/** The catalogue wrote these texts through their schemas; parsing each again would triple the time of a start. */
function documents(
  rows: Awaited<ReturnType<ReturnType<typeof assets>["execute"]>>,
  tied: Awaited<ReturnType<ReturnType<typeof grants>["execute"]>>,
): readonly ProofDocument[] {
  const byAsset = new Map<string, Grant[]>();
  for (const row of tied) {
    const terms: GrantTerms = JSON.parse(row.terms_json);
    const grant = { grantId: grantId.parse(row.grant_id), terms, revokedAt: row.revoked_at };
    const held = byAsset.get(row.asset_id);
    if (held) held.push(grant);
    else byAsset.set(row.asset_id, [grant]);
  }
  return rows.map((row) => {
    const content: AssetContent = JSON.parse(row.content_json);
    const endorser: EndorserFacts | null = row.facts_json === null ? null : JSON.parse(row.facts_json);
    return {
      assetId: row.asset_id,
      version: row.current_version,
      isActive: row.status === "active",
      content,
      endorser,
      grants: byAsset.get(row.asset_id) ?? [],
    };
  });
}
