import { inSlices, sliceRows } from "../store/slices.ts";
import type { Queries } from "../store/store.ts";
import { type OutboxLevels, openStates, settledStates } from "./channel.ts";

/**
 * Reads the outbox along its index on state and time of change. What has settled only grows, so it is counted on from
 * where the last reading ended, and from `since` (milliseconds UTC) at first.
 */
export function makeOutboxLevels({ since }: { readonly since: number }): OutboxLevels {
  const settled = new Map<string, { channel: string; state: string; count: number }>();
  const countedTo = new Map<string, number>();

  return {
    async open(db) {
      const found = new Map<string, { channel: string; state: string; count: number; oldestAt: number }>();
      for (const state of openStates) {
        await eachRow(db, state, 0, Number.MAX_SAFE_INTEGER, ({ channel, created_at }) => {
          const key = `${channel} ${state}`;
          const known = found.get(key) ?? { channel, state, count: 0, oldestAt: created_at };
          found.set(key, { ...known, count: known.count + 1, oldestAt: Math.min(known.oldestAt, created_at) });
        });
      }
      return [...found.values()];
    },

    async settled(db, now) {
      const until = now - settlingMs;
      for (const state of settledStates) {
        const from = countedTo.get(state) ?? since;
        if (until <= from) continue;
        await eachRow(db, state, from, until, ({ channel }) => {
          const key = `${channel} ${state}`;
          const known = settled.get(key) ?? { channel, state, count: 0 };
          settled.set(key, { ...known, count: known.count + 1 });
        });
        countedTo.set(state, until);
      }
      return [...settled.values()];
    },
  };
}

/** A row carries the time at which its transaction wrote it, and is seen when that commits: within ten seconds. */
const settlingMs = 15_000;

/** Rows of a state that changed after `from` and until `to`, in slices. */
function eachRow(
  db: Queries,
  state: string,
  from: number,
  to: number,
  visit: (row: { readonly channel: string; readonly created_at: number }) => void,
): Promise<void> {
  return inSlices<{ at: number; id: string }>(async (after) => {
    const rows = await db
      .selectFrom("deliveries")
      .select(["delivery_id", "channel", "created_at", "updated_at"])
      .where("state", "=", state)
      .where(({ eb, and, or }) =>
        after === null
          ? eb("updated_at", ">", from)
          : or([
              eb("updated_at", ">", after.at),
              and([eb("updated_at", "=", after.at), eb("delivery_id", ">", after.id)]),
            ]),
      )
      .where("updated_at", "<=", to)
      .orderBy("updated_at")
      .orderBy("delivery_id")
      .limit(sliceRows / 4)
      .execute();
    for (const row of rows) visit(row);
    const last = rows.at(-1);
    return last === undefined || rows.length < sliceRows / 4 ? null : { at: last.updated_at, id: last.delivery_id };
  });
}
