import { expect, it } from "vitest";
import { aCandidate, aDecision, aDenial, aMoment, aPlacement } from "../../../test/support/eval-runs.ts";
import { gradeRank, rankFigures } from "./rank.ts";

const candidates = [
  aCandidate("a", 0.9),
  aCandidate("b", 0.8),
  aCandidate("c", 0.7),
  aCandidate("x", 1, ["asset.fresh"]),
];
const made = (placed: string) => aDecision({ candidates, placements: [aPlacement(placed)] });
const ranked = (grades: Record<string, number>, placed = "a") =>
  aMoment(made(placed), { expected: { assets: { grades } } });

it("takes nDCG@5 by hand-reckoned gains and discounts", () => {
  // Ranked 1, 3, 0 against the ideal 3, 1: (1 + 7/log2 3) / (7 + 1/log2 3).
  const { ndcgAt5 } = rankFigures(ranked({ a: 1, b: 3 }));
  expect(ndcgAt5).toBeCloseTo((1 + 7 / Math.log2(3)) / (7 + 1 / Math.log2(3)), 10);
  expect(rankFigures(ranked({ a: 3, b: 2, c: 1 })).ndcgAt5).toBe(1);
});

it("counts what was not found as missed, and what a rule stands against not at all", () => {
  expect(rankFigures(ranked({ a: 3, gone: 3 })).ndcgAt5).toBeLessThan(0.7);
  expect(rankFigures(ranked({ a: 3, x: 3 })).ndcgAt5).toBe(1);
});

it("looks only at the first five", () => {
  const many = Array.from({ length: 7 }, (_, index) => aCandidate(`n${index}`, 1 - index / 10));
  const moment = aMoment(aDecision({ candidates: many }), { expected: { assets: { grades: { n6: 3 } } } });
  expect(rankFigures(moment)).toEqual({ ndcgAt5: 0, hitAt1: 0, hitAt3: 0, reciprocalRank: 1 / 7 });
});

it.each([
  [{ a: 3 }, { hitAt1: 1, hitAt3: 1, reciprocalRank: 1 }],
  [{ c: 2 }, { hitAt1: 0, hitAt3: 1, reciprocalRank: 1 / 3 }],
  [{ gone: 2 }, { hitAt1: 0, hitAt3: 0, reciprocalRank: 0 }],
  [{ a: 1 }, { hitAt1: null, hitAt3: null, reciprocalRank: null }],
])("finds the first that fits, graded %j", (grades, figures) => {
  expect(rankFigures(ranked(grades))).toMatchObject(figures);
});

it("is no figure where nothing is graded, or nothing above 0", () => {
  const none = { ndcgAt5: null, hitAt1: null, hitAt3: null, reciprocalRank: null };
  expect(rankFigures(aMoment(made("a")))).toEqual(none);
  expect(rankFigures(aMoment(null, { expected: { assets: { grades: { a: 3 } } } }))).toEqual(none);
  expect(rankFigures(ranked({ a: 0 }))).toEqual(none);
});

it.each([
  ["the best", "a", { a: 3, b: 1 }, [true]],
  ["one as good as the best", "b", { a: 3, b: 3 }, [true]],
  ["a worse one", "b", { a: 3, b: 1 }, [false]],
  ["one that is not graded", "c", { a: 1 }, [false]],
])("grades the placing of %s", (_, placed, grades, passed) => {
  expect(gradeRank(ranked(grades, placed), { assets: { grades } }).map((grade) => grade.passed)).toEqual(passed);
});

it("says which would have been better, and nothing where nothing is placed", () => {
  const grades = { a: 3, b: 1 };
  expect(gradeRank(ranked(grades, "b"), { assets: { grades } })[0]?.words).toBe(
    "expected the best that may be shown (graded 3: a), got b (graded 1)",
  );
  expect(gradeRank(aMoment(aDenial()), { assets: { grades } })).toEqual([]);
  expect(gradeRank(ranked(grades), {})).toEqual([]);
});
