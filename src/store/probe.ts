import { AppError } from "../domain/errors.ts";
import { migrations } from "./migrations/index.ts";
import type { Store } from "./store.ts";

/** Writes and commits one row of no meaning; throws `unavailable` when the database does not take it. */
export async function probeWrite(store: Store, now: number): Promise<void> {
  const row = { key: "readiness-probe", value: String(now) };
  try {
    await store.write((trx) =>
      trx
        .insertInto("meta")
        .values(row)
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: row.value }))
        .execute(),
    );
  } catch (cause) {
    throw new AppError("unavailable", "The database does not take a write.", { cause });
  }
}

/** Where the database's migrations differ from this version's; null when they are the same. */
export async function migrationsDiffer(store: Store): Promise<string | null> {
  const rows = await store.read.selectFrom("schema_migrations").select("name").execute();
  const applied = new Set(rows.map(({ name }) => name));
  const known = new Set(migrations.map(({ name }) => name));
  const missing = [...known].filter((name) => !applied.has(name));
  const unknown = [...applied].filter((name) => !known.has(name));
  if (missing.length > 0) return `The database lacks ${missing.join(", ")}.`;
  return unknown.length > 0 ? "The database was migrated by a newer version." : null;
}
