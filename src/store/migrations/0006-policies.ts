import { sql } from "kysely";
import type { Migration } from "../store.ts";
import { createTable } from "./table.ts";

/** What a deployment adds to the built-in rules: its sets, which one stood when, and what may be asked of a person. */
export const policies: Migration = {
  name: "0006-policies",
  async up(trx) {
    await createTable(trx, "policy_state", { id: "integer", stamp: "integer" }, { primaryKey: ["id"] });
    await sql`insert into policy_state (id, stamp) values (1, 0)`.execute(trx);
    await createTable(
      trx,
      "policy_sets",
      { version: "text", files_json: "text", stored_at: "integer" },
      { primaryKey: ["version"] },
    );
    await createTable(
      trx,
      "policy_switches",
      {
        switch_id: "identity",
        from_version: "text",
        to_version: "text",
        origin: "text",
        reason: "text",
        by: "text",
        at: "integer",
      },
      { oneOf: { origin: ["folder", "switched"] }, references: { to_version: "policy_sets.version" } },
    );
    await createTable(
      trx,
      "policy_overrides",
      {
        override_id: "text",
        rule: "text",
        scope: "text",
        target: "text",
        reason: "text",
        set_by: "text",
        set_at: "integer",
        ends_at: "integer",
        cleared_at: "integer?",
        cleared_by: "text?",
      },
      { primaryKey: ["override_id"], oneOf: { scope: ["global", "channel", "playbook", "asset"] } },
    );
  },
};
