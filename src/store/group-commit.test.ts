import Database from "better-sqlite3";
import fc from "fast-check";
import { type Driver, SqliteDialect, sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { makeGroupCommit } from "./group-commit.ts";
import { openSqliteStore } from "./sqlite/open-sqlite-store.ts";
import { makeSqliteConnection } from "./sqlite/sqlite-connection.ts";
import { makeSqliteDriver } from "./sqlite/sqlite-driver.ts";
import type { Store, Trx } from "./store.ts";

let test: TestStore;
let store: Store;
beforeEach(async () => {
  test = await openTestStore();
  store = test.store;
});
afterEach(() => test.close());

const put = (key: string) => (trx: Trx) => trx.insertInto("meta").values({ key, value: "x" }).execute();
const keys = async (db = store) => {
  const rows = await db.read.selectFrom("meta").select("key").orderBy("key").execute();
  return rows.map(({ key }) => key);
};
const never = () => new Promise<never>(() => {});

it("shares one commit among works that arrive together, and tells each its own value", async () => {
  const counted = openCounted();
  const works = Array.from({ length: 20 }, (_, i) => i);
  expect(await Promise.all(works.map((i) => counted.write((trx) => put(`k${i}`)(trx).then(() => i))))).toEqual(works);
  expect(counted.commits()).toBe(1);
  await counted.close();
  expect(await keys()).toHaveLength(20);
});

it("lets a work join the batch that is running, up to its size", async () => {
  const counted = openCounted({ batchSize: 8 });
  const joining = counted.write(async (trx) => {
    await put("a")(trx);
    return { joined: counted.write(put("b")) };
  });
  await (await joining).joined;
  expect(counted.commits()).toBe(1);
  await Promise.all(Array.from({ length: 17 }, (_, i) => counted.write(put(`k${i}`))));
  expect(counted.commits()).toBe(1 + 3);
  await counted.close();
});

it("rejects all works of a batch whose commit fails, keeps nothing of them, and works on", async () => {
  const counted = openCounted();
  const calls: string[] = [];
  counted.failNextCommit();
  const works = ["a", "b"].map((key) =>
    counted.write(async (trx) => {
      trx.afterCommit(() => calls.push(key));
      await put(key)(trx);
    }),
  );
  for (const work of works) await expect(work).rejects.toMatchObject({ code: "unavailable" });
  await counted.write(put("c"));
  await counted.close();
  expect(await keys()).toEqual(["c"]);
  expect(calls).toEqual([]);
});

it("rolls back a work that throws, alone", async () => {
  const before = store.write(put("a"));
  const failing = store.write(async (trx) => {
    await put("b")(trx);
    throw new Error("no");
  });
  const violating = store.write(async (trx) => {
    await put("c")(trx);
    await put("a")(trx);
  });
  const after = store.write(put("d"));
  await expect(failing).rejects.toThrow("no");
  await expect(violating).rejects.toThrow(/UNIQUE/);
  await Promise.all([before, after]);
  expect(await keys()).toEqual(["a", "d"]);
});

it("leaves exactly the successes of any interleaving", async () => {
  let round = 0;
  const works = fc.array(fc.record({ fails: fc.boolean(), turns: fc.nat(3), rows: fc.integer({ min: 1, max: 3 }) }));
  await fc.assert(
    fc.asyncProperty(works, async (plan) => {
      round++;
      const expected: string[] = [];
      await Promise.allSettled(
        plan.map(async ({ fails, turns, rows }, i) => {
          for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
          const names = Array.from({ length: rows }, (_, row) => `${round}/${i}/${row}`);
          if (!fails) expected.push(...names);
          await store.write(async (trx) => {
            for (const name of names) await put(name)(trx);
            if (fails) throw new Error("no");
          });
        }),
      );
      const kept = (await keys()).filter((key) => key.startsWith(`${round}/`));
      expect(kept).toEqual(expected.sort());
    }),
    { numRuns: 60 },
  );
});

it("shows a work what earlier works of the batch wrote, and readers only what is committed", async () => {
  const first = store.write(put("a"));
  const second = store.write(async (trx) => {
    const seen = await trx.selectFrom("meta").select("key").execute();
    return { inside: seen.length, outside: (await keys()).length };
  });
  await first;
  expect(await second).toEqual({ inside: 1, outside: 0 });
});

it("refuses queries on a transaction whose work has ended", async () => {
  const leaked = await store.write(async (trx) => ({ trx }));
  await expect(put("late")(leaked.trx)).rejects.toThrow(/await every query/);
  expect(await keys()).toEqual([]);
});

it("rolls back a work that never ends, and commits those beside it", async () => {
  const impatient = await openSqliteStore({ file: test.file, workLimitMs: 50 });
  const stuck = impatient.write(async (trx) => {
    await put("stuck")(trx);
    await never();
  });
  const beside = impatient.write(put("beside"));
  await expect(stuck).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("50 ms") });
  await beside;
  expect(await keys(impatient)).toEqual(["beside"]);
  await impatient.close();
});

it("calls what waits for the commit in order, before write resolves, and never for what was rolled back", async () => {
  const calls: string[] = [];
  const seen = store.write(async (trx) => {
    trx.afterCommit(() => calls.push("a"));
    trx.afterCommit(() => calls.push("b"));
  });
  const failed = store.write(async (trx) => {
    trx.afterCommit(() => calls.push("failed"));
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  await seen.then(() => calls.push("resolved"));
  expect(calls).toEqual(["a", "b", "resolved"]);
});

it("fails the whole batch when a work ends the transaction under it, and works on afterwards", async () => {
  const calls: string[] = [];
  const beside = store.write(async (trx) => {
    trx.afterCommit(() => calls.push("beside"));
    await put("beside")(trx);
  });
  const ending = store.write(async (trx) => {
    await sql`rollback`.execute(trx);
    await put("outside")(trx).catch(() => undefined);
  });
  await expect(ending).rejects.toMatchObject({ code: "unavailable" });
  await expect(beside).rejects.toMatchObject({ code: "unavailable" });
  await store.write(put("next"));
  expect(await keys()).toEqual(["next"]);
  expect(calls).toEqual([]);
});

it("flushes what is queued on close, then refuses", async () => {
  const own = await openSqliteStore({ file: test.file });
  const queued = [own.write(put("a")), own.write(put("b"))];
  const closed = own.close();
  await expect(own.write(put("c"))).rejects.toMatchObject({ code: "unavailable" });
  await Promise.all([...queued, closed]);
  await expect(keys(own)).rejects.toMatchObject({ code: "unavailable" });
  expect(await keys()).toEqual(["a", "b"]);
});

/** A group commit over the real driver that counts commits, and can fail one. */
function openCounted(options: { batchSize?: number } = {}) {
  const database = new Database(test.file);
  const driver = makeSqliteDriver(makeSqliteConnection(database, 16));
  let commits = 0;
  let failing = false;
  const counting: Driver = {
    ...driver,
    async commitTransaction(connection) {
      if (failing) {
        failing = false;
        throw new Error("disk I/O error");
      }
      await driver.commitTransaction(connection);
      commits++;
    },
  };
  const { write, drain } = makeGroupCommit({
    dialect: new SqliteDialect({ database }),
    driver: counting,
    batchSize: 64,
    workLimitMs: 1000,
    ...options,
  });
  return {
    write,
    commits: () => commits,
    failNextCommit() {
      failing = true;
    },
    async close() {
      await drain();
      database.close();
    },
  };
}
