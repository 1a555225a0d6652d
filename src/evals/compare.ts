import { type Baseline, rounded } from "./baseline.ts";
import type { BaselineComparison, EvalReport, GateProblem, GradedRun } from "./eval.ts";
import { gateMetrics } from "./gate-metrics.ts";
import { outcomesOf, type ScenarioOutcome } from "./summary.ts";

/**
 * Whether the report is as good as the baseline: nothing lost, nothing that may never be, no figure below its
 * tolerance, nothing in it that the baseline does not know. Of a part of the scenarios (`isPartial`) only these are
 * held against it: neither what was not run nor averages. Pure.
 */
export function compareWithBaseline(
  report: EvalReport,
  baseline: Baseline,
  { isPartial = false }: { readonly isPartial?: boolean } = {},
): BaselineComparison {
  const outcomes = outcomesOf(report.runs);
  const problems = [
    ...outcomes.flatMap((one) => ofOutcome(one, baseline)),
    ...report.unusable.map(({ id, file, line, field, message }) =>
      problem("unusable", id, `${file}:${line}: ${field === "" ? "" : `${field}: `}${message}. It was not run.`),
    ),
    ...(isPartial ? [] : gone(report, baseline)),
    ...(isPartial ? [] : belowTolerance(report, baseline)),
  ];
  const last = baseline.changes.at(-1);
  return {
    passed: problems.length === 0,
    baseline: { writtenAt: last?.at ?? "", reason: last?.reason ?? "" },
    problems,
    newlyPassing: outcomes
      .filter(({ id, isPassed }) => isPassed && baseline.scenarios[id] === "failed")
      .map(({ id }) => id),
  };
}

const writeAnew = 'npm run evals -- --baseline-write "why"';

function ofOutcome({ id, runs, isPassed }: ScenarioOutcome, baseline: Baseline): readonly GateProblem[] {
  const before = baseline.scenarios[id];
  const [first] = runs;
  const at = first ? `${first.run.file}:${first.run.line}` : "";
  const problems: GateProblem[] = [];
  if (before === undefined) {
    problems.push(problem("new", id, `${id} (${at}) is not in the baseline. Add it: ${writeAnew}.`));
  } else if (before === "passed" && !isPassed) {
    problems.push(problem("lost", id, `${id} (${at}) passed in the baseline and fails now: ${whyFailed(runs)}.`));
  }
  for (const { run } of runs) {
    for (const { invariant, words } of run.ending.violations) {
      problems.push(problem("violation", id, `${id} (${at}) breaks what always holds, ${invariant}: ${words}.`));
    }
    if (run.fault !== null)
      problems.push(problem("fault", id, `${id} (${at}) could not be played to its end: ${run.fault}`));
  }
  return problems;
}

function whyFailed(runs: readonly GradedRun[]): string {
  const failed = runs.flatMap(({ grades }) => grades.filter(({ passed }) => !passed));
  const [first] = failed;
  if (first === undefined) return "no grade says why";
  const where = first.step === null ? "" : `step ${first.step + 1}, `;
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : "";
  return `${where}${first.grader}: ${first.words}${more}`;
}

function gone({ runs, unusable }: EvalReport, { scenarios }: Baseline): readonly GateProblem[] {
  const met = new Set<string | null>([...runs.map(({ run }) => run.scenario.id), ...unusable.map(({ id }) => id)]);
  return Object.keys(scenarios)
    .filter((id) => !met.has(id))
    .map((id) => problem("gone", id, `${id} is in the baseline and was not run. If it is to go: ${writeAnew}.`));
}

function belowTolerance({ summary }: EvalReport, { metrics }: Baseline): readonly GateProblem[] {
  return gateMetrics.flatMap(({ name, of }) => {
    const before = metrics[name];
    if (before === undefined) return [inMetric(name, `The baseline has no ${name}. Add it: ${writeAnew}.`)];
    if (before.value === null) return [];
    const { value, count } = of(summary);
    if (value === null) return [inMetric(name, `${name} was ${before.value} and now rests on nothing.`)];
    const now = rounded(value) ?? value;
    const worse = before.better === "higher" ? before.value - now : now - before.value;
    // A hair more than the tolerance: figures are kept to four places.
    if (worse <= before.tolerance + 1e-9) return [];
    const way = before.better === "higher" ? "below" : "above";
    const words = `${name} is ${now} (over ${count}), more than ${before.tolerance} ${way} the baseline's ${before.value}.`;
    return [inMetric(name, words)];
  });
}

function problem(kind: GateProblem["kind"], scenario: string | null, words: string): GateProblem {
  return { kind, scenario, metric: null, words };
}

function inMetric(metric: string, words: string): GateProblem {
  return { kind: "metric", scenario: null, metric, words };
}
