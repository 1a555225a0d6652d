import type { EvalReport, Figure } from "../eval.ts";

/** A figure as a person reads it. */
export interface KeyMetric {
  /** As in the baseline and in the summary. */
  readonly name: string;
  readonly words: string;
  /** What it was taken of, in the plural. */
  readonly of: string;
  readonly figure: Figure;
  readonly kind: "share" | "number" | "ms" | "tokens";
  /** Whether more of it is better. */
  readonly isGain: boolean;
}

/** The figures that say most of a run, in the order in which they are read. */
export function keyMetrics({ summary }: EvalReport): readonly KeyMetric[] {
  const { action, rank, rules, calibration, cost, repeats } = summary;
  const share = (name: string, words: string, figure: Figure, of: string, isGain = true): KeyMetric => ({
    name,
    words,
    of,
    figure,
    kind: "share",
    isGain,
  });
  return [
    share("action.accuracy", "did the right thing", action.accuracy, "moments"),
    share("rank.hitAt1", "a fitting proof came first", rank.hitAt1, "ranked moments"),
    share("rank.hitAt3", "a fitting proof was among the first three", rank.hitAt3, "ranked moments"),
    { ...share("rank.ndcgAt5", "order of the proof (nDCG of 5)", rank.ndcgAt5, "ranked moments"), kind: "number" },
    { ...share("rank.mrr", "mean reciprocal rank", rank.mrr, "ranked moments"), kind: "number" },
    share("rules.precision", "rules fired rightly (precision)", rules.precision, "rules"),
    share("rules.recall", "rules fired when due (recall)", rules.recall, "rules"),
    share("falseReviewRate", "a person was asked in vain", summary.falseReviewRate, "moments", false),
    share("missedReviewRate", "a person should have been asked", summary.missedReviewRate, "moments", false),
    share("trajectory", "took the right way through the tools", summary.trajectory, "moments"),
    share("explanation", "explained itself whole", summary.explanation, "decisions"),
    share("calibration.ece", "confidence was off by (ECE)", calibration.ece, "choices", false),
    { ...share("calibration.brier", "Brier score", calibration.brier, "choices", false), kind: "number" },
    { ...share("cost.steps", "steps of a moment", cost.steps, "moments", false), kind: "number" },
    { ...share("cost.ms", "time of a moment", cost.ms, "moments", false), kind: "ms" },
    { ...share("cost.tokens", "tokens of a moment", cost.tokens, "moments", false), kind: "tokens" },
    ...(repeats
      ? [
          share("repeats.passHatK", `passed ${repeats.k} times of ${repeats.k}`, repeats.passHatK, "scenarios"),
          share("repeats.passAtK", `passed at least once of ${repeats.k}`, repeats.passAtK, "scenarios"),
        ]
      : []),
  ];
}

/** The figure itself; a dash where it rests on nothing. */
export function figureWords({ figure: { value }, kind }: Pick<KeyMetric, "figure" | "kind">): string {
  if (value === null) return "–";
  switch (kind) {
    case "share":
      return percent(value);
    case "number":
      return value.toFixed(2);
    case "ms":
      return milliseconds(value);
    case "tokens":
      return String(Math.round(value));
  }
}

/** One decimal, and never 100% for what is not all of it, nor 0% for what is not nothing. */
export function percent(share: number): string {
  const shown = Math.round(share * 1000) / 10;
  if (shown === 100 && share < 1) return "99.9%";
  if (shown === 0 && share > 0) return "0.1%";
  return `${shown}%`;
}

export function milliseconds(ms: number): string {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** `1 scenario`, `2 scenarios`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
