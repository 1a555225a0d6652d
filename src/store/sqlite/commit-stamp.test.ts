import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../../../test/support/store.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

let db: TestStore;
beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

const put = (key: string) => (store: TestStore["store"]) =>
  store.write((trx) => trx.insertInto("meta").values({ key, value: "1" }).execute());

it("stands still while nothing is committed, and changes with every commit", async () => {
  const { store } = db;
  const before = store.commitStamp?.();
  expect(before).toEqual(expect.any(Number));
  await store.read.selectFrom("meta").selectAll().execute();
  expect(store.commitStamp?.()).toBe(before);
  await put("a")(store);
  const after = store.commitStamp?.();
  expect(after).not.toBe(before);
  expect(store.commitStamp?.()).toBe(after);
});

it("changes with the commits of another that has the file open", async () => {
  const other = await openSqliteStore({ file: db.file });
  const before = db.store.commitStamp?.();
  await put("b")(other);
  expect(db.store.commitStamp?.()).not.toBe(before);
  await other.close();
});

it("is null in memory, where there is one connection", async () => {
  const store = await openSqliteStore({ file: ":memory:" });
  expect(store.commitStamp?.()).toBeNull();
  await store.close();
});
