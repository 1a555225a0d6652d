import { expect, it } from "vitest";
import { migrate } from "../store/migrate.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";
import { makeMigratedImage } from "./migrated-image.ts";

const clock = { now: () => 0 };

it("needs no migration any more, and is each time a database of its own", async () => {
  const image = await makeMigratedImage();
  const [one, other] = await Promise.all([openFrom(image), openFrom(image)]);
  expect(await migrate({ store: one, clock })).toEqual([]);
  await one.write((trx) => trx.insertInto("meta").values({ key: "a", value: "1" }).execute());
  const keys = (store: typeof one) => store.read.selectFrom("meta").select("key").execute();
  expect(await keys(one)).toEqual([{ key: "a" }]);
  expect(await keys(other)).toEqual([]);
  expect(await keys(await openFrom(image))).toEqual([]);
  for (const store of [one, other]) await store.close();
});

it("is not begun with by a database in a file", async () => {
  await expect(openSqliteStore({ file: "a.db", image: await makeMigratedImage() })).rejects.toThrow(/in memory/);
});

const openFrom = (image: Uint8Array) => openSqliteStore({ file: ":memory:", image });
