import { afterEach, beforeEach, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { canonicalJson } from "../domain/hash.ts";
import { leafHash, makeMerkleTree } from "./merkle.ts";
import { makeSequencer } from "./sequencer.ts";
import { makeAuditLog } from "./sql-audit-log.ts";
import { makeAuditReader } from "./sql-audit-reader.ts";
import { verifyLog } from "./verify-log.ts";

let test: TestStore;
let runtime: ReturnType<typeof testRuntime>;
const vault = { pseudonym: async (_: unknown, person: string) => `psn:${person.length}` };
const reader = makeAuditReader();

beforeEach(async () => {
  test = await openTestStore();
  runtime = testRuntime();
});
afterEach(() => test.close());

const log = () => makeAuditLog({ vault, ...runtime });
const sequencer = (owner = "a", more: Partial<Parameters<typeof makeSequencer>[0]> = {}) =>
  makeSequencer({ store: test.store, clock: runtime.clock, owner, ...more });

async function append(count: number, body: Record<string, unknown> = { n: 1 }): Promise<void> {
  const audit = log();
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      test.store.write((trx) =>
        audit.append(trx, { kind: "event.accepted", subject: `evt_${i}`, body: { ...body, i } }),
      ),
    ),
  );
}

it("writes a canonical body that names everything its columns say, and nobody", async () => {
  await test.store.write((trx) =>
    log().append(trx, { kind: "lead.changed", subject: "L-1042", lead: "L-1042", body: { fields: ["stage"], v: 9 } }),
  );
  const [entry] = await test.store.read.selectFrom("audit_entries").selectAll().execute();
  expect(entry).toMatchObject({ kind: "lead.changed", subject: "psn:11", at: runtime.clock.now(), seq: null });
  const body: unknown = JSON.parse(entry?.body ?? "");
  expect(body).toEqual({
    v: 1,
    id: entry?.entry_id,
    kind: "lead.changed",
    subject: "psn:11",
    at: runtime.clock.now(),
    lead: "psn:11",
    fields: ["stage"],
  });
  expect(entry?.body).toBe(canonicalJson(body));
  expect(JSON.stringify(entry)).not.toContain("L-1042");
});

it("goes with its transaction", async () => {
  const failed = test.store.write(async (trx) => {
    await log().append(trx, { kind: "asset.versioned", subject: "a", body: {} });
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await sequencer().run()).toBe(0);
});

it("numbers without gaps, in batches, and keeps the tree of the bodies", async () => {
  const numbered: unknown[] = [];
  const first = sequencer("a", { batchSize: 7, onNumbered: (range) => numbered.push(range) });
  await append(10);
  expect(await first.run()).toBe(10);
  await append(4);
  expect(await first.run()).toBe(4);
  expect(numbered).toEqual([
    { from: 0, to: 7 },
    { from: 7, to: 10 },
    { from: 10, to: 14 },
  ]);
  const entries = await reader.entries(test.store.read, { from: 0, limit: 100 });
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 14 }, (_, i) => i));
  expect(entries.map(({ entryId }) => entryId)).toEqual(entries.map(({ entryId }) => entryId).sort());
  const tree = makeMerkleTree();
  for (const { body } of entries) tree.append(leafHash(body));
  const rootHex = Buffer.from(tree.root()).toString("hex");
  expect(await reader.tree(test.store.read)).toEqual({ size: 14, rootHex });
  expect(await verifyLog(test.store.read, { pageSize: 5 })).toEqual({ ok: true, size: 14, rootHex, unnumbered: 0 });
});

it("continues a tree that another process began, at every size", async () => {
  for (let size = 1; size <= 20; size++) {
    await append(1);
    const next = sequencer(`process-${size}`);
    expect(await next.run()).toBe(1);
    await next.stop();
  }
  expect(await verifyLog(test.store.read)).toMatchObject({ ok: true, size: 20 });
});

it("lets one process number at a time, and another take over when the lease ran out", async () => {
  const [a, b] = [sequencer("a"), sequencer("b")];
  await append(3);
  expect(await a.run()).toBe(3);
  await append(2);
  expect(await b.run()).toBe(0);
  runtime.advance(10_001);
  expect(await b.run()).toBe(2);
  await append(1);
  expect(await a.run()).toBe(0);
  expect(await b.run()).toBe(1);
  expect(await verifyLog(test.store.read)).toMatchObject({ ok: true, size: 6 });
  const lease = await test.store.read.selectFrom("leases").selectAll().executeTakeFirstOrThrow();
  expect(lease).toMatchObject({ owner: "b", token: 2 });
});

it("numbers each entry once when two run at the same time", async () => {
  await append(50);
  const both = [sequencer("a", { batchSize: 3 }), sequencer("b", { batchSize: 3 })];
  const counts = await Promise.all([both[0]?.run(), both[1]?.run(), both[0]?.run()]);
  expect(counts.reduce((sum: number, count) => sum + (count ?? 0), 0)).toBe(50);
  expect(await verifyLog(test.store.read)).toMatchObject({ ok: true, size: 50 });
});

it("hands the lease over when it is stopped", async () => {
  const [a, b] = [sequencer("a"), sequencer("b")];
  await append(1);
  await a.run();
  await a.stop();
  await append(1);
  expect(await b.run()).toBe(1);
});

it("runs by itself once started, and writes nothing while there is nothing to number", async () => {
  let writes = 0;
  const store: typeof test.store = {
    ...test.store,
    write(work) {
      writes += 1;
      return test.store.write(work);
    },
  };
  const running = sequencer("a", { store, pollMs: 5 });
  running.start();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(writes).toBe(0);
  await append(2);
  await expect.poll(() => reader.tree(test.store.read), { timeout: 5000 }).toMatchObject({ size: 2 });
  await running.stop();
  await append(1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await reader.tree(test.store.read)).toMatchObject({ size: 2 });
});

it("reads by subject, numbered or not, and an empty log has the empty root", async () => {
  expect(await reader.tree(test.store.read)).toEqual({
    size: 0,
    rootHex: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  });
  await append(2);
  await sequencer().run();
  await append(2);
  const found = await reader.bySubject(test.store.read, "evt_1");
  expect(found.map(({ seq }) => seq)).toEqual([1, null]);
});
