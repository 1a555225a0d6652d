import type { AssetContent } from "../domain/asset.ts";
import { wordsOf } from "../domain/words.ts";
import type { Queries } from "../store/store.ts";
import type { AssetFilter, ListedAsset } from "./catalogue.ts";
import { assetRecord, type StoredRecords } from "./stored-records.ts";

/**
 * The next assets by id that fit the filter. What a version says is read here, not in SQL, so that it means the same in
 * every dialect; a filter that fits few walks through the catalogue, a second or so for a hundred thousand assets.
 */
export async function listAssets(
  db: Queries,
  records: StoredRecords,
  { after, limit, ...filter }: { readonly after: string | null; readonly limit: number } & AssetFilter,
): Promise<readonly ListedAsset[]> {
  const fits = makeFits(filter);
  const found: ListedAsset[] = [];
  for (let from = after; ; ) {
    const rows = await pageQuery(db, from, filter.status, Math.max(limit, PAGE)).execute();
    for (const row of rows) {
      const { content } = records.version(row);
      if (!fits(row.asset_id, content)) continue;
      const { kind, title, language } = content;
      found.push({ ...assetRecord(row), kind, title, language });
      if (found.length === limit) return found;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < Math.max(limit, PAGE)) return found;
    from = last.asset_id;
  }
}

const PAGE = 250;

function pageQuery(db: Queries, after: string | null, status: string | undefined, limit: number) {
  let query = db
    .selectFrom("assets as a")
    .innerJoin("asset_versions as v", (join) =>
      join.onRef("v.asset_id", "=", "a.asset_id").onRef("v.version", "=", "a.current_version"),
    )
    .select([
      "a.asset_id",
      "a.status",
      "a.current_version",
      "a.updated_at",
      "a.created_at",
      "v.version",
      "v.content_json",
      "v.content_sha",
      "v.endorser_id",
    ])
    .orderBy("a.asset_id")
    .limit(limit);
  if (after !== null) query = query.where("a.asset_id", ">", after);
  if (status !== undefined) query = query.where("a.status", "=", status);
  return query;
}

function makeFits({ kind, language, theme, text }: AssetFilter): (id: string, content: AssetContent) => boolean {
  const wanted = wordsOf(text ?? "");
  return (id, content) =>
    (kind === undefined || content.kind === kind) &&
    (language === undefined || content.language === language || content.language.startsWith(`${language}-`)) &&
    (theme === undefined || content.themes.includes(theme)) &&
    (text === undefined || hasWords(wanted, [id, content.title, content.quote, content.body]));
}

function hasWords(wanted: readonly string[], texts: readonly (string | undefined)[]): boolean {
  const words = wordsOf(texts.filter((text) => text !== undefined).join("\n"));
  return wanted.length > 0 && wanted.every((word) => words.some((found) => found.startsWith(word)));
}
