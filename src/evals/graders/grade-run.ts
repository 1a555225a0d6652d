import type { GradedRun, ScenarioRun } from "../eval.ts";
import { gradeAction } from "./action.ts";
import { gradeAssets } from "./assets.ts";
import { gradeBudget } from "./budget.ts";
import { gradeConfidence } from "./confidence.ts";
import { gradeEnding } from "./ending.ts";
import { gradeExplanation } from "./explanation.ts";
import type { MomentGrader, RunGrader } from "./grader.ts";
import { gradeRank } from "./rank.ts";
import { gradeRules } from "./rules.ts";
import { gradeSlots } from "./slot.ts";
import { gradeSoundness } from "./soundness.ts";
import { gradeTools } from "./tools.ts";
import { gradeTrajectory } from "./trajectory.ts";
import { gradeVerdict } from "./verdict.ts";
import { gradeWords } from "./words.ts";

const ofMoments: readonly MomentGrader[] = [
  gradeAction,
  gradeAssets,
  gradeVerdict,
  gradeRules,
  gradeConfidence,
  gradeRank,
  gradeWords,
  gradeTools,
  gradeBudget,
  gradeTrajectory,
  gradeExplanation,
];
const ofRuns: readonly RunGrader[] = [gradeSlots, gradeEnding, gradeSoundness];

/** Everything that the run was expected to be, graded: the steps in their order, then the whole. Pure. */
export function gradeRun(run: ScenarioRun): GradedRun {
  const { planner } = run;
  const moments = run.moments.flatMap((moment) =>
    ofMoments.flatMap((grade) => grade({ ...moment, planner }, moment.expected ?? {})),
  );
  const grades = [...moments, ...ofRuns.flatMap((grade) => grade(run))];
  return { run, grades, passed: grades.every(({ passed }) => passed) };
}
