import type { Calibration } from "../eval.ts";
import { meanOf, ratio } from "./figure.ts";

/** How sure the system was of a choice, and whether it was right. */
export interface Judged {
  readonly confidence: number;
  readonly isRight: boolean;
}

const binCount = 10;

/**
 * The expected calibration error over ten bins of equal width (Guo et al., On Calibration of Modern Neural Networks,
 * 2017): the mean distance between how sure it was and how often it was right, bins weighed by how many fell into them.
 * The Brier score (1950) is the mean squared distance of each confidence from the truth, 0 or 1. For both, 0 is best.
 */
export function calibrationOf(judged: readonly Judged[]): Calibration {
  const bins = Array.from({ length: binCount }, (_, index) => {
    const within = judged.filter(({ confidence }) => binOf(confidence) === index);
    return {
      from: index / binCount,
      to: (index + 1) / binCount,
      count: within.length,
      meanConfidence: meanOf(within.map(({ confidence }) => confidence)).value,
      accuracy: meanOf(within.map(({ isRight }) => Number(isRight))).value,
    };
  });
  const distance = bins.reduce(
    (sum, { count, meanConfidence, accuracy }) => sum + count * Math.abs((meanConfidence ?? 0) - (accuracy ?? 0)),
    0,
  );
  return {
    ece: ratio(distance, judged.length),
    brier: meanOf(judged.map(({ confidence, isRight }) => (confidence - Number(isRight)) ** 2)),
    bins,
  };
}

function binOf(confidence: number): number {
  return Math.min(binCount - 1, Math.floor(confidence * binCount));
}
