import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRecords, type Records } from "../../test/support/records.ts";
import { AppError } from "../domain/errors.ts";
import type { DecisionId } from "../domain/ids.ts";
import { makeSystemRuntime } from "../runtime/system-runtime.ts";
import type { Inbox, Lease } from "./intake.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { makeInbox } from "./sql-inbox.ts";
import { makeWorker, type Worker } from "./worker.ts";

let records: Records;
let inbox: Inbox;
let faults: unknown[];
const workers: Worker[] = [];
const runtime = makeSystemRuntime();

beforeEach(async () => {
  records = await openRecords();
  inbox = makeInbox({ vault: records.vault, clock: runtime.clock });
  faults = [];
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.drain(2000);
  await records.close();
});

function open(run: (lease: Lease) => Promise<void>, change: Partial<Parameters<typeof makeWorker>[0]> = {}): Worker {
  const worker = makeWorker({
    store: records.store,
    inbox,
    run,
    decisions: records.decisions,
    audit: records.audit,
    owner: `w${workers.length}`,
    runtime,
    concurrency: 4,
    leaseMs: 5000,
    maxAttempts: 3,
    onFault: (error) => void faults.push(error),
    ...change,
  });
  workers.push(worker);
  return worker;
}

async function add(count = 1): Promise<DecisionId[]> {
  const ids: DecisionId[] = [];
  for (let i = 0; i < count; i++) ids.push(await records.openDecision());
  const fresh = { state: "ready", attempts: 0, fence: 0 };
  await records.store.write((trx) => trx.updateTable("inbox").set(fresh).where("decision_id", "in", ids).execute());
  return ids;
}

const finish = (lease: Lease) => records.store.write((trx) => inbox.settle(trx, lease, { state: "done" }));
const states = async () => {
  const rows = await records.store.read.selectFrom("inbox").select("state").orderBy("event_id").execute();
  return rows.map(({ state }) => state);
};
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Makes what waits for its next try due now. */
const hurry = () =>
  records.store.write((trx) => trx.updateTable("inbox").set({ wake_at: 0 }).where("state", "=", "parked").execute());

describe("a worker", () => {
  it("runs every event once, never more at once than it may, whether nudged or not", async () => {
    await add(20);
    const ran: string[] = [];
    let most = 0;
    let current = 0;
    const worker = open(async (lease) => {
      most = Math.max(most, ++current);
      ran.push(lease.decisionId);
      await pause(5);
      await finish(lease);
      current -= 1;
    });
    worker.start();
    await expect.poll(states).toEqual(Array(20).fill("done"));
    const [late] = await add();
    await expect.poll(states).toEqual(Array(21).fill("done"));
    expect(ran).toHaveLength(21);
    expect(new Set(ran).size).toBe(21);
    expect(ran.at(-1)).toBe(late);
    expect(most).toBe(4);
    expect(faults).toEqual([]);
  });

  it("takes up what arrives while it is full as soon as there is room", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = open(
      async (lease) => {
        await held;
        await finish(lease);
      },
      { concurrency: 1 },
    );
    await add();
    worker.start();
    await expect.poll(() => worker.running()).toBe(1);
    await add();
    worker.nudge();
    await pause(300);
    const startedAt = performance.now();
    release();
    await expect.poll(states, { interval: 5 }).toEqual(["done", "done"]);
    // Well under the poll of 250 ms.
    expect(performance.now() - startedAt).toBeLessThan(150);
  });

  it("shares the work with another, each event with one of them", async () => {
    await add(30);
    const ran: string[] = [];
    const run = async (lease: Lease) => {
      ran.push(lease.eventId);
      await pause(2);
      await finish(lease);
    };
    for (const worker of [open(run), open(run)]) worker.start();
    await expect.poll(states).toEqual(Array(30).fill("done"));
    expect(new Set(ran).size).toBe(30);
    expect(ran).toHaveLength(30);
  });

  it("keeps the lease of a long run, so that nobody else takes it", async () => {
    await add();
    let runs = 0;
    const run = async (lease: Lease) => {
      runs += 1;
      await pause(700);
      await finish(lease);
    };
    for (const worker of [open(run, { leaseMs: 200 }), open(run, { leaseMs: 200 })]) worker.start();
    await expect.poll(states, { timeout: 5000 }).toEqual(["done"]);
    expect(runs).toBe(1);
    expect(faults).toEqual([]);
  });

  it("takes over what another left behind", async () => {
    await add();
    await records.store.write((trx) => inbox.lease(trx, "dead", 1, runtime.clock.now(), 100));
    open(finish).nudge();
    workers[0]?.start();
    await expect.poll(states, { timeout: 5000 }).toEqual(["done"]);
  });
});

describe("a fault", () => {
  it("of a run is retried later, then is a dead letter and the decision has failed", async () => {
    const [id] = await add();
    if (id === undefined) throw new Error("one was added");
    const rested: string[] = [];
    const worker = open(
      async () => {
        throw new TypeError("Ada Moreau, ada@example.com");
      },
      { signals: { rested: (decision) => void rested.push(decision) } },
    );
    worker.start();
    for (const tries of [1, 2]) {
      await expect.poll(states).toEqual(["parked"]);
      expect(faults).toHaveLength(tries);
      const { wake_at } = await records.store.read.selectFrom("inbox").select("wake_at").executeTakeFirstOrThrow();
      expect((wake_at ?? 0) - runtime.clock.now()).toBeGreaterThan(2 ** (tries - 1) * 500 - 200);
      expect((await records.decisions.get(records.store.read, id))?.status).toBe("running");
      await hurry();
      await expect.poll(() => faults.length).toBeGreaterThan(tries);
    }
    await expect.poll(states).toEqual(["dead"]);
    expect(await records.decisions.get(records.store.read, id)).toMatchObject({
      status: "failed",
      reason: "fault: TypeError",
    });
    expect(await records.audited("decision.closed")).toMatchObject([{ subject: id, status: "failed", attempts: 3 }]);
    expect(rested).toEqual([id]);
    const everything = [
      ...(await records.store.read.selectFrom("inbox").select("last_error").execute()),
      ...(await records.store.read.selectFrom("audit_entries").select("body").execute()),
      ...(await records.store.read.selectFrom("decisions").select("record_json").execute()),
    ];
    expect(JSON.stringify(everything)).not.toContain("Ada");
  });

  it("is told with its code and what became of it, and the decision as failed once, on the last try", async () => {
    const [id] = await add();
    const told: unknown[] = [];
    const about: unknown[] = [];
    const worker = open(() => Promise.reject(new AppError("corrupt", "No.")), {
      maxAttempts: 2,
      onFault: (_error, of) => about.push(of),
      onFailed: (failed, rested) => told.push([failed, rested && [rested.decisionId, rested.status]]),
    });
    expect(worker.turnedAt()).toBeNull();
    worker.start();
    await expect.poll(() => told.length).toBe(1);
    await hurry();
    worker.nudge();
    await expect.poll(() => told.length).toBe(2);
    expect(told).toEqual([
      [{ code: "corrupt", fate: "retried" }, null],
      [{ code: "corrupt", fate: "dead" }, [id, "failed"]],
    ]);
    expect(about).toEqual([{ decisionId: id }, { decisionId: id }]);
    expect(Math.abs((worker.turnedAt() ?? 0) - Date.now())).toBeLessThan(5000);
  });

  it("of one run leaves the others alone", async () => {
    await add(5);
    let runs = 0;
    open(async (lease) => {
      if (++runs === 2) throw new AppError("corrupt", "The stored event does not fit.");
      await finish(lease);
    }).start();
    await expect.poll(async () => (await states()).sort()).toEqual(["done", "done", "done", "done", "parked"]);
  });

  it("that is a lost lease is left to whoever has the event now", async () => {
    await add();
    open(async (lease) => {
      await records.store.write((trx) => inbox.verifyFence(trx, { ...lease, fence: lease.fence - 1 }));
    }).start();
    await expect.poll(() => faults.length).toBe(1);
    await pause(100);
    expect(await states()).toEqual(["leased"]);
    expect(faults).toHaveLength(1);
  });

  it("is a crash when the process died in every try: the event is not run again", async () => {
    await add();
    for (let i = 0; i < 3; i++)
      await records.store.write((trx) => inbox.lease(trx, "dies", 1, runtime.clock.now(), -1));
    let runs = 0;
    open(async () => void runs++).start();
    await expect.poll(states).toEqual(["dead"]);
    expect(runs).toBe(0);
  });

  it("of the database stops nothing: the loop goes on", async () => {
    await add();
    let broken = 3;
    const flaky: Pick<Inbox, "lease" | "extend" | "fail"> = {
      ...inbox,
      async lease(...claim) {
        if (broken-- > 0) throw new Error("the disk is full");
        return inbox.lease(...claim);
      },
    };
    open(finish, { inbox: flaky }).start();
    await expect.poll(states, { timeout: 5000 }).toEqual(["done"]);
    expect(faults).toHaveLength(3);
  });

  it("of the housekeeping is reported and it is called again", async () => {
    let calls = 0;
    const housekeeping = async () => {
      calls += 1;
      throw new Error("later");
    };
    open(finish, { housekeeping }).start();
    await expect.poll(() => calls, { timeout: 5000 }).toBeGreaterThan(1);
    expect(faults.length).toBeGreaterThan(1);
  });
});

describe("draining", () => {
  it("finishes what runs and claims no more", async () => {
    await add(6);
    const worker = open(async (lease) => {
      await pause(100);
      await finish(lease);
    });
    worker.start();
    await expect.poll(() => worker.running()).toBe(4);
    expect(await worker.drain(5000)).toBe(true);
    expect(worker.running()).toBe(0);
    expect((await states()).filter((state) => state === "done")).toHaveLength(4);
    worker.nudge();
    await pause(100);
    expect((await states()).filter((state) => state === "ready")).toHaveLength(2);
  });

  it("says so when the time was not enough", async () => {
    await add();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = open(async (lease) => {
      await held;
      await finish(lease);
    });
    worker.start();
    await expect.poll(() => worker.running()).toBe(1);
    expect(await worker.drain(30)).toBe(false);
    release();
    expect(await worker.drain(5000)).toBe(true);
    expect(await states()).toEqual(["done"]);
  });

  it("before it was started is done at once", async () => {
    expect(await open(finish).drain(1000)).toBe(true);
  });
});

describe("work between runs", () => {
  it("waits for what runs, and lets nothing begin before it has ended", async () => {
    await add(2);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = open(async (lease) => {
      await held;
      await finish(lease);
    });
    worker.start();
    await expect.poll(() => worker.running()).toBe(2);
    const seen: string[] = [];
    const between = worker.betweenRuns(async () => {
      seen.push(`${worker.running()} run`);
      await add(3);
      worker.nudge();
      await pause(100);
      seen.push(`${worker.running()} run`);
      return "done";
    }, 5000);
    await pause(50);
    expect(seen).toEqual([]);
    release();
    expect(await between).toBe("done");
    expect(seen).toEqual(["0 run", "0 run"]);
    await expect.poll(states).toEqual(Array.from({ length: 5 }, () => "done"));
  });

  it("is not begun when the runs take too long, and is no longer in their way then", async () => {
    await add();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = open(async (lease) => {
      await held;
      await finish(lease);
    });
    worker.start();
    await expect.poll(() => worker.running()).toBe(1);
    let isDone = false;
    const late = worker.betweenRuns(async () => {
      isDone = true;
    }, 30);
    await expect(late).rejects.toMatchObject({ code: "unavailable" });
    release();
    await add();
    await expect.poll(states).toEqual(["done", "done"]);
    expect(isDone).toBe(false);
  });

  it("goes on when the work throws, and before the worker was started", async () => {
    const worker = open(finish);
    await expect(worker.betweenRuns(() => Promise.reject(new Error("no")), 1000)).rejects.toThrow("no");
    await add();
    worker.start();
    await expect.poll(states).toEqual(["done"]);
  });
});

it("waits twice as long after each fault, up to five minutes, half of it at random", () => {
  const at = (byte: number) => ({ bytes: () => Uint8Array.of(byte) });
  expect([1, 2, 3, 4].map((tries) => retryDelayMs(tries, at(255)))).toEqual([1000, 2000, 4000, 8000]);
  expect([1, 2].map((tries) => retryDelayMs(tries, at(0)))).toEqual([500, 1000]);
  expect(retryDelayMs(1000, at(255))).toBe(300_000);
});
