import type { Migration, Trx } from "../store.ts";
import { addColumns, createTable } from "./table.ts";

/**
 * Questions about asset versions, what was answered when, and which decisions wait. Approvals say under which playbook
 * and planner version they were asked, so that first uses can be counted; those from before count for neither.
 */
export const clearances: Migration = {
  name: "0005-clearances",
  async up(trx) {
    await createTable(
      trx,
      "clearances",
      {
        clearance_id: "text",
        asset_id: "text",
        asset_version: "integer",
        question: "text",
        rule: "text",
        reason: "text",
        evidence_json: "text",
        state: "text",
        opened_at: "integer",
        opened_by: "text?",
        asked_at: "integer",
        answered_at: "integer?",
        answered_by: "text?",
        expires_at: "integer?",
      },
      {
        primaryKey: ["clearance_id"],
        unique: [["asset_id", "asset_version", "question"]],
        oneOf: { state: ["open", "cleared", "refused"] },
      },
    );
    await index(trx, "clearances", ["state", "asked_at", "clearance_id"]);
    await createTable(
      trx,
      "clearance_history",
      {
        history_id: "identity",
        clearance_id: "text",
        change: "text",
        at: "integer",
        by: "text",
        expires_at: "integer?",
        note: "text?",
        sealed_note: "bytes?",
      },
      {
        oneOf: { change: ["opened", "cleared", "refused", "reopened"] },
        references: { clearance_id: "clearances.clearance_id" },
      },
    );
    await index(trx, "clearance_history", ["clearance_id", "history_id"]);
    await createTable(
      trx,
      "clearance_waits",
      { clearance_id: "text", decision_id: "text" },
      { primaryKey: ["clearance_id", "decision_id"], references: { clearance_id: "clearances.clearance_id" } },
    );
    await index(trx, "clearance_waits", ["decision_id"]);
    await addColumns(trx, "approvals", { playbook: "text?", planner: "text?" });
    await index(trx, "approvals", ["asset_id", "asset_version", "status"]);
    await index(trx, "approvals", ["playbook", "status"]);
    await index(trx, "approvals", ["planner", "status"]);
  },
};

async function index(trx: Trx, table: string, columns: string[]): Promise<void> {
  await trx.schema
    .createIndex(`${table}_${columns.join("_")}_index`)
    .on(table)
    .columns(columns)
    .execute();
}
