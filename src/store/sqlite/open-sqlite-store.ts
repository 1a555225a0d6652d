import Database from "better-sqlite3";
import { type Dialect, type Driver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { AppError } from "../../domain/errors.ts";
import { makeGroupCommit } from "../group-commit.ts";
import { verifyNotNewer } from "../migrate.ts";
import type { Schema } from "../schema.ts";
import type { Store } from "../store.ts";
import { makeCommitStamp } from "./commit-stamp.ts";
import { makeSqliteConnection } from "./sqlite-connection.ts";
import { makeSqliteDriver } from "./sqlite-driver.ts";
import { makeSqliteReadDriver } from "./sqlite-read-driver.ts";

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
 * Opens the embedded database: one connection that writes (WAL, IMMEDIATE, group commit) and read-only ones that
 * never wait for it. In memory both are one connection, and reads wait for the running batch. Throws `config` when
 * the file cannot be opened, or was migrated by a newer version.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { file, statementCacheSize = 512, batchSize = 64, workLimitMs = 10_000 } = options;
  const connect = (readonly: boolean) => makeSqliteConnection(openDatabase(file, readonly), statementCacheSize);
  const writer = connect(false);
  const driver = makeSqliteDriver(writer);
  const dialect = makeDialect(driver);
  const readDriver = file === ":memory:" ? driver : makeSqliteReadDriver(() => connect(true), writer);
  const read = new Kysely<Schema>({ dialect: makeDialect(readDriver) });
  const stamp = file === ":memory:" ? null : makeCommitStamp(openDatabase(file, true));
  const groupCommit = makeGroupCommit({ dialect, driver, batchSize, workLimitMs });

  const store: Store = {
    read,
    write: groupCommit.write,
    commitStamp: () => stamp?.now() ?? null,
    async close() {
      await groupCommit.drain();
      stamp?.close();
      await readDriver.destroy();
      await driver.destroy();
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

const readPragmas = ["cache_size = -16384", "temp_store = MEMORY"];
const writePragmas = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "journal_size_limit = 67108864",
  // 16 MiB of log before it is moved into the database: the same pages are written often, and moved once.
  "wal_autocheckpoint = 4096",
  "cache_size = -16384",
  "temp_store = MEMORY",
];
