import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRecords, type Records } from "../../test/support/records.ts";
import { makeBacklog } from "./backlog.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

const backlog = makeBacklog();
const now = () => records.runtime.clock.now();

async function add(columns: Record<string, unknown>): Promise<void> {
  const id = await records.openDecision();
  await records.store.write((trx) => trx.updateTable("inbox").set(columns).where("decision_id", "=", id).execute());
}

describe("the backlog", () => {
  it("counts by state, leaves out what is done, and is all zeros when empty", async () => {
    const zeros = ["ready", "leased", "waiting", "parked", "dead"].map((state) => ({ state, count: 0 }));
    expect(await backlog.counts(records.store.read)).toEqual(zeros);
    for (const state of ["ready", "ready", "leased", "waiting", "parked", "dead", "dead", "done"]) await add({ state });
    expect((await backlog.counts(records.store.read)).map(({ count }) => count)).toEqual([2, 1, 1, 1, 2]);
  });

  it("counts past a slice", async () => {
    await records.openDecision();
    const row = await records.store.read.selectFrom("inbox").selectAll().executeTakeFirstOrThrow();
    await records.store.write(async (trx) => {
      for (let i = 0; i < 4500; i += 50) {
        const rows = Array.from({ length: 50 }, (_, k) => ({
          ...row,
          event_id: `evt_${String(i + k).padStart(26, "0")}`,
          ce_id: `${i + k}`,
          state: "dead",
        }));
        await trx.insertInto("inbox").values(rows).execute();
      }
    });
    expect((await backlog.counts(records.store.read)).find(({ state }) => state === "dead")?.count).toBe(4500);
  });

  it("is as old as what nobody has begun, or what is overdue", async () => {
    const old = () => backlog.oldestWaitMs(records.store.read, now());
    expect(await old()).toBe(0);
    await add({ state: "ready", fence: 0, accepted_at: now() - 5000 });
    expect(await old()).toBe(5000);
    // Woken after days with a person: it waits since its waking, not since its acceptance.
    await add({ state: "ready", fence: 3, accepted_at: now() - 900_000 });
    await add({ state: "parked", wake_at: now() + 60_000, accepted_at: now() - 900_000 });
    expect(await old()).toBe(5000);
    await add({ state: "parked", wake_at: now() - 7000 });
    expect(await old()).toBe(7000);
  });
});
