import fc from "fast-check";
import { expect, it } from "vitest";
import { stratified } from "./stratified.ts";

it("takes rare kinds whole before a frequent one fills the rest", () => {
  const items = ["a1", "a2", "a3", "a4", "b1", "c1", "c2"];
  expect(stratified(items, 5, (item) => item.charAt(0))).toEqual(["a1", "b1", "c1", "a2", "c2"]);
});

it("takes all where there are no more, and none twice", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: 60 })),
      fc.nat({ max: 80 }),
      fc.integer({ min: 1, max: 7 }),
      (items, count, kinds) => {
        const kindOf = (item: number) => String(item % kinds);
        const chosen = stratified(items, count, kindOf);
        expect(chosen).toHaveLength(Math.min(count, items.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        const counts = new Map<string, number>();
        for (const one of chosen) counts.set(kindOf(one), (counts.get(kindOf(one)) ?? 0) + 1);
        const total = (kind: string) => items.filter((item) => kindOf(item) === kind).length;
        const left = [...counts].filter(([kind, taken]) => taken < total(kind)).map(([, taken]) => taken);
        // A kind that was not exhausted has as many as any other, give or take one.
        for (const taken of left) expect(Math.max(...counts.values()) - taken).toBeLessThanOrEqual(1);
      },
    ),
  );
});
