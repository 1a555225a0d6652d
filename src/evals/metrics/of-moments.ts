import type { EvalSummary, Figure, Grade, GradedRun, Moment } from "../eval.ts";
import { rankFigures } from "../graders/rank.ts";
import { firedOf } from "../graders/rules.ts";
import { verdictOf } from "../graders/verdict.ts";
import type { Judged } from "./calibration.ts";
import type { Case } from "./detection.ts";
import { meanOf, shareOf } from "./figure.ts";

/** A moment with what was said of it. */
export interface GradedMoment {
  readonly moment: Moment;
  readonly grades: readonly Grade[];
}

export function momentsOf({ run, grades }: GradedRun): readonly GradedMoment[] {
  return run.moments.map((moment) => ({ moment, grades: grades.filter(({ step }) => step === moment.step) }));
}

export function actionFigures(graded: readonly GradedMoment[]): EvalSummary["action"] {
  const counts = new Map<string, EvalSummary["action"]["confusion"][number]>();
  const hits: boolean[] = [];
  for (const { moment } of graded) {
    const expected = moment.expected?.action;
    if (expected === undefined) continue;
    const got = moment.action ?? "none";
    hits.push(expected === got);
    const key = `${expected} ${got}`;
    counts.set(key, { expected, got, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const confusion = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return { accuracy: shareOf(hits), confusion };
}

export function rankSummary(graded: readonly GradedMoment[]): EvalSummary["rank"] {
  const figures = graded.map(({ moment }) => rankFigures(moment));
  return {
    ndcgAt5: meanOf(figures.map(({ ndcgAt5 }) => ndcgAt5)),
    hitAt1: meanOf(figures.map(({ hitAt1 }) => hitAt1)),
    hitAt3: meanOf(figures.map(({ hitAt3 }) => hitAt3)),
    mrr: meanOf(figures.map(({ reciprocalRank }) => reciprocalRank)),
  };
}

/** Moments that say which rules fire, all of them. */
export function ruleCases({ moment }: GradedMoment): readonly Case[] {
  const expected = moment.expected?.rules?.fired;
  return expected === undefined ? [] : [{ expected, found: firedOf(moment) }];
}

export function verdictCases({ moment }: GradedMoment): readonly Case[] {
  const expected = moment.expected?.verdict;
  const found = verdictOf(moment);
  return expected === undefined ? [] : [{ expected: [expected], found: found === null ? [] : [found] }];
}

/** Of the moments that say what is to be done: where a person was to be asked and was not, or was not to be and was. */
export function wrongReviewRate(graded: readonly GradedMoment[], isAskExpected: boolean): Figure {
  const cases = graded.filter(({ moment: { expected } }) => {
    return expected?.action !== undefined && (expected.action === "ask") === isAskExpected;
  });
  return shareOf(cases.map(({ moment }) => (moment.action === "ask") !== isAskExpected));
}

/** Of the moments that have a grade by one of the graders: where each of these passed. */
export function passRate(graded: readonly GradedMoment[], graders: readonly string[]): Figure {
  const found = graded.map(({ grades }) => grades.filter(({ grader }) => graders.includes(grader)));
  return shareOf(found.filter((grades) => grades.length > 0).map((grades) => grades.every(({ passed }) => passed)));
}

/**
 * Whether the choice was right, where that can be told: by the assets that are expected, and by what was done where
 * something was to be shown or was. That nothing is shown says nothing of the choice: the rules may have forbidden it.
 */
export function judgedOf({ moment, grades }: GradedMoment): readonly Judged[] {
  const { decision, expected, action } = moment;
  if (!decision?.confidence || !expected) return [];
  const isOfAssets = expected.assets?.anyOf !== undefined || expected.assets?.noneOf !== undefined;
  const isOfAction = expected.action !== undefined && (expected.action === "show" || action === "show");
  if (!isOfAssets && !isOfAction) return [];
  const asked = ["asset", "action"];
  const isRight = grades.filter(({ grader }) => asked.includes(grader)).every(({ passed }) => passed);
  return [{ confidence: decision.confidence.value, isRight }];
}
