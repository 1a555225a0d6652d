import type { DecisionChange, Decisions } from "../decisions/decisions.ts";
import type { Decision, DecisionStatus, PlacementRecord } from "../domain/decision.ts";
import type { Recordings } from "../recordings/recording.ts";
import type { Attempt } from "./attempt.ts";
import type { JudgedPlacement, State } from "./state.ts";

/** Under what a decision is made: its record names it. */
export interface Makers {
  readonly planner: { readonly kind: "rules" | "llm"; readonly version: string };
}

/** What every node that brings a decision to rest writes with. */
export interface Resting extends Makers {
  readonly decisions: Decisions;
  readonly recordings: Recordings;
}

/** How many candidates a decision's record keeps, best first: all that search offers for three touchpoints. */
const keptCandidates = 40;

/** The decision record as the state stands. */
export function toRecord(
  state: State,
  attempt: Attempt,
  { planner }: Makers,
  status: DecisionStatus,
): Required<DecisionChange> {
  const { observed, ending } = state;
  const wakeAt = ending?.wakeAt ?? null;
  return {
    status,
    reason: ending?.reason ?? null,
    playbook: observed?.playbook ?? null,
    planner: state.proposal ? { kind: planner.kind, version: planner.version } : null,
    rulesetVersion: attempt.rulesetVersion(),
    placements: state.placements.map((one) => toPlacement(one, attempt, status)),
    candidates: state.candidates.slice(0, keptCandidates).map((one) => ({
      assetId: one.assetId,
      assetVersion: one.assetVersion,
      score: one.score,
      parts: { ...one.parts },
      rejectedBy: [...one.rejectedBy],
    })),
    confidence: state.confidence,
    approval: toApproval(state.placements),
    wakeAt: wakeAt === null ? null : new Date(wakeAt).toISOString(),
    attempt: attempt.number,
    timingsMs: { ...attempt.timingsMs },
    observed,
  };
}

function toPlacement(one: JudgedPlacement, attempt: Attempt, status: DecisionStatus): PlacementRecord {
  const standing = attempt.standing(one);
  return {
    placementId: one.placementId,
    touchpoint: one.proposed.touchpoint,
    assetId: one.proposed.assetId,
    assetVersion: one.proposed.assetVersion,
    framing: attempt.judged(standing)?.content?.framing ?? standing.framing ?? "",
    editedIn: one.editedIn,
    contentHash: one.contentHash,
    verdict: one.effect,
    publicationId: one.publicationId,
    state: placementState(one, status),
    findings: [...one.findings],
  };
}

function placementState({ answer, publicationId }: JudgedPlacement, status: DecisionStatus): PlacementRecord["state"] {
  if (publicationId) return "live";
  if (answer === "rejected") return "rejected";
  if (status === "awaiting-approval") return answer === "waiting" ? "awaiting-approval" : "proposed";
  return status === "held" ? "proposed" : "not-published";
}

/** The question that still waits, else the one answered last. */
function toApproval(placements: readonly JudgedPlacement[]): Decision["approval"] {
  const asked = placements.flatMap(({ approval }) => (approval ? [approval] : []));
  return asked.find(({ status }) => status === "waiting") ?? asked.at(-1) ?? null;
}
