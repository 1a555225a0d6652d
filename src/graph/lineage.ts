import type { Decision, PlacementRecord } from "../domain/decision.ts";

type Described = Pick<
  Decision,
  "status" | "reason" | "playbook" | "planner" | "rulesetVersion" | "candidates" | "confidence" | "approval" | "wakeAt"
> & { readonly placements: readonly PlacementRecord[] };

/**
 * What the audit entry of a decision names: the event, every version it was made under, all candidates with scores and
 * the rules in their way, findings, confidence, approval, content hash. Ids, hashes and rule ids only; the lead is
 * added by the log, as a pseudonym.
 */
export function toLineage(eventId: string, decision: Described): Record<string, unknown> {
  return {
    eventId,
    status: decision.status,
    reason: decision.reason,
    playbook: decision.playbook,
    planner: decision.planner,
    rulesetVersion: decision.rulesetVersion,
    candidates: decision.candidates,
    confidence: decision.confidence,
    approval: decision.approval,
    wakeAt: decision.wakeAt,
    placements: decision.placements.map(toEntry),
  };
}

function toEntry({ placementId, touchpoint, assetId, assetVersion, contentHash, ...one }: PlacementRecord) {
  return {
    placementId,
    touchpoint,
    assetId,
    assetVersion,
    contentHash,
    effect: one.verdict,
    publicationId: one.publicationId,
    satisfied: one.findings.filter((found) => found.effect === "allow").map((found) => found.rule),
    findings: one.findings.filter((found) => found.effect !== "allow").map(({ rule, effect }) => ({ rule, effect })),
  };
}
