/** Sorted copies only: the caller's order is kept. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest-rank quantile, `q` in 0..1. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

/** Runs `task` for 0..count-1, `width` at a time; how many a second, and each one's milliseconds. */
export async function atOnce(
  count: number,
  width: number,
  task: (index: number) => Promise<void>,
): Promise<{ perSecond: number; latenciesMs: number[] }> {
  const latenciesMs: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) {
        const index = next++;
        const began = performance.now();
        await task(index);
        latenciesMs.push(performance.now() - began);
      }
    }),
  );
  return { perSecond: (count / (performance.now() - startedAt)) * 1000, latenciesMs };
}
