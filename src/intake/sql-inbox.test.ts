import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRecords, type Records } from "../../test/support/records.ts";
import type { DecisionId } from "../domain/ids.ts";
import { makeDeadLetters } from "./dead-letters.ts";
import type { Lease } from "./intake.ts";
import { makeInbox } from "./sql-inbox.ts";

let records: Records;
let inbox: ReturnType<typeof makeInbox>;

beforeEach(async () => {
  records = await openRecords();
  inbox = makeInbox({ vault: records.vault, clock: records.runtime.clock });
});
afterEach(() => records.close());

const write: Records["store"]["write"] = (work) => records.store.write(work);
const now = () => records.runtime.clock.now();
const lease = (owner = "w", limit = 10) => write((trx) => inbox.lease(trx, owner, limit, now(), 1000));
const row = (id: DecisionId) =>
  records.store.read.selectFrom("inbox").selectAll().where("decision_id", "=", id).executeTakeFirstOrThrow();

async function add(): Promise<DecisionId> {
  const id = await records.openDecision();
  const fresh = { state: "ready", attempts: 0, fence: 0 };
  await write((trx) => trx.updateTable("inbox").set(fresh).where("decision_id", "=", id).execute());
  return id;
}

async function leaseOne(owner = "w"): Promise<Lease> {
  const [one] = await lease(owner, 1);
  if (one === undefined) throw new Error("nothing is due");
  return one;
}

describe("a lease", () => {
  it("is given for the oldest first, up to the limit, and once", async () => {
    const ids = [await add(), await add(), await add()];
    const first = await lease("a", 2);
    expect(first.map(({ decisionId }) => decisionId)).toEqual(ids.slice(0, 2));
    expect(first[0]).toMatchObject({ fence: 1, attempt: 1, tries: 1, until: now() + 1000, subject: "L-1042" });
    expect((await lease("b")).map(({ decisionId }) => decisionId)).toEqual(ids.slice(2));
    expect(await lease("b")).toEqual([]);
    expect(await inbox.depth(records.store.read)).toEqual({ ready: 0, leased: 3, waiting: 0, parked: 0, dead: 0 });
  });

  it("is given once when many ask at the same time", async () => {
    for (let i = 0; i < 10; i++) await add();
    const claims = await Promise.all(Array.from({ length: 8 }, (_, i) => lease(`w${i}`, 3)));
    const leased = claims.flat().map(({ eventId }) => eventId);
    expect(leased).toHaveLength(10);
    expect(new Set(leased).size).toBe(10);
  });

  it("runs out, and then every write of the older one is refused", async () => {
    await add();
    const old = await leaseOne("a");
    records.runtime.advance(999);
    expect(await lease("b")).toEqual([]);
    records.runtime.advance(1);
    const young = await leaseOne("b");
    expect(young).toMatchObject({ eventId: old.eventId, fence: 2, attempt: 2, tries: 2 });
    const writes: Parameters<typeof write<unknown>>[0][] = [
      (trx) => inbox.verifyFence(trx, old),
      (trx) => inbox.extend(trx, old, now() + 1),
      (trx) => inbox.settle(trx, old, { state: "done" }),
      (trx) => inbox.fail(trx, old, "x", now(), 5),
    ];
    for (const work of writes) await expect(write(work)).rejects.toMatchObject({ code: "stale-lease" });
    await write((trx) => inbox.verifyFence(trx, young));
    await write((trx) => inbox.settle(trx, young, { state: "done" }));
    expect(await row(young.decisionId)).toMatchObject({ state: "done", lease_owner: null, lease_until: null });
    // After its end a lease is worth nothing, to its own holder either.
    await expect(write((trx) => inbox.verifyFence(trx, young))).rejects.toMatchObject({ code: "stale-lease" });
  });

  it("lasts longer when it is extended", async () => {
    await add();
    const held = await leaseOne();
    await write((trx) => inbox.extend(trx, held, now() + 5000));
    records.runtime.advance(4999);
    expect(await lease()).toEqual([]);
    records.runtime.advance(1);
    expect(await lease()).toHaveLength(1);
  });
});

describe("what is parked", () => {
  it("is due at its time, not before", async () => {
    await add();
    await write(async (trx) =>
      inbox.settle(trx, (await inbox.lease(trx, "w", 1, now(), 1000))[0] as Lease, {
        state: "parked",
        wakeAt: now() + 60_000,
      }),
    );
    records.runtime.advance(59_999);
    expect(await lease()).toEqual([]);
    records.runtime.advance(1);
    expect(await leaseOne()).toMatchObject({ fence: 2, attempt: 2, tries: 1 });
  });

  it("or waiting is made ready by a wake, once", async () => {
    const [a, b] = [await add(), await add()];
    const [first, second] = await lease();
    if (first === undefined || second === undefined) throw new Error("two are due");
    await write((trx) => inbox.settle(trx, first, { state: "waiting" }));
    await write((trx) => inbox.settle(trx, second, { state: "parked", wakeAt: now() + 60_000 }));
    await write((trx) => inbox.wake(trx, a));
    await write((trx) => inbox.wake(trx, b));
    await write((trx) => inbox.wake(trx, b));
    expect(await lease()).toHaveLength(2);
    expect(await lease()).toEqual([]);
  });
});

describe("a wake during a run", () => {
  it.each([{ state: "waiting" }, { state: "parked", wakeAt: Number.MAX_SAFE_INTEGER }] as const)(
    "runs it again when it settles as $state",
    async (to) => {
      const id = await add();
      const running = await leaseOne();
      await write((trx) => inbox.wake(trx, id));
      expect(await row(id)).toMatchObject({ state: "leased", rerun: 1 });
      await write((trx) => inbox.settle(trx, running, to));
      expect(await row(id)).toMatchObject({ state: "ready", rerun: 0, wake_at: null });
      const next = await leaseOne();
      await write((trx) => inbox.settle(trx, next, to));
      expect(await row(id)).toMatchObject({ state: to.state });
    },
  );

  it("changes nothing about one that ends, as it would after the end", async () => {
    const id = await add();
    const running = await leaseOne();
    await write((trx) => inbox.wake(trx, id));
    await write((trx) => inbox.settle(trx, running, { state: "done" }));
    expect(await row(id)).toMatchObject({ state: "done", rerun: 0 });
    await write((trx) => inbox.wake(trx, id));
    expect(await row(id)).toMatchObject({ state: "done" });
  });

  it("is answered by the next lease when the run is lost", async () => {
    const id = await add();
    await leaseOne();
    await write((trx) => inbox.wake(trx, id));
    records.runtime.advance(1000);
    const next = await leaseOne("b");
    await write((trx) => inbox.settle(trx, next, { state: "waiting" }));
    expect(await row(id)).toMatchObject({ state: "waiting" });
  });
});

describe("a fault", () => {
  const failOnce = async (max = 3) => {
    const held = await leaseOne();
    return write((trx) => inbox.fail(trx, held, "fault: TypeError", now() + 500, max));
  };

  it("is retried later, and a dead letter once its tries are used up", async () => {
    const id = await add();
    expect(await failOnce()).toBe("retried");
    expect(await lease()).toEqual([]);
    records.runtime.advance(500);
    expect(await failOnce()).toBe("retried");
    records.runtime.advance(500);
    expect(await failOnce()).toBe("dead");
    records.runtime.advance(1_000_000);
    expect(await lease()).toEqual([]);
    expect(await row(id)).toMatchObject({ state: "dead", attempts: 3, last_error: "fault: TypeError", wake_at: null });
    await write((trx) => inbox.wake(trx, id));
    expect(await row(id)).toMatchObject({ state: "dead" });
  });

  it("is forgiven by a run that comes to an end", async () => {
    await add();
    for (let i = 0; i < 10; i++) {
      expect(await failOnce(2)).toBe("retried");
      records.runtime.advance(500);
      const held = await leaseOne();
      await write((trx) => inbox.settle(trx, held, { state: "parked", wakeAt: now() }));
    }
    expect(await leaseOne()).toMatchObject({ attempt: 21, tries: 1 });
  });
});

describe("dead letters", () => {
  const letters = () => makeDeadLetters({ decisions: records.decisions });
  const kill = async () => {
    const id = await add();
    const held = await leaseOne();
    await write(async (trx) => {
      await inbox.fail(trx, held, "unavailable: x", now(), 1);
      await records.decisions.update(trx, id, { status: "failed", reason: "x" });
    });
    return held;
  };

  it("are listed oldest first, by page, and only they", async () => {
    const dead = [await kill(), await kill(), await kill()];
    await add();
    const { read } = records.store;
    const first = await letters().list(read, { after: null, limit: 2 });
    expect(first.map(({ eventId }) => eventId)).toEqual(dead.slice(0, 2).map(({ eventId }) => eventId));
    expect(first[0]).toMatchObject({ attempts: 1, lastError: "unavailable: x", subject: "L-1042" });
    const rest = await letters().list(read, { after: first[1]?.eventId ?? null, limit: 2 });
    expect(rest.map(({ eventId }) => eventId)).toEqual(dead.slice(2).map(({ eventId }) => eventId));
  });

  it("run again when they are replayed, with all their tries", async () => {
    const { eventId, decisionId } = await kill();
    expect(await write((trx) => letters().replay(trx, eventId))).toBe(true);
    expect(await write((trx) => letters().replay(trx, eventId))).toBe(false);
    expect(await records.decisions.get(records.store.read, decisionId)).toMatchObject({
      status: "received",
      reason: null,
    });
    const again = await leaseOne();
    expect(again).toMatchObject({ eventId, tries: 1, fence: 2 });
    expect(await write((trx) => inbox.fail(trx, again, "x", now(), 2))).toBe("retried");
  });
});

it("sorts nothing to find what is due, however long the table", async () => {
  const explained: string[] = [];
  await write(async (trx) => {
    const plan = await trx.executeQuery<{ detail: string }>({
      ...trx
        .selectFrom("inbox")
        .select("event_id")
        .where("state", "=", "ready")
        .orderBy("event_id")
        .limit(16)
        .compile(),
      sql: "explain query plan select event_id from inbox where state = ? order by event_id limit ?",
    });
    explained.push(...plan.rows.map(({ detail }) => detail));
  });
  expect(explained.join()).toContain("inbox_state_event_id_index");
  expect(explained.join()).not.toContain("TEMP B-TREE");
});

it("gives each event to one holder at a time, whatever happens in whatever order", async () => {
  const step = fc.constantFrom("lease", "done", "wait", "park", "fail", "wake", "expire", "stale");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const id = await add();
      let current: Lease | null = null;
      let old: Lease | null = null;
      let isClosed = false;
      for (const what of steps) {
        const held: Lease | null = current;
        if (what === "lease") {
          const got = (await lease()).find(({ decisionId }) => decisionId === id);
          // Never while somebody holds it, nor after its end; and always under a higher fence.
          if (got !== undefined) {
            expect(held).toBeNull();
            expect(isClosed).toBe(false);
            expect(got.fence).toBeGreaterThan(old?.fence ?? 0);
            current = got;
          }
        } else if (what === "wake") await write((trx) => inbox.wake(trx, id));
        else if (what === "expire") {
          records.runtime.advance(1000);
          old = held ?? old;
          current = null;
        } else if (what === "stale" && old !== null && old !== held) {
          const stale = old;
          // The lapsed lease is only void once another was given, or it was settled.
          if (held !== null) {
            await expect(write((trx) => inbox.verifyFence(trx, stale))).rejects.toMatchObject({ code: "stale-lease" });
          }
        } else if (held !== null) {
          if (what === "done") await write((trx) => inbox.settle(trx, held, { state: "done" }));
          if (what === "wait") await write((trx) => inbox.settle(trx, held, { state: "waiting" }));
          if (what === "park") await write((trx) => inbox.settle(trx, held, { state: "parked", wakeAt: now() }));
          if (what === "fail") await write((trx) => inbox.fail(trx, held, "x", now(), 4));
          if (what === "stale") continue;
          isClosed ||= what === "done";
          old = held;
          current = null;
        }
      }
      await write((trx) => trx.deleteFrom("inbox").where("decision_id", "=", id).execute());
    }),
    { numRuns: 60 },
  );
});
