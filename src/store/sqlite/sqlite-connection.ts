import type { Database, Statement } from "better-sqlite3";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { AppError } from "../../domain/errors.ts";

export interface SqliteConnection extends DatabaseConnection {
  /** Between begin and its end, as the driver sees it. */
  inTransaction: boolean;
  run(sql: string): void;
  /** Does nothing where SQLite has rolled back by itself, as it does on some errors (disk full, I/O). */
  rollback(): void;
  /** A query that must not write; throws when it would. */
  executeRead<R>(query: CompiledQuery): Promise<QueryResult<R>>;
  close(): void;
}

/** A better-sqlite3 connection as Kysely sees it, with its prepared statements kept. */
export function makeSqliteConnection(database: Database, statementCacheSize: number): SqliteConnection {
  const statements = makeStatementCache(database, statementCacheSize);
  const connection: SqliteConnection = {
    inTransaction: false,
    run(sql) {
      statements.get(sql).run();
    },
    rollback() {
      if (database.inTransaction) statements.get("rollback").run();
    },
    close() {
      statements.clear();
      database.close();
    },
    // Rows are whatever the query selects: Kysely types them from the query, as its contract asks of every driver.
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      if (!database.open) throw new AppError("unavailable", "The database is closed.");
      if (connection.inTransaction && !database.inTransaction) {
        // Going on would commit each statement by itself.
        throw new AppError("unavailable", "The database rolled the transaction back after an error; try again.");
      }
      const statement = statements.get(sql);
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
    },
    async executeRead<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (!database.open) throw new AppError("unavailable", "The database is closed.");
      if (!statements.get(query.sql).readonly)
        throw new Error("The store was asked to write through its readonly side.");
      return connection.executeQuery<R>(query);
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
