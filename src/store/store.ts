import type { Kysely, Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** An open transaction. Ports that write take it, so that what belongs together commits together. */
export type Trx = Transaction<Schema> & {
  /**
   * Calls `then` once the commit is on disk, before `write` resolves, in the order of the calls; never when the work
   * is rolled back. For what must not get ahead of the database: caches, wake-ups. It must be quick and not throw.
   */
  afterCommit(then: () => void): void;
};
/** Anything queries can run on: committed data, or an open transaction that also sees its own writes. */
export type Queries = Kysely<Schema>;

export interface Store {
  /** Committed data only; never waits for a writer. */
  readonly read: Queries;
  /**
   * Runs `work` in an immediate transaction. Works that arrive together share one commit (group commit), each in a
   * savepoint of its own: one that throws is rolled back alone and rejects alone. Resolves once the commit is on disk.
   * Inside `work`, await nothing but queries on `trx` (everything else waits for the next commit).
   */
  write<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /**
   * Changes whenever anything was committed, by this process or another, so that what was read under the same stamp
   * still stands. Null, or absent, where the dialect cannot tell.
   */
  commitStamp?(): number | null;
  /** Flushes what is queued, then closes. */
  close(): Promise<void>;
}

/** How a database is opened; one adapter per dialect. */
export interface Migration {
  /** `0001-first`, and so on; applied in order, each in a transaction of its own, never edited once released. */
  readonly name: string;
  up(trx: Trx): Promise<void>;
}
