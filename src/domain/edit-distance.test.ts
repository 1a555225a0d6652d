import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance } from "./edit-distance.ts";

describe("edit distance", () => {
  test.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "acb", 1],
    ["kitten", "sitting", 3],
    ["", "ab", 2],
  ])("%s to %s is %i", (a, b, distance) => {
    expect(editDistance(a, b, 10)).toBe(distance);
  });

  test("is symmetric, and capped", () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, fc.nat(6), (a, b, cap) => {
        const whole = editDistance(a, b, 100);
        expect(editDistance(b, a, 100)).toBe(whole);
        expect(editDistance(a, b, cap)).toBe(Math.min(whole, cap + 1));
      }),
    );
  });
});
