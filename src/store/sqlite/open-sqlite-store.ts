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
  /** In memory alone: what the database begins as, as `image` gave it. */
  readonly image?: Uint8Array | undefined;
  readonly statementCacheSize?: number;
  /** Most works that share a commit. */
  readonly batchSize?: number;
  /** A work that has not ended after this many milliseconds is rolled back. */
  readonly workLimitMs?: number;
}

export interface SqliteStore extends Store {
  /** The whole database as it stands, in bytes. */
  image(): Uint8Array;
}

/**
 * Opens the embedded database: one connection that writes (WAL, IMMEDIATE, group commit) and read-only ones that
 * never wait for it. In memory both are one connection, and reads wait for the running batch. Throws `config` when
 * the file cannot be opened, or was migrated by a newer version.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { file, image, statementCacheSize = 512, batchSize = 64, workLimitMs = 10_000 } = options;
  const connect = (database: Database.Database) => makeSqliteConnection(database, statementCacheSize);
  if (image && file !== inMemory) throw new Error("A database begins with an image in memory alone.");
  const database = openDatabase(file, { image });
  const writer = connect(database);
  const driver = makeSqliteDriver(writer);
  const dialect = makeDialect(driver);
  const readDriver =
    file === inMemory ? driver : makeSqliteReadDriver(() => connect(openDatabase(file, { readonly: true })), writer);
  const read = new Kysely<Schema>({ dialect: makeDialect(readDriver) });
  const stamp = file === inMemory ? null : makeCommitStamp(openDatabase(file, { readonly: true }));
  const groupCommit = makeGroupCommit({ dialect, driver, batchSize, workLimitMs });

  const store: SqliteStore = {
    read,
    write: groupCommit.write,
    commitStamp: () => stamp?.now() ?? null,
    image: () => database.serialize(),
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

const inMemory = ":memory:";

function makeDialect(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

function openDatabase(
  file: string,
  { readonly = false, image }: { readonly readonly?: boolean; readonly image?: Uint8Array | undefined },
): Database.Database {
  try {
    const database = new Database(image ? Buffer.from(image) : file, {
      readonly,
      fileMustExist: readonly,
      timeout: busyTimeoutMs,
    });
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
