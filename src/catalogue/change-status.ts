import type { AuditLog } from "../audit/audit.ts";
import { type AssetStatus, assetStatus } from "../domain/asset.ts";
import { isAllowedStep, nextStatuses } from "../domain/asset-life-cycle.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import type { AssetId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Maker } from "./catalogue.ts";
import { announce } from "./change-feed.ts";
import { recordHistory } from "./history.ts";
import { byOf } from "./maker.ts";

/** One step of the life cycle, with history, audit entry and change feed. */
export async function changeStatus(
  trx: Trx,
  id: AssetId,
  to: AssetStatus,
  { audit, clock, maker }: { readonly audit: AuditLog; readonly clock: Clock; readonly maker: Maker },
): Promise<{ readonly from: AssetStatus }> {
  const row = await trx.selectFrom("assets").select("status").where("asset_id", "=", id).executeTakeFirst();
  if (row === undefined) throw new AppError("not-found", `There is no asset ${id}.`);
  const from = assetStatus.parse(row.status);
  if (!isAllowedStep(from, to)) throw notAllowed(id, from, to);
  const now = clock.now();
  await trx.updateTable("assets").set({ status: to, updated_at: now }).where("asset_id", "=", id).execute();
  await recordHistory(trx, "asset", id, {
    change: "status-changed",
    details: { from, to },
    reason: maker.reason,
    by: byOf(maker),
    at: now,
  });
  await audit.append(trx, {
    kind: "asset.status-changed",
    subject: id,
    body: { assetId: id, from, to, by: byOf(maker), reasonSha: jsonDigest(maker.reason ?? "") },
  });
  await announce(trx, [id], now);
  return { from };
}

function notAllowed(id: AssetId, from: AssetStatus, to: AssetStatus): AppError {
  const allowed = nextStatuses[from];
  const next =
    allowed.length === 0 ? "that is the end of its life" : `from there it can become ${allowed.join(" or ")}`;
  const fields = [
    { pointer: "/to", message: allowed.length === 0 ? "no step is left" : `one of ${allowed.join(", ")}` },
  ];
  return new AppError("conflict", `Asset ${id} is ${from} and can't become ${to}: ${next}.`, { fields });
}
