import type { Driver } from "kysely";
import type { SqliteConnection } from "./sqlite-connection.ts";

/**
 * One connection behind Kysely's driver contract. Unlike Kysely's own driver it begins transactions IMMEDIATE: a
 * deferred one that reads, then writes, fails at once with SQLITE_BUSY_SNAPSHOT. Whoever acquires the connection has
 * it alone, so nothing sees another's open transaction.
 */
export function makeSqliteDriver(connection: SqliteConnection): Driver {
  const gate = makeGate();
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
      connection.run("begin immediate");
      connection.inTransaction = true;
    },
    async commitTransaction() {
      connection.run("commit");
      connection.inTransaction = false;
    },
    async rollbackTransaction() {
      connection.inTransaction = false;
      connection.rollback();
    },
    async destroy() {
      connection.close();
    },
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
