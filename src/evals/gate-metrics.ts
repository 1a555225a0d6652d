import type { EvalSummary, Figure } from "./eval.ts";

/** A figure that the gate watches, and by how much it may be worse than in the baseline. */
export interface GateMetric {
  readonly name: string;
  readonly better: "higher" | "lower";
  /** Worse by more than this keeps the gate shut; in the figure's own unit. */
  readonly tolerance: number;
  of(summary: EvalSummary): Figure;
}

/**
 * Times are not among them: they are the machine's. What a deterministic planner does not do by chance has no
 * tolerance; what an average over all scenarios may lose when one is changed on purpose has a little.
 */
export const gateMetrics: readonly GateMetric[] = [
  { name: "action.accuracy", better: "higher", tolerance: 0, of: ({ action }) => action.accuracy },
  { name: "rank.ndcgAt5", better: "higher", tolerance: 0.02, of: ({ rank }) => rank.ndcgAt5 },
  { name: "rank.hitAt1", better: "higher", tolerance: 0.02, of: ({ rank }) => rank.hitAt1 },
  { name: "rank.hitAt3", better: "higher", tolerance: 0.02, of: ({ rank }) => rank.hitAt3 },
  { name: "rank.mrr", better: "higher", tolerance: 0.02, of: ({ rank }) => rank.mrr },
  { name: "rules.precision", better: "higher", tolerance: 0, of: ({ rules }) => rules.precision },
  { name: "rules.recall", better: "higher", tolerance: 0, of: ({ rules }) => rules.recall },
  { name: "falseReviewRate", better: "lower", tolerance: 0, of: (summary) => summary.falseReviewRate },
  { name: "missedReviewRate", better: "lower", tolerance: 0, of: (summary) => summary.missedReviewRate },
  { name: "trajectory", better: "higher", tolerance: 0, of: (summary) => summary.trajectory },
  { name: "explanation", better: "higher", tolerance: 0, of: (summary) => summary.explanation },
  { name: "calibration.ece", better: "lower", tolerance: 0.03, of: ({ calibration }) => calibration.ece },
  { name: "calibration.brier", better: "lower", tolerance: 0.02, of: ({ calibration }) => calibration.brier },
];
