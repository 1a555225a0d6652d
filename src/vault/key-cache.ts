import type { KeyObject } from "node:crypto";

export interface KeyCache {
  get(person: string): KeyObject | undefined;
  /** How often something was forgotten so far; what was read before the newest one may be out of date. */
  forgotten(): number;
  /** Keeps the key unless something was forgotten since `asOf`. */
  put(person: string, key: KeyObject, asOf: number): void;
  forget(person: string): void;
}

/** Least recently used goes first. */
export function makeKeyCache(limit: number): KeyCache {
  const keys = new Map<string, KeyObject>();
  let forgotten = 0;
  return {
    get(person) {
      const key = keys.get(person);
      if (key === undefined) return undefined;
      keys.delete(person);
      keys.set(person, key);
      return key;
    },
    forgotten: () => forgotten,
    put(person, key, asOf) {
      if (asOf !== forgotten) return;
      keys.set(person, key);
      if (keys.size <= limit) return;
      for (const oldest of keys.keys()) {
        keys.delete(oldest);
        return;
      }
    },
    forget(person) {
      forgotten++;
      keys.delete(person);
    },
  };
}
