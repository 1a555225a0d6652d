/**
 * Up to `count` of the items, spread evenly over their kinds: one of each kind in turn, in the order given, until there
 * are enough. Rare kinds come whole before a frequent one fills what is left.
 */
export function stratified<T>(items: readonly T[], count: number, kindOf: (item: T) => string): readonly T[] {
  const byKind = new Map<string, T[]>();
  for (const item of items) {
    const kind = kindOf(item);
    const known = byKind.get(kind);
    if (known) known.push(item);
    else byKind.set(kind, [item]);
  }
  const chosen: T[] = [];
  for (let turn = 0; chosen.length < Math.min(count, items.length); turn++) {
    for (const kind of byKind.values()) {
      const next = kind[turn];
      if (next !== undefined && chosen.length < count) chosen.push(next);
    }
  }
  return chosen;
}
