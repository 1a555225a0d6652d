import { gradeOf } from "./grade.ts";
import type { RunGrader } from "./grader.ts";

/** What a page showed, at each step that looks at one. */
export const gradeSlots: RunGrader = ({ scenario, moments }) =>
  moments.flatMap(({ step, seen }) => {
    const look = scenario.steps[step]?.look;
    if (look === undefined) return [];
    const { lead, place, asset } = look;
    const got = seen?.asset ?? null;
    const wanted = `${lead} to see ${asset ?? "nothing"} at ${place}`;
    const passed = seen !== null && got === asset;
    return [
      gradeOf("slot", step, {
        passed,
        wanted,
        came: seen === null ? "no look" : (got ?? "nothing"),
        expected: asset,
        got,
      }),
    ];
  });
