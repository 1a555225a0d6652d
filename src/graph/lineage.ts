import type { DecisionChange } from "../decisions/decisions.ts";
import type { JudgedPlacement, State } from "./state.ts";

/**
 * What the audit entry of a decision names: the event, every version it was made under, all candidates with scores and
 * the rules in their way, findings, confidence, approval, content hash. Ids, hashes and rule ids only; the lead is
 * added by the log, as a pseudonym.
 */
export function toLineage(state: State, record: DecisionChange, rulesetVersion: string): Record<string, unknown> {
  return {
    eventId: state.eventId,
    status: record.status,
    reason: record.reason ?? null,
    playbook: record.playbook ?? null,
    planner: record.planner ?? null,
    rulesetVersion,
    candidates: record.candidates ?? [],
    confidence: record.confidence ?? null,
    approval: record.approval ?? null,
    wakeAt: record.wakeAt ?? null,
    placements: state.placements.map(toEntry),
  };
}

function toEntry(one: JudgedPlacement) {
  return {
    placementId: one.placementId,
    touchpoint: one.proposed.touchpoint,
    assetId: one.proposed.assetId,
    assetVersion: one.proposed.assetVersion,
    contentHash: one.contentHash,
    effect: one.effect,
    publicationId: one.publicationId,
    satisfied: one.findings.filter((found) => found.effect === "allow").map((found) => found.rule),
    findings: one.findings.filter((found) => found.effect !== "allow").map(({ rule, effect }) => ({ rule, effect })),
  };
}
