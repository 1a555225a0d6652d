import { afterEach, expect, it } from "vitest";
import { openTestStore } from "../../../test/support/store.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const test of opened.splice(0)) await test.close();
});

it("keeps what a work wrote", async () => {
  const test = await openTestStore();
  opened.push(test);
  await test.store.write((trx) => trx.insertInto("meta").values({ key: "a", value: "1" }).execute());
  expect(await test.store.read.selectFrom("meta").selectAll().execute()).toEqual([{ key: "a", value: "1" }]);
});
