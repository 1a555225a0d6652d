import type { Random } from "../runtime/runtime.ts";

/** Milliseconds until the next try: doubling from one second to five minutes, half of it at random. */
export function retryDelayMs(tries: number, random: Random): number {
  const full = Math.min(firstMs * 2 ** (tries - 1), longestMs);
  const [byte = 0] = random.bytes(1);
  return Math.round(full / 2 + (full / 2) * (byte / 255));
}

const firstMs = 1000;
const longestMs = 300_000;
