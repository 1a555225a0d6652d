import type { DecisionRested, Logger, Metrics } from "./telemetry.ts";

/** Counts a decision that came to rest, and writes its line. */
export function makeTellRested(deps: {
  readonly metrics: Pick<Metrics, "decisionRested">;
  readonly logger: Pick<Logger, "info" | "isLevelEnabled">;
}): (rested: DecisionRested) => void {
  const { metrics, logger } = deps;
  return (rested) => {
    metrics.decisionRested(rested);
    if (!logger.isLevelEnabled("info")) return;
    const { decisionId, status, attempt, playbook, planner, ruleset, ms, nodesMs } = rested;
    logger.info(
      {
        decisionId,
        status,
        attempt,
        playbook: playbook && `${playbook.id}@${playbook.version}`,
        planner: planner && `${planner.kind}@${planner.version}`,
        ruleset,
        ms,
        nodesMs,
      },
      "decision",
    );
  };
}
