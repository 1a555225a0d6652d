import type { Moment } from "../eval.ts";
import type { MomentExpectation } from "../expectation.ts";
import { gradeOf, listed, placedOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** How good the order of what could have been shown is; each null where the grades do not tell. */
export interface RankFigures {
  readonly ndcgAt5: number | null;
  readonly hitAt1: number | null;
  readonly hitAt3: number | null;
  readonly reciprocalRank: number | null;
}

/** From this grade on, an asset fits. */
const fits = 2;

/**
 * The candidates that no rule stood against, by score, held against the grades. nDCG@5 with the gain 2^grade − 1 and
 * the discount 1 / log2(rank + 1) (Järvelin and Kekäläinen 2002; the gain as in Burges et al. 2005). The ideal order is
 * over everything graded that no rule stood against, so that what was not found at all counts as missed.
 */
export function rankFigures(moment: Moment): RankFigures {
  const none = { ndcgAt5: null, hitAt1: null, hitAt3: null, reciprocalRank: null };
  const grades = moment.expected?.assets?.grades;
  if (grades === undefined || moment.decision === null) return none;
  const ranked = rankedGrades(moment, grades);
  const ideal = Object.entries(grades)
    .filter(([asset]) => !isRuledOut(moment, asset))
    .map(([, grade]) => grade)
    .toSorted((a, b) => b - a);
  const best = discountedGain(ideal);
  const first = ranked.findIndex(({ grade }) => grade >= fits);
  const hasFitting = ideal.some((grade) => grade >= fits);
  const hitWithin = (k: number) => (hasFitting ? Number(first >= 0 && first < k) : null);
  return {
    ndcgAt5: best === 0 ? null : discountedGain(ranked.map(({ grade }) => grade)) / best,
    hitAt1: hitWithin(1),
    hitAt3: hitWithin(3),
    reciprocalRank: hasFitting ? (first < 0 ? 0 : 1 / (first + 1)) : null,
  };
}

/**
 * Of everything that no rule stood against, nothing is graded higher than what is placed. The order behind it is told by
 * the figures alone: who is second is no fault of a decision.
 */
export const gradeRank: MomentGrader = (moment, { assets }) => {
  const grades = assets?.grades;
  const placed = placedOf(moment.decision).map(({ assetId }) => assetId);
  if (grades === undefined || placed.length === 0) return [];
  const ranked = rankedGrades(moment, grades);
  const highest = Math.max(0, ...ranked.map(({ grade }) => grade));
  const best = ranked.filter(({ grade }) => grade === highest).map(({ asset }) => asset);
  const passed = placed.some((asset) => (grades[asset] ?? 0) >= highest);
  const wanted = `the best that may be shown (graded ${highest}: ${listed(best)})`;
  const came = placed.map((asset) => `${asset} (graded ${grades[asset] ?? 0})`).join(", ");
  return [
    gradeOf("rank", moment.step, { passed, wanted, came, expected: best, got: ranked.map(({ asset }) => asset) }),
  ];
};

type Grades = NonNullable<NonNullable<MomentExpectation["assets"]>["grades"]>;

function rankedGrades({ decision }: Moment, grades: Grades) {
  return (decision?.candidates ?? [])
    .filter(({ rejectedBy }) => rejectedBy.length === 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ assetId: asset }) => ({ asset, grade: grades[asset] ?? 0 }));
}

function isRuledOut({ decision }: Moment, asset: string): boolean {
  return decision?.candidates.some((one) => one.assetId === asset && one.rejectedBy.length > 0) ?? false;
}

function discountedGain(grades: readonly number[]): number {
  return grades.slice(0, 5).reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0);
}
