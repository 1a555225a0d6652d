import type { Distribution } from "../eval.ts";

/** Where the bins of a histogram begin; the last has no end. */
export const edges = {
  ms: [0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000],
  tokens: [0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000],
} as const;

/** Percentiles by the nearest rank: each is a value that occurred. Null where there is none. */
export function distributionOf(values: readonly number[], from: readonly number[]): Distribution | null {
  const sorted = values.toSorted((a, b) => a - b);
  const max = sorted.at(-1);
  if (max === undefined) return null;
  const percentile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? max;
  return {
    count: sorted.length,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    max,
    bins: from.map((start, index) => {
      const to = from[index + 1] ?? null;
      return { from: start, to, count: sorted.filter((value) => value >= start && (to === null || value < to)).length };
    }),
  };
}
