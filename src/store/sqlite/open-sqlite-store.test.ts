import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runStoreWriter } from "../../../test/support/run-store-writer.ts";
import { testRuntime } from "../../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../../test/support/store.ts";
import { migrate } from "../migrate.ts";
import type { Store, Trx } from "../store.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

let test: TestStore;
beforeEach(async () => {
  test = await openTestStore();
});
afterEach(() => test.close());

const put = (key: string, value = "x") => {
  return (trx: Trx) => trx.insertInto("meta").values({ key, value }).execute();
};
const count = async (store: Store) => {
  const row = await store.read
    .selectFrom("meta")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .executeTakeFirst();
  return row?.n;
};
const increment = async (trx: Trx) => {
  const row = await trx.selectFrom("meta").select("value").where("key", "=", "counter").executeTakeFirstOrThrow();
  await trx
    .updateTable("meta")
    .set({ value: String(Number(row.value) + 1) })
    .where("key", "=", "counter")
    .execute();
};

it("keeps what a killed process had acknowledged", async () => {
  for (const name of ["first", "second"]) {
    const writer = runStoreWriter({ file: test.file, name });
    await writer.acknowledged(200);
    const acknowledged = await writer.kill();
    const rows = await test.store.read.selectFrom("meta").select("key").execute();
    const kept = new Set(rows.map(({ key }) => key));
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
  }
}, 30_000);

it("reads, then writes, beside a second writer without losing anything or failing as busy", async () => {
  const second = await openSqliteStore({ file: test.file });
  await test.store.write(put("counter", "0"));
  const works = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? test.store : second).write(increment));
  await Promise.all(works);
  const row = await test.store.read.selectFrom("meta").select("value").executeTakeFirstOrThrow();
  expect(row.value).toBe("200");
  await second.close();
});

it("does not let readers wait for an open transaction", async () => {
  await test.store.write(put("a"));
  await test.store.write(async (trx) => {
    await put("b")(trx);
    expect(await count(test.store)).toBe(1);
  });
  expect(await count(test.store)).toBe(2);
});

it("keeps a read transaction on one snapshot, and nobody else", async () => {
  await test.store.write(put("a"));
  const seen = await test.store.read.transaction().execute(async (snapshot) => {
    const before = await snapshot.selectFrom("meta").select("key").execute();
    await test.store.write(put("b"));
    expect(await count(test.store)).toBe(2);
    return [before.length, (await snapshot.selectFrom("meta").select("key").execute()).length];
  });
  expect(seen).toEqual([1, 1]);
  expect(await count(test.store)).toBe(2);
});

it("cannot write through the reading connection", async () => {
  await expect(test.store.read.deleteFrom("meta").execute()).rejects.toThrow(/readonly/);
});

it("syncs each commit to disk, holds references, and logs ahead", async () => {
  const pragmas = await test.store.write(async (trx) => {
    const { rows } = await sql<{ s: number; f: number; j: string }>`
      select s.synchronous as s, f.foreign_keys as f, j.journal_mode as j
      from pragma_synchronous s, pragma_foreign_keys f, pragma_journal_mode j`.execute(trx);
    return rows;
  });
  expect(pragmas).toEqual([{ s: 2, f: 1, j: "wal" }]);
});

it("streams rows of one snapshot, while others read and write", async () => {
  for (const key of ["a", "b", "c"]) await test.store.write(put(key));
  const seen: string[] = [];
  for await (const { key } of test.store.read.selectFrom("meta").select("key").orderBy("key").stream()) {
    await test.store.write(put(`${key}${key}`));
    seen.push(key);
    expect(await count(test.store)).toBe(3 + seen.length);
  }
  expect(seen).toEqual(["a", "b", "c"]);
});

it("forgets the statements used least when there are more than it may keep", async () => {
  const small = await openSqliteStore({ file: test.file, statementCacheSize: 2 });
  await small.write(put("a"));
  for (const n of [1, 2, 3, 1, 2, 3]) {
    const { rows } = await sql<{ n: number }>`select ${sql.lit(n)} as n from meta where key = ${"a"}`.execute(
      small.read,
    );
    expect(rows).toEqual([{ n }]);
  }
  await small.close();
});

it("in memory, lets reads wait for the running batch", async () => {
  const store = await openSqliteStore({ file: ":memory:" });
  await migrate({ store, clock: testRuntime().clock });
  let whileOpen: Promise<number | undefined> | undefined;
  const failed = store.write(async (trx) => {
    await put("a")(trx);
    whileOpen = count(store);
    await put("b")(trx);
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await whileOpen).toBe(0);
  await store.write(put("c"));
  expect(await count(store)).toBe(1);
  await store.close();
});

it("says what to do about a file that cannot be opened", async () => {
  const folder = dirname(test.file);
  const junk = join(folder, "junk.db");
  writeFileSync(junk, "not a database, and longer than a header of a hundred bytes: ".repeat(5));
  await expect(openSqliteStore({ file: junk })).rejects.toMatchObject({ code: "config" });
  await expect(openSqliteStore({ file: join(folder, "no", "x.db") })).rejects.toMatchObject({ code: "config" });
});
