import type { Migration } from "../store.ts";
import { createTable } from "./table.ts";

/** What attempts of decisions read. No index but the key: decision ids sort by time, and a decision knows its lead. */
export const recordings: Migration = {
  name: "0004-recordings",
  async up(trx) {
    await createTable(
      trx,
      "recordings",
      {
        decision_id: "text",
        attempt: "integer",
        at: "integer",
        settings: "text",
        reads_json: "text",
        result_digest: "text",
        result_json: "text?",
      },
      { primaryKey: ["decision_id", "attempt"] },
    );
    await createTable(
      trx,
      "recording_settings",
      { digest: "text", body_json: "text", used_at: "integer" },
      { primaryKey: ["digest"] },
    );
  },
};
