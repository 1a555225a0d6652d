import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrationOf } from "./calibration.ts";
import { averageOf, detectionsOf } from "./detection.ts";
import { distributionOf, edges } from "./distribution.ts";
import { meanOf, shareOf } from "./figure.ts";

describe("a figure", () => {
  it("is null where it rests on nothing", () => {
    expect(shareOf([])).toEqual({ value: null, count: 0 });
    expect(meanOf([null])).toEqual({ value: null, count: 0 });
    expect(shareOf([true, false, true, true])).toEqual({ value: 0.75, count: 4 });
    expect(meanOf([1, null, 0])).toEqual({ value: 0.5, count: 2 });
  });
});

describe("detections", () => {
  const cases = [
    { expected: ["a"], found: ["a", "b"] },
    { expected: ["a"], found: [] },
    { expected: [], found: [] },
  ];

  it("count what was found, made up and missed, by name", () => {
    expect(detectionsOf(cases)).toEqual([
      {
        name: "a",
        truePositives: 1,
        falsePositives: 0,
        falseNegatives: 1,
        precision: { value: 1, count: 1 },
        recall: { value: 0.5, count: 2 },
      },
      {
        name: "b",
        truePositives: 0,
        falsePositives: 1,
        falseNegatives: 0,
        precision: { value: 0, count: 1 },
        recall: { value: null, count: 0 },
      },
    ]);
  });

  it("average over all findings", () => {
    expect(averageOf(detectionsOf(cases))).toEqual({
      precision: { value: 0.5, count: 2 },
      recall: { value: 0.5, count: 2 },
    });
    expect(averageOf([])).toEqual({ precision: { value: null, count: 0 }, recall: { value: null, count: 0 } });
  });
});

describe("calibration", () => {
  const times = (count: number, confidence: number, isRight: boolean) => Array(count).fill({ confidence, isRight });

  it("is the distance of how sure it was from how often it was right, by hand", () => {
    // Two bins: 4 of 0.85, 3 right (0.75); 6 of 0.35, 3 right (0.5): 0.4 × 0.1 + 0.6 × 0.15.
    const { ece, brier, bins } = calibrationOf([
      ...times(3, 0.85, true),
      ...times(1, 0.85, false),
      ...times(3, 0.35, true),
      ...times(3, 0.35, false),
    ]);
    expect(ece.value).toBeCloseTo(0.13, 10);
    expect(ece.count).toBe(10);
    // (3 × 0.15² + 0.85² + 3 × 0.65² + 3 × 0.35²) / 10.
    expect(brier.value).toBeCloseTo((3 * 0.0225 + 0.7225 + 3 * 0.4225 + 3 * 0.1225) / 10, 10);
    expect(bins[8]).toMatchObject({ from: 0.8, to: 0.9, count: 4, accuracy: 0.75 });
    expect(bins[0]).toEqual({ from: 0, to: 0.1, count: 0, meanConfidence: null, accuracy: null });
  });

  it("is perfect where it is as right as it is sure, and no figure of nothing", () => {
    expect(calibrationOf([...times(1, 1, true), ...times(1, 0, false)])).toMatchObject({
      ece: { value: 0, count: 2 },
      brier: { value: 0, count: 2 },
    });
    expect(calibrationOf([]).ece).toEqual({ value: null, count: 0 });
    expect(calibrationOf([]).brier).toEqual({ value: null, count: 0 });
  });

  it("puts every confidence in one bin, and stays within 0 and 1", () => {
    const judged = fc.array(
      fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() }),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(judged, (given) => {
        const { bins, ece, brier } = calibrationOf(given);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
        for (const { value } of [ece, brier]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

describe("a distribution", () => {
  it("takes percentiles that occurred, and bins without a gap", () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    const found = distributionOf(values, edges.ms);
    expect(found).toMatchObject({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
    expect(found?.bins.map(({ count }) => count)).toEqual([4, 5, 10, 30, 50, 1, 0, 0, 0, 0]);
    expect(found?.bins.at(-1)).toEqual({ from: 2000, to: null, count: 0 });
  });

  it("is that of one value, and none of none", () => {
    expect(distributionOf([7], edges.ms)).toMatchObject({ p50: 7, p95: 7, p99: 7, max: 7 });
    expect(distributionOf([], edges.tokens)).toBeNull();
  });
});
