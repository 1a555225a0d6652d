import type { Grade, Moment, ScenarioRun } from "../eval.ts";
import type { MomentExpectation } from "../expectation.ts";

/**
 * Looks at one thing that a step is expected to lead to. Pure; no grade for what is not said. A grader that asks a model
 * by a rubric would stand beside these under the same shape, its answer already in the run.
 */
export type MomentGrader = (graded: GradedMoment, expected: MomentExpectation) => readonly Grade[];

/** A moment, and under which planner it came about. */
export type GradedMoment = Moment & { readonly planner: ScenarioRun["planner"] };

/** Looks at what is expected of the whole run. Pure. */
export type RunGrader = (run: ScenarioRun) => readonly Grade[];
