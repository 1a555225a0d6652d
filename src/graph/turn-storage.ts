import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";

/**
 * LangGraph hands `interrupt()` its run by way of an AsyncLocalStorage. On Node 20 a live one makes every promise of
 * the process dearer (a tenth of a decision's time), and only `approve` asks for it, in the same turn in which
 * LangGraph calls that node. So this store holds for the turn, and the entry point of LangGraph that brings no storage
 * of its own (`/web`) is imported everywhere.
 */
class TurnStorage {
  #current: unknown;

  getStore(): unknown {
    return this.#current;
  }

  run<T>(store: unknown, callback: () => T): T {
    const before = this.#current;
    this.#current = store;
    try {
      return callback();
    } finally {
      this.#current = before;
    }
  }

  enterWith(store: unknown): void {
    this.#current = store;
  }
}

/** Once more does nothing: the first instance of the process stays. */
export function installTurnStorage(): void {
  AsyncLocalStorageProviderSingleton.initializeGlobalInstance(new TurnStorage());
}
