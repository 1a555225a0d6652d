import { AppError } from "../domain/errors.ts";
import type { Clock } from "../runtime/runtime.ts";
import { migrations as released } from "./migrations/index.ts";
import type { Migration, Queries, Store, Trx } from "./store.ts";

/**
 * Applies what is missing, in order, each migration in a transaction of its own: a failed one leaves nothing behind.
 * Two processes may do so at once. Returns the names applied; throws `config` when the database is newer than the code.
 */
export async function migrate(deps: {
  store: Store;
  clock: Clock;
  migrations?: readonly Migration[];
}): Promise<readonly string[]> {
  const { store, clock, migrations = released } = deps;
  await verifyNotNewer(store.read, migrations);
  const done: string[] = [];
  for (const migration of migrations) {
    if (await store.write((trx) => apply(trx, migration, clock.now()))) done.push(migration.name);
  }
  return done;
}

/** Refuses a database that a newer version has migrated: this code does not know what is in it. */
export async function verifyNotNewer(db: Queries, migrations: readonly Migration[] = released): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = (await appliedNames(db)).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const words = `The database was made by a newer version (${unknown.join(", ")} is not known here). Start that version, or restore a backup from before its first start.`;
  throw new AppError("config", words);
}

/** Checked and applied in the write transaction, so that a second process finds it done. */
async function apply(trx: Trx, migration: Migration, now: number): Promise<boolean> {
  await trx.schema
    .createTable("schema_migrations")
    .ifNotExists()
    .addColumn("name", "text", (column) => column.primaryKey().notNull())
    .addColumn("applied_at", "bigint", (column) => column.notNull())
    .execute();
  const applied = await trx
    .selectFrom("schema_migrations")
    .select("name")
    .where("name", "=", migration.name)
    .executeTakeFirst();
  if (applied !== undefined) return false;
  await migration.up(trx);
  await trx.insertInto("schema_migrations").values({ name: migration.name, applied_at: now }).execute();
  return true;
}

async function appliedNames(db: Queries): Promise<string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === "schema_migrations")) return [];
  const rows = await db.selectFrom("schema_migrations").select("name").orderBy("name").execute();
  return rows.map(({ name }) => name);
}
