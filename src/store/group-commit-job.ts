import { AppError } from "../domain/errors.ts";
import type { Trx } from "./store.ts";

/** One work in the queue, and whoever waits for it. */
export interface Job {
  run(trx: Trx): Promise<void>;
  afterCommit(then: () => void): void;
  /** After the commit. Changes nothing for a job that failed before. */
  succeed(): void;
  fail(error: unknown): void;
}

export function makeJob<T>(
  work: (trx: Trx) => Promise<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Job {
  const hooks: (() => void)[] = [];
  let failed = false;
  let settle: () => void = () => {};
  return {
    async run(trx) {
      const value = await work(trx);
      settle = () => resolve(value);
    },
    afterCommit(then) {
      hooks.push(then);
    },
    succeed() {
      if (failed) return;
      settle();
      for (const hook of hooks) callHook(hook);
    },
    fail(error) {
      failed = true;
      reject(error);
    },
  };
}

/** The commit stands whatever a hook does; its fault is nobody's to catch, so it ends up as an uncaught exception. */
function callHook(hook: () => void): void {
  try {
    hook();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

export interface Watch {
  limit(work: Promise<void>): Promise<void>;
  stop(): void;
}

/** One timer for the works of a batch, set anew for each. */
export function makeWatch(limitMs: number): Watch {
  let expire: (error: AppError) => void = () => {};
  const timer = setTimeout(() => {
    const words = `A transaction did not end within ${limitMs} ms and was rolled back. Await nothing but its queries in it.`;
    expire(new AppError("unavailable", words));
  }, limitMs);
  return {
    limit(work) {
      timer.refresh();
      return new Promise((resolve, reject) => {
        expire = reject;
        work.then(resolve, reject);
      });
    },
    stop: () => clearTimeout(timer),
  };
}
