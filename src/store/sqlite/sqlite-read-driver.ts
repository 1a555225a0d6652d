import type { CompiledQuery, DatabaseConnection, Driver } from "kysely";
import type { SqliteConnection } from "./sqlite-connection.ts";

/**
 * Reading connections to one file. Single queries see the newest commit: on the writer's connection while it has no
 * transaction open (a commit empties the page cache of every connection but its own), else on one that they share. A
 * transaction or a stream gets one of its own while it lasts, so that no other reader is held on its snapshot, or made
 * to wait for it.
 */
export function makeSqliteReadDriver(open: () => SqliteConnection, writer: SqliteConnection): Driver {
  const shared = open();
  const idle: SqliteConnection[] = [];
  const own = new WeakMap<DatabaseConnection, SqliteConnection>();

  const borrow = () => idle.pop() ?? open();
  function giveBack(connection: SqliteConnection): void {
    if (idle.length < idleLimit) idle.push(connection);
    else connection.close();
  }

  async function* stream<R>(query: CompiledQuery, chunkSize?: number) {
    const connection = borrow();
    try {
      yield* connection.streamQuery<R>(query, chunkSize);
    } finally {
      giveBack(connection);
    }
  }

  function endTransaction(holder: DatabaseConnection): void {
    const connection = own.get(holder);
    if (connection === undefined) return;
    own.delete(holder);
    connection.inTransaction = false;
    connection.rollback(); // nothing was written
    giveBack(connection);
  }

  return {
    init: async () => {},
    async acquireConnection() {
      const holder: DatabaseConnection = {
        executeQuery: (query) =>
          own.get(holder)?.executeQuery(query) ?? (writer.inTransaction ? shared : writer).executeRead(query),
        streamQuery: (query, chunkSize) => own.get(holder)?.streamQuery(query, chunkSize) ?? stream(query, chunkSize),
      };
      return holder;
    },
    releaseConnection: async () => {},
    async beginTransaction(holder) {
      const connection = borrow();
      own.set(holder, connection);
      connection.run("begin");
      connection.inTransaction = true;
    },
    commitTransaction: async (holder) => endTransaction(holder),
    rollbackTransaction: async (holder) => endTransaction(holder),
    async destroy() {
      for (const connection of [shared, ...idle.splice(0)]) connection.close();
    },
  };
}

const idleLimit = 2;
