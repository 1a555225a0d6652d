import { cameOf, gradeOf, listed, placedOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** Words in the framing of what is placed, and in the reason why it ended as it did. */
export const gradeWords: MomentGrader = (moment, { framing, reason }) => {
  const { decision, step } = moment;
  const framings = placedOf(decision).map((placement) => placement.framing);
  const text = framings.join("\n");
  const came =
    framings.length === 0 ? `nothing placed: ${cameOf(moment)}` : framings.map((one) => `"${one}"`).join(", ");
  const grades = [];
  if (framing?.contains) {
    const missing = framing.contains.filter((words) => !text.includes(words));
    const wanted = `a framing with ${quoted(framing.contains)}`;
    grades.push(
      gradeOf("framing", step, {
        passed: missing.length === 0,
        wanted,
        came,
        expected: framing.contains,
        got: framings,
      }),
    );
  }
  if (framing?.lacks) {
    const found = framing.lacks.filter((words) => text.includes(words));
    const passed = decision !== null && found.length === 0;
    const wanted = `a framing without ${quoted(framing.lacks)}`;
    grades.push(gradeOf("framing", step, { passed, wanted, came, expected: framing.lacks, got: framings }));
  }
  if (reason !== undefined) {
    const got = decision?.reason ?? moment.refusal?.message ?? null;
    const passed = got?.includes(reason) ?? false;
    grades.push(
      gradeOf("reason", step, {
        passed,
        wanted: `a reason with "${reason}"`,
        came: cameOf(moment),
        expected: reason,
        got,
      }),
    );
  }
  return grades;
};

function quoted(words: readonly string[]): string {
  return listed(words.map((one) => `"${one}"`));
}
