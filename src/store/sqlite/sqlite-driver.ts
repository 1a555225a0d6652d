import type { Database, Statement } from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from "kysely";
import { AppError } from "../../domain/errors.ts";

/**
 * One better-sqlite3 connection behind Kysely's driver contract. Unlike Kysely's own driver it begins transactions
 * IMMEDIATE (a deferred one that reads, then writes, fails at once with SQLITE_BUSY_SNAPSHOT) and keeps its prepared
 * statements. Whoever acquires the connection has it alone, so nothing sees another's open transaction.
 */
export function makeSqliteDriver(deps: {
  database: Database;
  begin: "immediate" | "deferred";
  statementCacheSize: number;
}): Driver {
  const connection = makeConnection(deps.database, deps.statementCacheSize);
  const gate = makeGate();
  const run = async (sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    async acquireConnection() {
      await gate.enter();
      return connection;
    },
    async releaseConnection() {
      gate.leave();
    },
    async beginTransaction() {
      await run(`begin ${deps.begin}`);
      connection.inTransaction = true;
    },
    async commitTransaction() {
      await run("commit");
      connection.inTransaction = false;
    },
    async rollbackTransaction() {
      connection.inTransaction = false;
      // SQLite itself rolls back on some errors (disk full, I/O); a second rollback would only hide the first error.
      if (deps.database.inTransaction) await run("rollback");
    },
    async destroy() {
      connection.forgetStatements();
      deps.database.close();
    },
  };
}

interface SqliteConnection extends DatabaseConnection {
  inTransaction: boolean;
  forgetStatements(): void;
}

function makeConnection(database: Database, cacheSize: number): SqliteConnection {
  const statements = makeStatementCache(database, cacheSize);
  const connection: SqliteConnection = {
    inTransaction: false,
    forgetStatements: () => statements.clear(),
    // Rows are whatever the query selects: Kysely types them from the query, as its contract asks of every driver.
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      if (connection.inTransaction && !database.inTransaction) {
        // Going on would commit each statement by itself.
        throw new AppError("unavailable", "The database rolled the transaction back after an error; try again.");
      }
      const statement = statements.get(sql);
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
    },
    async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      // A statement of its own: one that is being iterated cannot be run by another query.
      for (const row of database.prepare(sql).iterate(...parameters)) yield { rows: [row as R] };
    },
  };
  return connection;
}

/** Least recently used goes first. */
function makeStatementCache(database: Database, limit: number) {
  const cached = new Map<string, Statement<unknown[], unknown>>();
  return {
    get(sql: string): Statement<unknown[], unknown> {
      const known = cached.get(sql);
      if (known !== undefined) {
        cached.delete(sql);
        cached.set(sql, known);
        return known;
      }
      const statement = database.prepare<unknown[], unknown>(sql);
      cached.set(sql, statement);
      if (cached.size > limit) {
        for (const oldest of cached.keys()) {
          cached.delete(oldest);
          break;
        }
      }
      return statement;
    },
    clear: () => cached.clear(),
  };
}

/** First come, first served. */
function makeGate() {
  let taken = false;
  const waiting: (() => void)[] = [];
  return {
    enter(): Promise<void> {
      if (taken) return new Promise((resolve) => waiting.push(resolve));
      taken = true;
      return Promise.resolve();
    },
    leave(): void {
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    },
  };
}
