import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { makePreparedQuery, type Param } from "./prepared-query.ts";

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
  await opened.store.write(async (trx) => {
    const at = [1, 2, 3];
    await trx
      .insertInto("suppressions")
      .values(at.map((n) => ({ lead_id: `L-${n}`, scope: "all", reason: "asked", at: n })))
      .execute();
  });
});
afterAll(() => opened.close());

test("is built once, and each call has its own parameters beside the constants", async () => {
  let builds = 0;
  const query = makePreparedQuery((db, param: Param<{ scope: string; since: number }>) => {
    builds += 1;
    return db
      .selectFrom("suppressions")
      .select("lead_id")
      .where("at", ">=", param("since"))
      .where("reason", "=", "asked")
      .where("at", "<", 100)
      .where("scope", "=", param("scope"))
      .where("at", ">=", param("since"))
      .orderBy("lead_id")
      .limit(2);
  });
  const { read, write } = opened.store;
  expect(await query(read, { scope: "all", since: 1 })).toEqual([{ lead_id: "L-1" }, { lead_id: "L-2" }]);
  expect(await query(read, { scope: "all", since: 3 })).toEqual([{ lead_id: "L-3" }]);
  expect(await query(read, { scope: "web", since: 1 })).toEqual([]);
  expect(await write((trx) => query(trx, { scope: "all", since: 2 }))).toHaveLength(2);
  expect(builds).toBe(1);
});
