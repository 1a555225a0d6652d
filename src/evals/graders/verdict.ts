import type { Effect } from "../../domain/finding.ts";
import type { Moment } from "../eval.ts";
import { cameOf, gradeOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

const strongestFirst: readonly Effect[] = ["deny", "hold", "review", "allow"];

/** What the rules say of all placements together; null where nothing was judged. */
export function verdictOf({ decision }: Moment): Effect | null {
  const verdicts = new Set(decision?.placements.map(({ verdict }) => verdict));
  return strongestFirst.find((effect) => verdicts.has(effect)) ?? null;
}

export const gradeVerdict: MomentGrader = (moment, { verdict }) => {
  if (verdict === undefined) return [];
  const got = verdictOf(moment);
  const came = got ?? `no placement that was judged: ${cameOf(moment)}`;
  const wanted = `the verdict ${verdict}`;
  return [gradeOf("verdict", moment.step, { passed: got === verdict, wanted, came, expected: verdict, got })];
};
