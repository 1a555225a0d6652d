import type { EvalReport, Grade, GradedRun, UnusableScenario } from "../eval.ts";

/** A scenario of which at least one run failed: each run that did, and how many there were. */
export interface FailedScenario {
  readonly id: string;
  readonly runs: readonly GradedRun[];
  readonly repeats: number;
}

export function failuresOf(runs: readonly GradedRun[]): readonly FailedScenario[] {
  return scenariosOf(runs).flatMap(({ id, runs: own }) => {
    const failed = own.filter(({ passed }) => !passed);
    return failed.length === 0 ? [] : [{ id, runs: failed, repeats: own.length }];
  });
}

/** The runs by scenario, in their order. */
export function scenariosOf(runs: readonly GradedRun[]): readonly { id: string; runs: readonly GradedRun[] }[] {
  const found = new Map<string, GradedRun[]>();
  for (const one of runs) {
    const { id } = one.run.scenario;
    const own = found.get(id);
    if (own) own.push(one);
    else found.set(id, [one]);
  }
  return [...found].map(([id, own]) => ({ id, runs: own }));
}

/** Where in the scenario a grade is about, as `step 2, lead.page-viewed.v1 of L-1`. */
export function placeOf({ step }: Pick<Grade, "step">, { run }: GradedRun): string {
  if (step === null) return "the whole run";
  const happening = run.moments.find((moment) => moment.step === step)?.happening;
  return `step ${step + 1}${happening === undefined ? "" : `, ${happening}`}`;
}

export interface UnusableProblem extends Omit<UnusableScenario, "id"> {
  /** The scenarios that have it, where they could be told: what is written once may be common to many. */
  readonly ids: readonly string[];
}

/** Each problem once. */
export function unusableProblems({ unusable }: Pick<EvalReport, "unusable">): readonly UnusableProblem[] {
  const found = new Map<string, UnusableProblem>();
  for (const { id, ...problem } of unusable) {
    const key = JSON.stringify([problem.file, problem.line, problem.field, problem.message]);
    const ids = [...(found.get(key)?.ids ?? []), ...(id === null ? [] : [id])];
    found.set(key, { ...problem, ids });
  }
  return [...found.values()];
}
