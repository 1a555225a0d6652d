import type { Migration } from "../store.ts";
import { addColumns } from "./table.ts";

/** What a dispatcher needs of a delivery: its lease, when it is due, until when it may go out, and why it did not. */
export const outbox: Migration = {
  name: "0002-outbox",
  async up(trx) {
    await addColumns(trx, "deliveries", {
      lease_owner: "text?",
      lease_until: "integer?",
      fence: "integer",
      next_at: "integer?",
      expires_at: "integer?",
      discharged_json: "text?",
      last_error: "text?",
      uncertain: "integer",
    });
    await trx.schema
      .createIndex("deliveries_state_next_at_index")
      .on("deliveries")
      .columns(["state", "next_at"])
      .execute();
  },
};
