import { randomFillSync } from "node:crypto";
import { makeIds } from "./ids.ts";
import type { Clock, Random, Runtime } from "./runtime.ts";

/** The machine's clock, or another in its place, and the operating system's randomness. */
export function makeSystemRuntime(clock: Clock = machineClock): Runtime {
  const random = makePooledRandom();
  return { clock, random, ids: makeIds(clock, random) };
}

export const machineClock: Clock = { now: () => Date.now() };

const poolBytes = 4096;

/** Asks the system for many bytes at a time: nonces and ids take few each, and a call costs more than its bytes. */
function makePooledRandom(): Random {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  return {
    bytes(length) {
      if (length > poolBytes) return randomFillSync(new Uint8Array(length));
      if (used + length > poolBytes) {
        randomFillSync(pool);
        used = 0;
      }
      // A copy, and what was handed out is wiped: no bytes are ever handed out twice.
      const bytes = pool.slice(used, used + length);
      pool.fill(0, used, used + length);
      used += length;
      return bytes;
    },
  };
}
