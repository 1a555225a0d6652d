import { migrate } from "../../src/store/migrate.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { testRuntime } from "./runtime.ts";

// A process that writes until it is killed: prints the key of each row once its write was acknowledged.
const [file = "", name = ""] = process.argv.slice(2);
const store = await openSqliteStore({ file });
await migrate({ store, clock: testRuntime().clock });
let count = 0;
async function writer(): Promise<never> {
  for (;;) {
    const key = `${name}-${count++}`;
    await store.write((trx) => trx.insertInto("meta").values({ key, value: "x" }).execute());
    process.stdout.write(`${key}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, writer));
