import { migrate } from "../store/migrate.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";

/** A database with every migration and nothing else, in bytes: many runs in memory begin with it, and migrate once. */
export async function makeMigratedImage(): Promise<Uint8Array> {
  const store = await openSqliteStore({ file: ":memory:" });
  try {
    await migrate({ store, clock: { now: () => 0 } });
    return store.image();
  } finally {
    await store.close();
  }
}
