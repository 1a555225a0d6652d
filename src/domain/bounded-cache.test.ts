import fc from "fast-check";
import { expect, test } from "vitest";
import { makeBoundedCache } from "./bounded-cache.ts";

test("forgets what was used longest ago, and only when it is full", () => {
  const cache = makeBoundedCache<string, number>(10);
  cache.set("a", 1, 4);
  cache.set("b", 2, 4);
  expect(cache.get("a")).toBe(1);
  cache.set("c", 3, 4);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
});

test("does not keep what is heavier than its limit, and replaces what it holds", () => {
  const cache = makeBoundedCache<string, number>(10);
  cache.set("a", 1, 11);
  expect(cache.get("a")).toBeUndefined();
  cache.set("a", 2, 6);
  cache.set("a", 3, 6);
  expect(cache.get("a")).toBe(3);
});

test("never holds more than its limit, whatever is put in", () => {
  const puts = fc.array(fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 12 })), { maxLength: 60 });
  fc.assert(
    fc.property(puts, (steps) => {
      const cache = makeBoundedCache<number, number>(20);
      for (const [key, weight] of steps) cache.set(key, weight, weight);
      let held = 0;
      for (let key = 0; key <= 8; key++) held += cache.get(key) ?? 0;
      expect(held).toBeLessThanOrEqual(20);
    }),
  );
});
