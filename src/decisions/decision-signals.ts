import type { DecisionId } from "../domain/ids.ts";
import type { DecisionSignals } from "./decisions.ts";

/** In this process only, and only from the call of `wait` on: begin to wait first, then read whether it rests already. */
export function makeDecisionSignals(): DecisionSignals {
  const waiting = new Map<DecisionId, Set<() => void>>();
  return {
    rested(id) {
      const waiters = waiting.get(id);
      waiting.delete(id);
      for (const wake of waiters ?? []) wake();
    },

    wait(id, timeoutMs) {
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
        // Nobody's wait keeps a process alive that has drained.
        timer.unref();
        waiters.add(wake);
      });
    },
  };
}
