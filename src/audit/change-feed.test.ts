import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { testVault } from "../../test/support/vault.ts";
import type { NumberedEntry } from "./audit.ts";
import { makeChangeFeed } from "./change-feed.ts";
import { makeNumberingLevels } from "./numbering-levels.ts";
import { makeSequencer } from "./sequencer.ts";
import { makeAuditLog } from "./sql-audit-log.ts";
import { makeAuditReader } from "./sql-audit-reader.ts";

let opened: TestStore;
afterEach(() => opened.close());

async function openLog(options: { pollMs?: number; nudges?: boolean } = {}) {
  opened = await openTestStore();
  const { store } = opened;
  const runtime = testRuntime();
  const { clock, ids } = runtime;
  const audit = makeAuditLog({ vault: testVault(runtime), clock, ids });
  const faults: unknown[] = [];
  const feed = makeChangeFeed({
    store,
    reader: makeAuditReader(),
    onFault: (error) => faults.push(error),
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
  });
  const onNumbered = options.nudges === false ? () => {} : feed.nudge;
  const sequencer = makeSequencer({ store, clock, owner: "here", onNumbered, batchSize: 4 });
  const append = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        store.write((trx) => audit.append(trx, { kind: "asset.versioned", subject: `a-${i}`, body: {} })),
      ),
    );
  return { store, runtime, feed, sequencer, append, faults };
}

/** Reads as a reader of the stream does: what is there, then what is handed over; dropping what comes twice. */
function follow(feed: ReturnType<typeof makeChangeFeed>, after: number) {
  const seen: number[] = [];
  let cursor = after;
  const take = (entries: readonly NumberedEntry[]) => {
    for (const { seq } of entries) {
      if (seq <= cursor) continue;
      seen.push(seq);
      cursor = seq;
    }
  };
  return {
    seen,
    async open() {
      const early: NumberedEntry[] = [];
      let isReading = true;
      const stop = await feed.subscribe({
        onEntries: (entries) => (isReading ? early.push(...entries) : take(entries)),
        onClosed: () => {},
      });
      for (;;) {
        const page = await feed.since(cursor, 3);
        take(page);
        if (page.length < 3) break;
      }
      isReading = false;
      take(early);
      return stop;
    },
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("the change feed", () => {
  it("reads what lies after a number, and says where the log ends", async () => {
    const { feed, sequencer, append } = await openLog();
    expect(await feed.last()).toBe(-1);
    expect(await feed.since(-1, 10)).toEqual([]);
    await append(6);
    expect(await feed.last()).toBe(-1);
    await sequencer.run();
    expect(await feed.last()).toBe(5);
    expect((await feed.since(-1, 4)).map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    expect((await feed.since(3, 4)).map(({ seq }) => seq)).toEqual([4, 5]);
  });

  it("hands over what is numbered here at once, and what another process numbered at its next look", async () => {
    const { feed, sequencer, append } = await openLog({ pollMs: 20, nudges: false });
    const reader = follow(feed, -1);
    const stop = await reader.open();
    await append(5);
    await sequencer.run();
    await expect.poll(() => reader.seen).toEqual(range(0, 5));
    stop();
  });

  it("tells its readers once that nothing more will come, and a later one as well", async () => {
    const { feed } = await openLog();
    let closed = 0;
    const reader = { onEntries: () => {}, onClosed: () => void closed++ };
    await feed.subscribe(reader);
    feed.close();
    feed.close();
    expect(closed).toBe(1);
    await feed.subscribe(reader);
    expect(closed).toBe(2);
  });

  it("goes on after a reading that failed", async () => {
    const { feed, sequencer, append, store } = await openLog();
    const reader = follow(feed, -1);
    const stop = await reader.open();
    await store.write((trx) => trx.schema.alterTable("audit_entries").renameTo("away").execute());
    feed.nudge();
    await new Promise((wait) => setTimeout(wait, 20));
    await store.write((trx) => trx.schema.alterTable("away").renameTo("audit_entries").execute());
    await append(2);
    await sequencer.run();
    await expect.poll(() => reader.seen).toEqual([0, 1]);
    stop();
  });

  it("leaves no gap and tells nothing twice, whatever is written, numbered and read at the same time", async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant("append" as const), count: fc.integer({ min: 1, max: 7 }) }),
        fc.record({ do: fc.constant("number" as const) }),
        fc.record({ do: fc.constant("open" as const), back: fc.integer({ min: 0, max: 9 }) }),
        fc.record({ do: fc.constant("leave" as const), which: fc.nat(5) }),
        fc.record({ do: fc.constant("yield" as const) }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { feed, sequencer, append, faults } = await openLog();
        const readers: { reader: ReturnType<typeof follow>; from: number; stop: Promise<() => void>; left: boolean }[] =
          [];
        const going: Promise<unknown>[] = [];
        for (const step of plan) {
          if (step.do === "append") going.push(append(step.count));
          else if (step.do === "number") going.push(sequencer.run());
          else if (step.do === "open") {
            const from = Math.max(-1, (await feed.last()) - step.back);
            const reader = follow(feed, from);
            readers.push({ reader, from, stop: reader.open(), left: false });
          } else if (step.do === "leave") {
            const one = readers[step.which];
            if (one) {
              one.left = true;
              (await one.stop)();
            }
          } else await new Promise((resolve) => setImmediate(resolve));
        }
        await Promise.all(going);
        while ((await sequencer.run()) > 0) await new Promise((resolve) => setImmediate(resolve));
        const end = (await feed.last()) + 1;
        for (const { reader, from, stop, left } of readers) {
          await stop;
          if (left) expect(reader.seen).toEqual(range(from + 1, from + 1 + reader.seen.length));
          else await expect.poll(() => reader.seen).toEqual(range(from + 1, end));
        }
        for (const { stop } of readers) (await stop)();
        expect(faults).toEqual([]);
        await opened.close();
      }),
      { numRuns: 40 },
    );
    opened = await openTestStore();
  }, 60_000);
});

describe("the numbering's levels", () => {
  it("say how much has no number, and since when", async () => {
    const { store, runtime, sequencer, append } = await openLog();
    const levels = makeNumberingLevels();
    expect([await levels.unnumbered(store.read), await levels.lagMs(store.read, runtime.clock.now())]).toEqual([0, 0]);
    await append(9);
    runtime.advance(4000);
    expect(await levels.unnumbered(store.read)).toBe(9);
    expect(await levels.lagMs(store.read, runtime.clock.now())).toBe(4000);
    await sequencer.run();
    expect([await levels.unnumbered(store.read), await levels.lagMs(store.read, runtime.clock.now())]).toEqual([0, 0]);
  });

  it("counts over many slices", async () => {
    const { store } = await openLog();
    await store.write(async (trx) => {
      for (let i = 0; i < 4100; i += 100) {
        const rows = range(i, Math.min(i + 100, 4100)).map((n) => ({
          entry_id: `ent_${String(n).padStart(6, "0")}`,
          seq: null,
          kind: "lead.changed",
          subject: "s",
          at: 1,
          body: "{}",
        }));
        await trx.insertInto("audit_entries").values(rows).execute();
      }
    });
    expect(await makeNumberingLevels().unnumbered(store.read)).toBe(4100);
  });
});
