import type { Random } from "../runtime/runtime.ts";

export interface RetryDelays {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Transmissions begun before a delivery is a dead letter. */
  readonly maxAttempts: number;
}

/** Milliseconds until the next try: doubling, half of it at random, so that what failed together is not tried together. */
export function retryDelayMs(tries: number, { firstMs, longestMs }: RetryDelays, random: Random): number {
  const full = Math.min(firstMs * 2 ** (tries - 1), longestMs);
  const [byte = 0] = random.bytes(1);
  return Math.round(full / 2 + (full / 2) * (byte / 255));
}
