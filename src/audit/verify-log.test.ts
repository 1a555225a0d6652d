import { afterEach, beforeEach, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { canonicalJson } from "../domain/hash.ts";
import type { Trx } from "../store/store.ts";
import { leafHash } from "./merkle.ts";
import { makeSequencer } from "./sequencer.ts";
import { makeAuditLog } from "./sql-audit-log.ts";
import { verifyLog } from "./verify-log.ts";

let test: TestStore;

/** Eleven numbered entries (a tree with subtrees of 8, 2 and 1) and two that wait for their number. */
beforeEach(async () => {
  test = await openTestStore();
  const { clock, ids, advance } = testRuntime();
  const audit = makeAuditLog({ vault: { pseudonym: async () => "psn" }, clock, ids });
  const append = (i: number) =>
    test.store.write((trx) => audit.append(trx, { kind: "event.accepted", subject: `s${i}`, body: { i } }));
  for (let i = 0; i < 11; i++) {
    advance(1000);
    await append(i);
  }
  await makeSequencer({ store: test.store, clock, owner: "test" }).run();
  await append(11);
  await append(12);
});
afterEach(() => test.close());

const verify = () => verifyLog(test.store.read, { pageSize: 4 });
const entry = (trx: Trx, seq: number) =>
  trx.selectFrom("audit_entries").selectAll().where("seq", "=", seq).executeTakeFirstOrThrow();

async function problemsAfter(tamper: (trx: Trx) => Promise<unknown>): Promise<readonly string[]> {
  expect(await verify()).toMatchObject({ ok: true, size: 11, unnumbered: 2 });
  await test.store.write(tamper);
  const found = await verify();
  return found.ok ? [] : found.problems;
}

it.each([0, 5, 10])("finds every changed column of entry %i", async (seq) => {
  const original = await test.store.write((trx) => entry(trx, seq));
  const changes = {
    entry_id: "ent_00000000000000000000000000",
    kind: "grant.revoked",
    subject: "other",
    at: original.at + 1,
    body: original.body.replace('"i":', '"j":'),
  };
  for (const [column, value] of Object.entries(changes)) {
    await test.store.write((trx) =>
      trx
        .updateTable("audit_entries")
        .set({ [column]: value })
        .where("seq", "=", seq)
        .execute(),
    );
    const found = await verify();
    expect(found, column).toMatchObject({ ok: false });
    expect(found.ok ? "" : found.problems.join(), column).toContain(`entry ${seq}`);
    await test.store.write((trx) => trx.updateTable("audit_entries").set(original).where("seq", "=", seq).execute());
  }
  expect(await verify()).toMatchObject({ ok: true });
});

it("finds a body rewritten together with its leaf, by the nodes above it", async () => {
  const problems = await problemsAfter(async (trx) => {
    const body = canonicalJson({ ...JSON.parse((await entry(trx, 3)).body), i: 99 });
    await trx.updateTable("audit_entries").set({ body }).where("seq", "=", 3).execute();
    await trx
      .updateTable("audit_nodes")
      .set({ hash: leafHash(body) })
      .where("level", "=", 0)
      .where("position", "=", 3)
      .execute();
  });
  expect(problems).toContain("the hash of entries 2 to 3 is not that of its entries");
});

it("finds the same words in another JSON form", async () => {
  const problems = await problemsAfter(async (trx) => {
    const { body } = await entry(trx, 2);
    await trx
      .updateTable("audit_entries")
      .set({ body: JSON.stringify(JSON.parse(body), null, 1) })
      .where("seq", "=", 2)
      .execute();
  });
  expect(problems[0]).toContain("the body of entry 2 is not canonical JSON");
});

it.each(["not json", "17", "null"])("finds a body that is %s", async (body) => {
  const problems = await problemsAfter((trx) =>
    trx.updateTable("audit_entries").set({ body }).where("seq", "=", 2).execute(),
  );
  expect(problems[0]).toContain("the body of entry 2");
});

it.each([0, 4, 10])("finds the deletion of entry %i", async (seq) => {
  const problems = await problemsAfter((trx) => trx.deleteFrom("audit_entries").where("seq", "=", seq).execute());
  expect(problems).toContain(`entry ${seq} is missing`);
});

it("finds two entries that changed places", async () => {
  const problems = await problemsAfter(async (trx) => {
    const [a, b] = [await entry(trx, 6), await entry(trx, 7)];
    await trx.updateTable("audit_entries").set({ seq: null }).where("entry_id", "=", a.entry_id).execute();
    await trx.updateTable("audit_entries").set({ seq: 6 }).where("entry_id", "=", b.entry_id).execute();
    await trx.updateTable("audit_entries").set({ seq: 7 }).where("entry_id", "=", a.entry_id).execute();
  });
  expect(problems).toContain("the hash of entry 6 is not that of its entries");
});

it("finds a number that was taken away, and one that was made up", async () => {
  const taken = await problemsAfter((trx) =>
    trx.updateTable("audit_entries").set({ seq: 40 }).where("seq", "=", 10).execute(),
  );
  expect(taken).toContain("entry 10 is missing");
  await test.store.write((trx) => trx.updateTable("audit_entries").set({ seq: 10 }).where("seq", "=", 40).execute());
  const made = await problemsAfter((trx) =>
    trx.updateTable("audit_entries").set({ seq: 11 }).where("subject", "=", "s11").execute(),
  );
  expect(made).toContain("there are numbered entries past the end of the tree (11)");
});

it("finds every hash that was changed, removed or added", async () => {
  const nodes = await test.store.read.selectFrom("audit_nodes").selectAll().execute();
  expect(nodes).toHaveLength(11 + 5 + 2 + 1);
  for (const { level, position, hash } of nodes) {
    const at = (trx: Trx) => trx.updateTable("audit_nodes").where("level", "=", level).where("position", "=", position);
    const changed = await problemsAfter((trx) =>
      at(trx)
        .set({ hash: leafHash("other") })
        .execute(),
    );
    expect(changed, `${level}/${position}`).toHaveLength(1);
    await test.store.write((trx) => at(trx).set({ hash, level: 60 }).execute());
    expect(await verify(), `${level}/${position}`).toMatchObject({ ok: false });
    await test.store.write((trx) => trx.updateTable("audit_nodes").set({ level }).where("level", "=", 60).execute());
  }
  const added = await problemsAfter((trx) =>
    trx
      .insertInto("audit_nodes")
      .values({ level: 3, position: 1, hash: leafHash("made up") })
      .execute(),
  );
  expect(added).toEqual(["there are hashes that no entries account for"]);
});

it.each([
  ["the root", { root: leafHash("other") }],
  ["the size, smaller", { size: 10 }],
  ["the size, larger", { size: 12 }],
  ["the time", { at: 1 }],
  ["the id", { id: 2 }],
])("finds a changed tree head: %s", async (_, change) => {
  expect(await problemsAfter((trx) => trx.updateTable("audit_tree").set(change).execute())).not.toEqual([]);
});

it("finds a tree head that was removed or doubled", async () => {
  const head = await test.store.read.selectFrom("audit_tree").selectAll().executeTakeFirstOrThrow();
  const doubled = await problemsAfter((trx) =>
    trx
      .insertInto("audit_tree")
      .values({ ...head, id: 2 })
      .execute(),
  );
  expect(doubled).toContain("there is more than one tree head");
  await test.store.write((trx) => trx.deleteFrom("audit_tree").execute());
  expect(await verify()).toMatchObject({ ok: false });
});

it("finds an unnumbered entry whose columns are not what its body says", async () => {
  const problems = await problemsAfter((trx) =>
    trx.updateTable("audit_entries").set({ subject: "s99" }).where("subject", "=", "s12").execute(),
  );
  expect(problems.join()).toContain("is not what its body says");
});

it("stops counting problems at the limit", async () => {
  await test.store.write((trx) => trx.updateTable("audit_entries").set({ body: "x" }).execute());
  const found = await verifyLog(test.store.read, { maxProblems: 5 });
  expect(found.ok ? 0 : found.problems.length).toBe(5);
});
