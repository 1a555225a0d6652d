/** A map that forgets what was not used for longest once its weights exceed a limit. */
export interface BoundedCache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V, weight: number): void;
}

/** `maxWeight` is in whatever unit the weights are given in; an entry heavier than that is not kept. */
export function makeBoundedCache<K, V>(maxWeight: number): BoundedCache<K, V> {
  const entries = new Map<K, { readonly value: V; readonly weight: number; isUsed: boolean }>();
  let total = 0;
  const drop = (key: K) => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    total -= entry.weight;
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entry.isUsed = true;
      return entry.value;
    },
    set(key, value, weight) {
      drop(key);
      entries.set(key, { value, weight, isUsed: false });
      total += weight;
      // What was used since it last stood first goes to the end once more: a reading changes the map only then.
      for (const [first, entry] of entries) {
        if (total <= maxWeight) break;
        if (entry.isUsed && entry.weight <= maxWeight) {
          entries.delete(first);
          entries.set(first, entry);
          entry.isUsed = false;
        } else drop(first);
      }
    },
  };
}
