import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../src/store/migrate.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { testRuntime } from "./runtime.ts";

export interface TestStore {
  readonly store: Store;
  readonly file: string;
  /** Closes the store and removes its folder. */
  close(): Promise<void>;
}

/** A migrated SQLite database in a folder of its own. */
export async function openTestStore(): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), "vouchsafe-"));
  const file = join(folder, "vouchsafe.db");
  const store = await openSqliteStore({ file });
  await migrate({ store, clock: testRuntime().clock });
  return {
    store,
    file,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
