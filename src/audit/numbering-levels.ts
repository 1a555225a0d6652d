import { sql } from "kysely";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import { inSlices, sliceRows } from "../store/slices.ts";
import type { Queries } from "../store/store.ts";
import type { NumberingLevels } from "./audit.ts";

/** Reads along the index of what has no number yet. */
export function makeNumberingLevels(): NumberingLevels {
  const sliceOf = makePreparedQuery(sliceQuery);
  const oldestOf = makePreparedQuery(oldestQuery);
  return {
    async unnumbered(db) {
      let count = 0;
      await inSlices<string>(async (after) => {
        const [slice] = await sliceOf(db, { after: after ?? "", limit: sliceRows });
        const found = Number(slice?.count ?? 0);
        count += found;
        return found < sliceRows ? null : (slice?.last ?? null);
      });
      return count;
    },
    async lagMs(db, now) {
      const [oldest] = await oldestOf(db, {});
      return oldest === undefined ? 0 : Math.max(0, now - oldest.at);
    },
  };
}

function sliceQuery(db: Queries, param: Param<{ after: string; limit: number }>) {
  const slice = db
    .selectFrom("audit_entries")
    .select("entry_id")
    .where("seq", "is", null)
    .where("entry_id", ">", param("after"))
    .orderBy("entry_id")
    .limit(param("limit"));
  return db
    .selectFrom(slice.as("slice"))
    .select([sql<number>`count(*)`.as("count"), sql<string | null>`max(entry_id)`.as("last")]);
}

function oldestQuery(db: Queries) {
  return db.selectFrom("audit_entries").select("at").where("seq", "is", null).orderBy("entry_id").limit(1);
}
