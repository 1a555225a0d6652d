import type { DecisionId } from "../domain/ids.ts";
import type { DecisionSignals } from "./decisions.ts";

/**
 * In this process only. The newest `memory` decisions that rested are remembered, since one can come to rest between
 * its acceptance and the wait for it.
 */
export function makeDecisionSignals({ memory = 4096 }: { readonly memory?: number } = {}): DecisionSignals {
  const rested = new Set<DecisionId>();
  const waiting = new Map<DecisionId, Set<() => void>>();
  return {
    rested(id) {
      rested.delete(id);
      rested.add(id);
      if (rested.size > memory) forgetOldest(rested);
      const waiters = waiting.get(id);
      waiting.delete(id);
      for (const wake of waiters ?? []) wake();
    },

    wait(id, timeoutMs) {
      if (rested.has(id)) return Promise.resolve(true);
      return new Promise((resolve) => {
        const waiters = waiting.get(id) ?? new Set();
        waiting.set(id, waiters);
        const wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiters.delete(wake);
          if (waiters.size === 0 && waiting.get(id) === waiters) waiting.delete(id);
          resolve(false);
        }, timeoutMs);
        waiters.add(wake);
      });
    },
  };
}

/** A set gives its members in the order they were added. */
function forgetOldest(set: Set<DecisionId>): void {
  for (const id of set) {
    set.delete(id);
    return;
  }
}
