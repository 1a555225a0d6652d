/** Counts per pair of names, at the price of two look-ups. */
export interface Tally {
  add(first: string, second: string): void;
  each(visit: (first: string, second: string, count: number) => void): void;
}

/**
 * Both names come from closed sets (rule ids, effects). Should that ever fail, what is past `limit` first names is
 * counted as `other`: every name is a series that the scraper keeps.
 */
export function makeTally(limit = 500): Tally {
  const counts = new Map<string, Map<string, { count: number }>>();

  function cellsOf(first: string): Map<string, { count: number }> {
    const known = counts.get(first);
    if (known !== undefined) return known;
    if (counts.size >= limit && first !== other) return cellsOf(other);
    const cells = new Map<string, { count: number }>();
    counts.set(first, cells);
    return cells;
  }

  return {
    add(first, second) {
      const cells = cellsOf(first);
      const cell = cells.get(second);
      if (cell === undefined) cells.set(second, { count: 1 });
      else cell.count += 1;
    },
    each(visit) {
      for (const [first, cells] of counts) for (const [second, { count }] of cells) visit(first, second, count);
    },
  };
}

const other = "other";
