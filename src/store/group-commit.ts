import {
  CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Transaction,
} from "kysely";
import { AppError } from "../domain/errors.ts";
import { type Job, makeJob, makeWatch, type Watch } from "./group-commit-job.ts";
import type { Schema } from "./schema.ts";
import type { Store, Trx } from "./store.ts";

export interface GroupCommit {
  readonly write: Store["write"];
  /** Runs and commits what is queued; later writes are refused as `unavailable`. */
  drain(): Promise<void>;
}

/**
 * Works that arrive together run one after another in one transaction, each in a savepoint, and share its commit: one
 * fsync for all. Speaks to the database through Kysely's driver contract alone.
 */
export function makeGroupCommit(deps: {
  dialect: Dialect;
  driver: Driver;
  /** Most works in one commit. */
  batchSize: number;
  /** A work that has not ended after this is rolled back and rejects. */
  workLimitMs: number;
}): GroupCommit {
  const queue: Job[] = [];
  let running = false;
  let closed = false;

  const compiler = deps.dialect.createQueryCompiler();
  const adapter = deps.dialect.createAdapter();

  function write<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new AppError("unavailable", "The database is closed; nothing was written."));
    return new Promise<T>((resolve, reject) => {
      queue.push(makeJob(work, resolve, reject));
      if (!running) schedule();
    });
  }

  // A turn of the event loop, so that the works of everything that is ready now share the commit.
  function schedule(): void {
    running = true;
    setImmediate(async () => {
      await runBatch();
      running = false;
      if (queue.length > 0) schedule();
    });
  }

  async function runBatch(): Promise<void> {
    const jobs: Job[] = [];
    try {
      const connection = await deps.driver.acquireConnection();
      try {
        await runJobs(connection, jobs);
      } finally {
        await deps.driver.releaseConnection(connection);
      }
    } catch (error) {
      // Nothing ran (the lock was busy): whoever waited is told, rather than tried again without end.
      for (const job of jobs.length > 0 ? jobs : queue.splice(0, deps.batchSize)) job.fail(toFault(error));
      return;
    }
    for (const job of jobs) job.succeed();
  }

  async function runJobs(connection: DatabaseConnection, jobs: Job[]): Promise<void> {
    await deps.driver.beginTransaction(connection, {});
    try {
      const watch = makeWatch(deps.workLimitMs);
      try {
        for (
          let job = queue.shift();
          job !== undefined;
          job = jobs.length < deps.batchSize ? queue.shift() : undefined
        ) {
          jobs.push(job);
          await runInSavepoint(connection, job, watch);
        }
      } finally {
        watch.stop();
      }
      await deps.driver.commitTransaction(connection);
    } catch (error) {
      await deps.driver.rollbackTransaction(connection);
      throw error;
    }
  }

  async function runInSavepoint(connection: DatabaseConnection, job: Job, watch: Watch): Promise<void> {
    await connection.executeQuery(savepoint);
    const scope: WorkScope = { ended: false };
    try {
      await watch.limit(job.run(workTransaction(connection, job, scope)));
      scope.ended = true;
    } catch (error) {
      scope.ended = true;
      await connection.executeQuery(rollbackToSavepoint);
      job.fail(error);
    }
    await connection.executeQuery(releaseSavepoint);
  }

  /** The transaction as one work sees it: of no use once the work has ended, so that nothing slips into another's. */
  function workTransaction(connection: DatabaseConnection, job: Job, scope: WorkScope): Trx {
    const executor = new DefaultQueryExecutor(compiler, adapter, {
      async provideConnection(consumer) {
        if (scope.ended) throw new Error("A query was run on a transaction whose work has ended; await every query.");
        return consumer(connection);
      },
    });
    const { dialect, driver } = deps;
    const transaction = new Transaction<Schema>({ config: { dialect }, dialect, driver, executor });
    return Object.assign(transaction, { afterCommit: job.afterCommit });
  }

  return {
    write,
    async drain() {
      closed = true;
      while (running) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const savepoint = CompiledQuery.raw("savepoint work");
const releaseSavepoint = CompiledQuery.raw("release savepoint work");
const rollbackToSavepoint = CompiledQuery.raw("rollback to savepoint work");

interface WorkScope {
  ended: boolean;
}

function toFault(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError("unavailable", "The database is busy or could not commit; try again.", {
    cause,
    retryAfterSeconds: 1,
  });
}
