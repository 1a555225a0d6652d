import type { Queries } from "../store/store.ts";
import { plannerKey, playbookKey } from "./approval-rows.ts";
import type { Approvals } from "./approvals.ts";

/** Each count reads no more than `limit` rows along its index. A planner that is not known has had no use. */
export const approvedUses: Approvals["approvedUses"] = async (db, use, limit) => {
  const approved = (db: Queries) =>
    db.selectFrom("approvals").select("approval_id").where("status", "=", "approved").limit(limit);
  const planner = plannerKey(use);
  const ofAsset = approved(db).where("asset_id", "=", use.assetId).where("asset_version", "=", use.assetVersion);
  const ofPlaybook = approved(db).where("playbook", "=", playbookKey(use));
  return {
    asset: (await ofAsset.execute()).length,
    playbook: (await ofPlaybook.execute()).length,
    planner: planner === null ? 0 : (await approved(db).where("planner", "=", planner).execute()).length,
  };
};
