import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { makeDecisionSignals } from "./decision-signals.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const { ids } = testRuntime();

test("everybody who waits for a decision hears that it rested", async () => {
  const signals = makeDecisionSignals();
  const id = ids.next("dec");
  const waits = [signals.wait(id, 1000), signals.wait(id, 2000)];
  const other = signals.wait(ids.next("dec"), 1000);
  signals.rested(id);
  expect(await Promise.all(waits)).toEqual([true, true]);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(await other).toBe(false);
});

test("a wait ends with its time, and what rests later answers the next wait at once", async () => {
  const signals = makeDecisionSignals();
  const id = ids.next("dec");
  const early = signals.wait(id, 10);
  vi.advanceTimersByTime(10);
  expect(await early).toBe(false);
  signals.rested(id);
  expect(await signals.wait(id, 1000)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("only the newest rests are remembered", async () => {
  const signals = makeDecisionSignals({ memory: 2 });
  const [a, b, c] = [ids.next("dec"), ids.next("dec"), ids.next("dec")];
  for (const id of [a, b, a, c]) signals.rested(id);
  expect(await signals.wait(a, 1)).toBe(true);
  expect(await signals.wait(c, 1)).toBe(true);
  const forgotten = signals.wait(b, 1);
  vi.advanceTimersByTime(1);
  expect(await forgotten).toBe(false);
});
