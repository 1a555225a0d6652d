import { sql } from "kysely";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import { inSlices, sliceRows } from "../store/slices.ts";
import type { Queries } from "../store/store.ts";
import { type Backlog, backlogStates } from "./intake.ts";

/** Counts along the index on state and event id, which is all that is read. */
export function makeBacklog(): Backlog {
  const sliceOf = makePreparedQuery(sliceQuery);
  const oldestOf = makePreparedQuery(oldestQuery);
  const dueOf = makePreparedQuery(dueQuery);
  return {
    async counts(db) {
      const counts = new Map<string, number>();
      for (const state of backlogStates) {
        await inSlices<string>(async (after) => {
          const [slice] = await sliceOf(db, { state, after: after ?? "", limit: sliceRows });
          const count = Number(slice?.count ?? 0);
          counts.set(state, (counts.get(state) ?? 0) + count);
          return count < sliceRows ? null : (slice?.last ?? null);
        });
      }
      return backlogStates.map((state) => ({ state, count: counts.get(state) ?? 0 }));
    },
    async oldestWaitMs(db, now) {
      const [fresh] = await oldestOf(db, {});
      const [due] = await dueOf(db, { now });
      return Math.max(0, ...[fresh?.accepted_at, due?.wake_at].map((at) => now - (at ?? now)));
    },
  };
}

function sliceQuery(db: Queries, param: Param<{ state: string; after: string; limit: number }>) {
  const slice = db
    .selectFrom("inbox")
    .select("event_id")
    .where("state", "=", param("state"))
    .where("event_id", ">", param("after"))
    .orderBy("event_id")
    .limit(param("limit"));
  return db
    .selectFrom(slice.as("slice"))
    .select([sql<number>`count(*)`.as("count"), sql<string | null>`max(event_id)`.as("last")]);
}

/** Event ids sort by acceptance. What was run before and woken waits from its waking, which is not recorded. */
function oldestQuery(db: Queries) {
  return db
    .selectFrom("inbox")
    .select("accepted_at")
    .where("state", "=", "ready")
    .where("fence", "=", 0)
    .orderBy("event_id")
    .limit(1);
}

function dueQuery(db: Queries, param: Param<{ now: number }>) {
  return db
    .selectFrom("inbox")
    .select("wake_at")
    .where("state", "=", "parked")
    .where("wake_at", "<=", param("now"))
    .orderBy("wake_at")
    .limit(1);
}
