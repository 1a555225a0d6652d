import { gradeOf, listed } from "./grade.ts";
import type { RunGrader } from "./grader.ts";

/** What a page showed, and the words on it, at each step that looks at one. */
export const gradeSlots: RunGrader = ({ scenario, moments }) =>
  moments.flatMap(({ step, seen }) => {
    const look = scenario.steps[step]?.look;
    if (look === undefined) return [];
    const { lead, place, asset, shows, hides } = look;
    const got = seen?.asset ?? null;
    const came = seen === null ? "no look" : (got ?? "nothing");
    const wanted = `${lead} to see ${asset ?? "nothing"} at ${place}`;
    const grades = [
      gradeOf("slot", step, { passed: seen !== null && got === asset, wanted, came, expected: asset, got }),
    ];
    const text = seen?.text ?? "";
    const read = text === "" ? came : `"${text}"`;
    if (shows) {
      const passed = shows.every((words) => text.includes(words));
      grades.push(
        gradeOf("slot", step, {
          passed,
          wanted: `${lead} to read ${quoted(shows)}`,
          came: read,
          expected: shows,
          got: text,
        }),
      );
    }
    if (hides) {
      const passed = seen !== null && !hides.some((words) => text.includes(words));
      grades.push(
        gradeOf("slot", step, {
          passed,
          wanted: `${lead} not to read ${quoted(hides)}`,
          came: read,
          expected: hides,
          got: text,
        }),
      );
    }
    return grades;
  });

function quoted(words: readonly string[]): string {
  return listed(words.map((one) => `"${one}"`));
}
