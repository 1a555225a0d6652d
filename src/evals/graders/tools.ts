import type { TraceLine } from "../eval.ts";
import { gradeOf, listed } from "./grade.ts";
import type { GradedMoment, MomentGrader } from "./grader.ts";

/** Which tools the decision's runs called in this step: in this order, never these, no more than so many. */
export const gradeTools: MomentGrader = (moment, { tools }) => {
  if (tools === undefined) return [];
  const got = linesOf(moment).flatMap(({ kind, name }) => (kind === "tool" ? [name] : []));
  const came = listed(got, "no tool call");
  const grades = [];
  if (tools.called) {
    const wanted = `the tools ${tools.called.join(", then ")}`;
    const passed = isInOrder(tools.called, got);
    grades.push(gradeOf("tools", moment.step, { passed, wanted, came, expected: tools.called, got }));
  }
  if (tools.never) {
    const { never } = tools;
    const passed = !got.some((name) => never.includes(name));
    const wanted = `no call of ${listed(never)}`;
    grades.push(gradeOf("tools", moment.step, { passed, wanted, came, expected: never, got }));
  }
  if (tools.atMost !== undefined) {
    const passed = got.length <= tools.atMost;
    const wanted = `at most ${tools.atMost} tool calls`;
    grades.push(
      gradeOf("tools", moment.step, { passed, wanted, came: `${got.length}: ${came}`, expected: tools.atMost, got }),
    );
  }
  return grades;
};

/** The lines of the decision that the moment is about; all of them where it is about none. */
export function linesOf({ decision, trace }: Pick<GradedMoment, "decision" | "trace">): readonly TraceLine[] {
  return decision === null ? trace : trace.filter(({ decisionId }) => decisionId === decision.decisionId);
}

function isInOrder(wanted: readonly string[], got: readonly string[]): boolean {
  let next = 0;
  for (const name of got) if (name === wanted[next]) next += 1;
  return next === wanted.length;
}
