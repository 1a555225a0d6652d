import { makeVirtualRuntime, type VirtualRuntime } from "../../src/runtime/virtual-runtime.ts";

/** Monday, 23 November 2026, 09:00 UTC, unless told otherwise; the same ids and bytes for the same seed. */
export function testRuntime(options: { now?: number; seed?: string } = {}): VirtualRuntime {
  return makeVirtualRuntime({ now: Date.UTC(2026, 10, 23, 9), seed: "test", ...options });
}
