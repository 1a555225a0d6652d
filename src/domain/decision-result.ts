import type { Decision, PlacementRecord } from "./decision.ts";
import type { Finding } from "./finding.ts";

/** What a run of a decision decides, and a run on the same facts decides again. */
export type DecisionResult = ReturnType<typeof decisionResult>;

type Decided = Omit<
  Decision,
  "decisionId" | "eventId" | "leadId" | "createdAt" | "updatedAt" | "attempt" | "timingsMs"
>;

/**
 * The part of a decision's record that follows from what it read: without ids that are made anew, times of the run and
 * what became of it since (a withdrawal), and without a person's words, for which the content hash stands. Keys are in
 * the order of RFC 8785, so that `JSON.stringify` gives its canonical text for a third of the time.
 * Recordings hold digests of it: another shape would make every older record look tampered with.
 */
export function decisionResult(record: Decided) {
  const { approval, candidates, confidence, placements, planner, playbook, status } = record;
  return {
    approval: approval?.status ?? null,
    candidates: candidates.map(({ assetId, assetVersion, parts, rejectedBy, score }) => ({
      assetId,
      assetVersion,
      parts: sorted(parts),
      rejectedBy,
      score,
    })),
    confidence: confidence && {
      parts: sorted(confidence.parts),
      threshold: confidence.threshold,
      value: confidence.value,
    },
    placements: placements.map(placementResult),
    planner: planner && { kind: planner.kind, version: planner.version },
    playbook: playbook && { id: playbook.id, version: playbook.version },
    reason: record.reason,
    rulesetVersion: record.rulesetVersion,
    status: status === "withdrawn" ? ("published" as const) : status,
    wakeAt: record.wakeAt,
  };
}

/** RFC 8785. */
export function resultText(result: DecisionResult): string {
  return JSON.stringify(result);
}

function placementResult(one: PlacementRecord) {
  const isEdited = one.editedIn !== null;
  return {
    assetId: one.assetId,
    assetVersion: one.assetVersion,
    contentHash: one.contentHash,
    findings: one.findings.map(findingResult),
    framing: isEdited ? "" : one.framing,
    isEdited,
    isPublished: one.publicationId !== null,
    state: one.state === "withdrawn" ? ("live" as const) : one.state,
    touchpoint: { channel: one.touchpoint.channel, place: one.touchpoint.place },
    verdict: one.verdict,
  };
}

function findingResult({ effect, evidence, reason, rule, until }: Finding) {
  return { effect, evidence: sorted(evidence), reason, rule, ...(until === undefined ? {} : { until }) };
}

/** The same value with the keys of every record in it sorted by UTF-16 code units. No key of ours is a number. */
function sorted<T>(value: T): T;
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => sorted(one));
  const record: { readonly [key: string]: unknown } = { ...value };
  const copy: { [key: string]: unknown } = {};
  for (const key of Object.keys(record).sort()) copy[key] = sorted(record[key]);
  return copy;
}
