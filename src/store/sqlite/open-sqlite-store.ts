import Database from "better-sqlite3";
import { type Dialect, type Driver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { AppError } from "../../domain/errors.ts";
import { makeGroupCommit } from "../group-commit.ts";
import { verifyNotNewer } from "../migrate.ts";
import type { Schema } from "../schema.ts";
import type { Store } from "../store.ts";
import { makeSqliteDriver } from "./sqlite-driver.ts";

export interface SqliteStoreOptions {
  /** Path of the database, or `:memory:`. The folder must exist. */
  readonly file: string;
  readonly statementCacheSize?: number;
  /** Most works that share a commit. */
  readonly batchSize?: number;
  /** A work that has not ended after this many milliseconds is rolled back. */
  readonly workLimitMs?: number;
}

/**
 * Opens the embedded database: one connection that writes (WAL, IMMEDIATE, group commit) and a read-only one that
 * never waits for it. In memory both are one connection, and reads wait for the running batch. Throws `config` when
 * the file cannot be opened, or was migrated by a newer version.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { file, statementCacheSize = 512, batchSize = 64, workLimitMs = 10_000 } = options;
  const writer = openDatabase(file, false);
  const driver = makeSqliteDriver({ database: writer, begin: "immediate", statementCacheSize });
  const dialect = makeDialect(driver);

  const reader = file === ":memory:" ? null : openDatabase(file, true);
  const readDialect =
    reader === null
      ? dialect
      : makeDialect(makeSqliteDriver({ database: reader, begin: "deferred", statementCacheSize }));
  const read = new Kysely<Schema>({ dialect: readDialect });
  // SQLite counts what other connections committed: every write is on the writer's, and other processes' count as well.
  const dataVersion = reader?.prepare<[], number>("pragma data_version").pluck();
  const groupCommit = makeGroupCommit({ dialect, driver, batchSize, workLimitMs });

  const store: Store = {
    read,
    write: groupCommit.write,
    commitStamp: () => dataVersion?.get() ?? null,
    async close() {
      await groupCommit.drain();
      await read.destroy();
      reader?.close();
      writer.close();
    },
  };
  try {
    await verifyNotNewer(store.read);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

function makeDialect(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

function openDatabase(file: string, readonly: boolean): Database.Database {
  try {
    const database = new Database(file, { readonly, fileMustExist: readonly, timeout: busyTimeoutMs });
    for (const pragma of readonly ? readPragmas : writePragmas) database.pragma(pragma);
    return database;
  } catch (cause) {
    const words = `The database ${file} cannot be opened. Check that its folder exists, that this user may write there, and that it is a SQLite file.`;
    throw new AppError("config", words, { cause });
  }
}

/** How long a second process may hold the write lock before a batch is refused; the wait blocks this thread. */
const busyTimeoutMs = 5000;

const readPragmas = ["cache_size = -32768", "mmap_size = 268435456", "temp_store = MEMORY"];
const writePragmas = ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", ...readPragmas];
