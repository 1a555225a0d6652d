import type { Detection, Figure } from "../eval.ts";
import { ratio } from "./figure.ts";

/** What was to be found in one case, and what was. */
export interface Case {
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

/** How well each name was detected over the cases, in the order of their names. */
export function detectionsOf(cases: readonly Case[]): readonly Detection[] {
  const names = [...new Set(cases.flatMap(({ expected, found }) => [...expected, ...found]))].toSorted();
  return names.map((name) => {
    const count = (isExpected: boolean, isFound: boolean) =>
      cases.filter(({ expected, found }) => expected.includes(name) === isExpected && found.includes(name) === isFound)
        .length;
    const [truePositives, falsePositives, falseNegatives] = [count(true, true), count(false, true), count(true, false)];
    return {
      name,
      truePositives,
      falsePositives,
      falseNegatives,
      precision: ratio(truePositives, truePositives + falsePositives),
      recall: ratio(truePositives, truePositives + falseNegatives),
    };
  });
}

/** Micro-averages: every finding counts the same, whatever its name. */
export function averageOf(detections: readonly Detection[]): { readonly precision: Figure; readonly recall: Figure } {
  const sum = (key: "truePositives" | "falsePositives" | "falseNegatives") =>
    detections.reduce((total, one) => total + one[key], 0);
  const found = sum("truePositives");
  return {
    precision: ratio(found, found + sum("falsePositives")),
    recall: ratio(found, found + sum("falseNegatives")),
  };
}
