import type { AuditLog } from "../audit/audit.ts";
import type { AssetContent, AssetInput } from "../domain/asset.ts";
import { AppError } from "../domain/errors.ts";
import { canonicalJson, jsonDigest } from "../domain/hash.ts";
import type { AssetId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Maker, PutResult } from "./catalogue.ts";
import { versionQuery } from "./catalogue-queries.ts";
import { announce } from "./change-feed.ts";
import { recordHistory } from "./history.ts";
import { byOf } from "./maker.ts";
import type { StoredRecords } from "./stored-records.ts";

interface VersionDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly maker: Maker;
}

export interface NewVersion {
  readonly content: AssetContent;
  readonly endorserId: string | null;
  /** Where the asset begins when it is new. */
  readonly status: NonNullable<AssetInput["status"]>;
  /** The earlier version whose content this is. */
  readonly toContentOf?: number;
}

/** Versions are addressed by content: what the current one holds makes no new one. */
export async function storeVersion(
  trx: Trx,
  id: AssetId,
  { content, endorserId, status, toContentOf }: NewVersion,
  { audit, clock, maker }: VersionDeps,
): Promise<PutResult> {
  const contentSha = jsonDigest({ content, endorserId });
  const current = await currentVersion(trx, id);
  if (current?.content_sha === contentSha) return { result: "unchanged", version: current.current_version };

  const version = (current?.current_version ?? 0) + 1;
  const now = clock.now();
  const changed = { current_version: version, updated_at: now };
  if (current) await trx.updateTable("assets").set(changed).where("asset_id", "=", id).execute();
  else
    await trx
      .insertInto("assets")
      .values({ asset_id: id, status, created_at: now, ...changed })
      .execute();
  await trx
    .insertInto("asset_versions")
    .values({
      asset_id: id,
      version,
      content_json: canonicalJson(content),
      content_sha: contentSha,
      endorser_id: endorserId,
      created_at: now,
    })
    .execute();
  const made = { reason: maker.reason, by: byOf(maker), at: now };
  const details = { version, contentSha };
  await recordHistory(
    trx,
    "asset",
    id,
    toContentOf === undefined
      ? { change: current ? "versioned" : "created", details, ...made }
      : { change: "rolled-back", details: { ...details, toContentOf }, ...made },
  );
  await audit.append(trx, {
    kind: "asset.versioned",
    subject: id,
    body: {
      assetId: id,
      version,
      contentSha,
      endorserId,
      kindOfAsset: content.kind,
      by: byOf(maker),
      ...(current === undefined && { status }),
      ...(toContentOf !== undefined && { toContentOf }),
    },
  });
  return { result: current ? "versioned" : "created", version };
}

/** The content of an earlier version, and its endorser, as a new version. */
export async function rollBack(
  trx: Trx,
  id: AssetId,
  toVersion: number,
  deps: VersionDeps & { readonly records: StoredRecords },
): Promise<PutResult> {
  if ((await currentVersion(trx, id)) === undefined) throw new AppError("not-found", `There is no asset ${id}.`);
  const [row] = await versionQuery(trx, id, toVersion).execute();
  if (row === undefined) {
    const fields = [{ pointer: "/version", message: "the asset has no such version" }];
    throw new AppError("invalid", `Asset ${id} has no version ${toVersion} to go back to.`, { fields });
  }
  const { content, endorserId } = deps.records.version(row);
  const version = { content, endorserId, status: "active", toContentOf: toVersion } as const;
  const put = await storeVersion(trx, id, version, deps);
  if (put.result !== "unchanged") await announce(trx, [id], deps.clock.now());
  return put;
}

function currentVersion(trx: Trx, id: AssetId) {
  return trx
    .selectFrom("assets")
    .innerJoin("asset_versions", (join) =>
      join
        .onRef("asset_versions.asset_id", "=", "assets.asset_id")
        .onRef("asset_versions.version", "=", "assets.current_version"),
    )
    .select(["assets.current_version", "asset_versions.content_sha"])
    .where("assets.asset_id", "=", id)
    .executeTakeFirst();
}
