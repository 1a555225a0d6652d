import { createHash } from "node:crypto";
import { makeIds } from "./ids.ts";
import type { Runtime } from "./runtime.ts";

export interface VirtualRuntime extends Runtime {
  /** Moves the clock on; negative moves it back. */
  advance(ms: number): void;
}

/**
 * A clock that stands still until it is moved, and randomness that follows from the seed: the same calls in the same
 * order give the same ids and bytes. For tests, evals and replays; never for keys that protect anything.
 */
export function makeVirtualRuntime(start: { now: number; seed: string }): VirtualRuntime {
  let now = start.now;
  const clock = { now: () => now };
  const random = { bytes: makeSeededBytes(start.seed) };
  return {
    clock,
    random,
    ids: makeIds(clock, random),
    advance(ms) {
      now += ms;
    },
  };
}

/** SHA-256 in counter mode over the seed. */
function makeSeededBytes(seed: string): (length: number) => Uint8Array {
  let counter = 0;
  let block = new Uint8Array(0);
  let used = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      if (used === block.length) {
        block = new Uint8Array(createHash("sha256").update(`${seed}/${counter++}`).digest());
        used = 0;
      }
      bytes[i] = block[used++] ?? 0;
    }
    return bytes;
  };
}
