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

test("a wait ends with its time, and hears only of what rests while it waits", async () => {
  const signals = makeDecisionSignals();
  const id = ids.next("dec");
  signals.rested(id);
  const early = signals.wait(id, 10);
  vi.advanceTimersByTime(10);
  expect(await early).toBe(false);
  const late = signals.wait(id, 10);
  vi.advanceTimersByTime(9);
  signals.rested(id);
  expect(await late).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
