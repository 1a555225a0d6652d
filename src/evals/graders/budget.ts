import { gradeOf } from "./grade.ts";
import type { GradedMoment, MomentGrader } from "./grader.ts";
import { linesOf } from "./tools.ts";

/** What the decision took: nodes and tool calls, tokens, milliseconds. */
export const gradeBudget: MomentGrader = (moment, { budget }) => {
  const over = (what: string, expected: number | undefined, got: number | null) => {
    if (expected === undefined) return [];
    const passed = got !== null && got <= expected;
    const came = got === null ? "no count" : `${Math.round(got)}`;
    return [gradeOf("budget", moment.step, { passed, wanted: `at most ${expected} ${what}`, came, expected, got })];
  };
  return [
    ...over("steps", budget?.steps, linesOf(moment).length),
    ...over("tokens", budget?.tokens, tokensOf(moment)),
    ...over("ms", budget?.ms, moment.ms),
  ];
};

/** Nobody counts where there is no model to count for. */
function tokensOf({ tokens, planner }: GradedMoment): number | null {
  return tokens ?? (planner.kind === "rules" || planner.version === "script" ? 0 : null);
}
