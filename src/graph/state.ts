import { Annotation } from "@langchain/langgraph/web";
import type { ApprovalStatus } from "../domain/approval.ts";
import type { Confidence, DecisionStatus } from "../domain/decision.ts";
import type { Effect, Finding } from "../domain/finding.ts";
import type { ApprovalId, DecisionId, EventId, LeadId, PlacementId, PublicationId } from "../domain/ids.ts";
import type { Observed } from "../domain/observed.ts";
import type { Candidate, ProposedPlacement } from "../domain/plan.ts";
import type { Permit } from "../guardrails/guardrail.ts";
import type { PlanRequest } from "../planners/planner.ts";

/** What runs through the graph and is checkpointed while a person is asked: ids and typed facts, never an identifier or free text. */
export const DecisionState = Annotation.Root({
  decisionId: Annotation<DecisionId>,
  eventId: Annotation<EventId>,
  leadId: Annotation<LeadId>,
  observed: Annotation<Observed | null>,
  candidates: Annotation<readonly Candidate[]>,
  proposal: Annotation<Proposal | null>,
  placements: Annotation<readonly JudgedPlacement[]>,
  confidence: Annotation<Confidence | null>,
  /** What the guardrail denied so far, for the planner to avoid; its length bounds nothing, `replans` does. */
  denied: Annotation<PlanRequest["denied"]>,
  replans: Annotation<number>,
  /** Questions about asset versions that stopped what was planned so far, in words. */
  awaited: Annotation<readonly string[]>,
  /** True once a person was asked: from then on a deny ends the decision. */
  asked: Annotation<boolean>,
  ending: Annotation<Ending | null>,
});

export type State = typeof DecisionState.State;
export type Patch = Partial<State>;

export type Proposal =
  | {
      readonly kind: "place";
      readonly placements: readonly Proposed[];
      readonly selfConfidence: number | null;
      /** Who proposed it; a run can go on under another planner. Absent in runs that began before it was kept. */
      readonly by?: { readonly kind: string; readonly version: string };
    }
  | { readonly kind: "none"; readonly reason: string }
  /** What the planner returned is not a plan, or names what was not offered. */
  | { readonly kind: "invalid"; readonly problem: string };

export interface Proposed {
  readonly placementId: PlacementId;
  readonly proposed: ProposedPlacement;
}

/** `proposed` is the planner's; what stands by now, a person's words among it, is the attempt's `standing` of this. */
export interface JudgedPlacement extends Proposed {
  /** The approval in which a person wrote the framing that stands; its words are not in the state. */
  readonly editedIn: ApprovalId | null;
  readonly contentHash: string | null;
  readonly effect: Effect;
  readonly findings: readonly Finding[];
  /** Milliseconds UTC, for `hold`. */
  readonly until: number | null;
  readonly permit: Permit | null;
  /** The question put to a person about exactly this content, where there is one. */
  readonly approval: { readonly approvalId: ApprovalId; readonly status: ApprovalStatus } | null;
  /** How a person's answer stands, where one was asked: of this placement, or of its asset version. */
  readonly answer: "none" | "waiting" | "discharged" | "rejected" | "expired" | "blocked" | "awaits-clearance";
  readonly publicationId: PublicationId | null;
}

/** How the decision rests. */
export interface Ending {
  readonly status: Extract<DecisionStatus, "published" | "no-action" | "denied" | "held">;
  readonly reason: string | null;
  /** Milliseconds UTC, for `held`. */
  readonly wakeAt: number | null;
}

/** The state a fresh attempt starts from. */
export function startingState(ids: Pick<State, "decisionId" | "eventId" | "leadId">): State {
  return {
    ...ids,
    observed: null,
    candidates: [],
    proposal: null,
    placements: [],
    confidence: null,
    denied: [],
    replans: 0,
    awaited: [],
    asked: false,
    ending: null,
  };
}
