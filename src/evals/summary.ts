import type { EvalSummary, GradedRun, Tally, UnusableScenario } from "./eval.ts";
import { calibrationOf } from "./metrics/calibration.ts";
import { averageOf, detectionsOf } from "./metrics/detection.ts";
import { distributionOf, edges } from "./metrics/distribution.ts";
import { meanOf, ratio, shareOf } from "./metrics/figure.ts";
import {
  actionFigures,
  judgedOf,
  momentsOf,
  passRate,
  rankSummary,
  ruleCases,
  verdictCases,
  wrongReviewRate,
} from "./metrics/of-moments.ts";

/** The figures of graded runs, of which each scenario had `repeats`. Pure. */
export function summarize(
  runs: readonly GradedRun[],
  unusable: readonly UnusableScenario[],
  repeats: number,
): EvalSummary {
  const graded = runs.flatMap(momentsOf);
  const ran = graded.map(({ moment }) => moment).filter(({ trace }) => trace.length > 0);
  const rules = detectionsOf(graded.flatMap(ruleCases));
  const took = ran.map(({ ms }) => ms);
  const tokens = ran.flatMap((moment) => moment.tokens ?? []);
  return {
    ...ofScenarios(runs, repeats, unusable.length),
    action: actionFigures(graded),
    rank: rankSummary(graded),
    rules: { rules, ...averageOf(rules) },
    verdicts: detectionsOf(graded.flatMap(verdictCases)),
    falseReviewRate: wrongReviewRate(graded, false),
    missedReviewRate: wrongReviewRate(graded, true),
    trajectory: passRate(graded, ["trajectory", "tools"]),
    explanation: passRate(graded, ["explanation"]),
    calibration: calibrationOf(graded.flatMap(judgedOf)),
    latency: distributionOf(took, edges.ms),
    tokens: distributionOf(tokens, edges.tokens),
    cost: { steps: meanOf(ran.map(({ trace }) => trace.length)), ms: meanOf(took), tokens: meanOf(tokens) },
  };
}

/** A scenario's runs as one: it passed when all of them did. */
export interface ScenarioOutcome {
  readonly id: string;
  readonly runs: readonly GradedRun[];
  readonly isPassed: boolean;
}

export function outcomesOf(runs: readonly GradedRun[]): readonly ScenarioOutcome[] {
  const byId = new Map<string, GradedRun[]>();
  for (const graded of runs) {
    const { id } = graded.run.scenario;
    byId.set(id, [...(byId.get(id) ?? []), graded]);
  }
  return [...byId].map(([id, own]) => ({ id, runs: own, isPassed: own.every(({ passed }) => passed) }));
}

function ofScenarios(
  runs: readonly GradedRun[],
  k: number,
  unusable: number,
): Pick<EvalSummary, "totals" | "repeats" | "byGroup" | "byTag"> {
  const outcomes = outcomesOf(runs);
  const passed = outcomes.filter(({ isPassed }) => isPassed).length;
  const everPassed = outcomes.map((one) => one.runs.some((graded) => graded.passed));
  const written = (one: ScenarioOutcome) => one.runs.map(({ run }) => run.scenario);
  return {
    totals: {
      scenarios: outcomes.length,
      passed,
      failed: outcomes.length - passed,
      faults: runs.filter(({ run }) => run.fault !== null).length,
      violations: runs.reduce((sum, { run }) => sum + run.ending.violations.length, 0),
      unusable,
    },
    repeats: k > 1 ? { k, passHatK: ratio(passed, outcomes.length), passAtK: shareOf(everPassed) } : null,
    byGroup: tallied(outcomes, (one) => written(one).map(({ group }) => group)),
    byTag: tallied(outcomes, (one) => written(one).flatMap(({ tags }) => tags)),
  };
}

function tallied(
  outcomes: readonly ScenarioOutcome[],
  namesOf: (one: ScenarioOutcome) => readonly string[],
): readonly Tally[] {
  const names = [...new Set(outcomes.flatMap(namesOf))].toSorted();
  return names.map((name) => {
    const within = outcomes.filter((one) => namesOf(one).includes(name));
    return { name, total: within.length, passed: within.filter(({ isPassed }) => isPassed).length };
  });
}
