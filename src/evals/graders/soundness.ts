import { gradeOf } from "./grade.ts";
import type { RunGrader } from "./grader.ts";

/** The run came to its end, and nothing in it was what may never be. */
export const gradeSoundness: RunGrader = ({ ending, fault }) => {
  if (fault !== null) {
    return [
      gradeOf("fault", null, {
        passed: false,
        wanted: "a run without a fault",
        came: fault,
        expected: null,
        got: fault,
      }),
    ];
  }
  const found = ending.violations.map(({ invariant, words }) => `${invariant}: ${words}`);
  const wanted = "nothing that may never be";
  return [
    gradeOf("invariants", null, {
      passed: found.length === 0,
      wanted,
      came: found.join("; "),
      expected: [],
      got: found,
    }),
  ];
};
