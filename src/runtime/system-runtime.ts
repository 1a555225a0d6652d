import { randomBytes } from "node:crypto";
import { makeIds } from "./ids.ts";
import type { Runtime } from "./runtime.ts";

/** The machine's clock and the operating system's randomness. */
export function makeSystemRuntime(): Runtime {
  const clock = { now: () => Date.now() };
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  return { clock, random, ids: makeIds(clock, random) };
}
