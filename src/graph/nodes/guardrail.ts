import type { Confidence } from "../../domain/decision.ts";
import type { Finding } from "../../domain/finding.ts";
import { touchpointKey } from "../../domain/plan.ts";
import type { Guardrail, Permits } from "../../guardrails/guardrail.ts";
import { type AskDeps, askPerson } from "../ask-person.ts";
import type { Node } from "../attempt.ts";
import { awaitClearance, orWait, stoppedByVersions } from "../await-clearance.ts";
import { frameOf } from "../frame.ts";
import { type JudgedAlone, type Judging, judgePlacement } from "../judge-placement.ts";
import { isStanding, maxReplans } from "../routes.ts";
import type { Ending, JudgedPlacement, Patch, State } from "../state.ts";

export interface GuardrailDeps extends AskDeps {
  readonly guardrail: Guardrail;
  readonly permits: Permits;
}

/** Renders and judges every placement, weighs what a person answered, and gives leave, asks, or sends back. */
export function makeGuardrailNode(deps: GuardrailDeps): Node {
  return async (state, attempt) => {
    const frame = frameOf(deps, state, attempt);
    const proposal = state.proposal?.kind === "place" ? state.proposal : { placements: [], selfConfidence: null };
    // Only a decision that ran before can have answers; asking the database each time would be in vain.
    const mayHaveAnswers = state.asked || attempt.lease.attempt > 1;
    const answers = mayHaveAnswers ? await deps.approvals.ofDecision(deps.store.read, state.decisionId) : [];
    attempt.notes.answers = answers;
    const { selfConfidence } = proposal;
    const judging: Judging = { deps, frame, attempt, answers, candidates: state.candidates, selfConfidence };
    const judged: JudgedAlone[] = [];
    for (const one of proposal.placements) {
      const before = judged.filter(({ placement }) => isStanding(placement)).map(({ placement }) => placement.proposed);
      judged.push(await judgePlacement(judging, one, before));
    }
    const placements = withLater(judged);
    const confidence = lowest(judged.map((one) => one.confidence));
    const outcome = outcomeOf({ ...state, placements }, answers.length > 0);
    const mayReplan = !state.asked && answers.length === 0;
    if (outcome !== "ask") {
      const patch = { confidence, placements, ...outcome };
      return mayReplan ? orWait(patch, state, frame) : patch;
    }
    const asking = { ...state, confidence, placements };
    const stopped = mayReplan ? stoppedByVersions(placements) : null;
    if (stopped) return { confidence, ...(await awaitClearance(deps, asking, attempt, frame, stopped)) };
    return { confidence, placements: await askPerson(deps, asking, attempt, frame) };
  };
}

/**
 * Quiet hours hold a message, not the page beside it: where something of the plan may be seen now (or once a person has
 * said so), what they alone hold goes with it, to be sent later. A plan of which everything is held waits whole.
 */
function withLater(judged: readonly JudgedAlone[]): readonly JudgedPlacement[] {
  const isAllHeld = judged.every(({ placement }) => !isStanding(placement) || placement.effect === "hold");
  return judged.map(({ placement, later }) => (isAllHeld || !later ? placement : { ...placement, ...later }));
}

/** A plan is as sure as its least sure placement. */
function lowest(confidences: readonly Confidence[]): Confidence | null {
  return confidences.reduce<Confidence | null>((low, one) => (low && low.value <= one.value ? low : one), null);
}

/** Where the judged plan goes: an ending, back for another plan, to a person, or on to act (an empty patch). */
function outcomeOf(state: State, wasAsked: boolean): Patch | "ask" {
  const standing = state.placements.filter(isStanding);
  if (standing.length === 0) return { ending: ending("denied", reasonOfAnswers(state.placements)) };
  const denied = standing.filter((one) => one.effect === "deny");
  if (denied.length > 0) {
    if (state.asked || wasAsked || state.replans >= maxReplans) {
      return { ending: ending("denied", reasonOf(denied, "deny")) };
    }
    return { replans: state.replans + 1, denied: [...state.denied, ...denied.map(toDenied)] };
  }
  const held = standing.filter((one) => one.effect === "hold");
  if (held.length > 0) {
    const wakeAt = Math.max(...held.map((one) => one.until ?? 0));
    return { ending: { ...ending("held", reasonOf(held, "hold")), wakeAt } };
  }
  return standing.some((one) => one.effect === "review") ? "ask" : {};
}

function ending(status: Ending["status"], reason: string): Ending {
  return { status, reason, wakeAt: null };
}

function toDenied({ proposed, findings }: JudgedPlacement): State["denied"][number] {
  return {
    assetId: proposed.assetId,
    assetVersion: proposed.assetVersion,
    touchpoint: touchpointKey(proposed.touchpoint),
    rules: rulesOf(findings, "deny"),
  };
}

function rulesOf(findings: readonly Finding[], effect: Finding["effect"]): string[] {
  return [...new Set(findings.filter((found) => found.effect === effect).map((found) => found.rule))];
}

function reasonOf(placements: readonly JudgedPlacement[], effect: Finding["effect"]): string {
  const findings = placements.flatMap((one) => one.findings).filter((found) => found.effect === effect);
  return [...new Set(findings.map((found) => `${found.rule}: ${found.reason}`))].join(" ");
}

const answerWords = {
  rejected: "A reviewer rejected it.",
  expired: "Nobody answered in time.",
  blocked: "It was taken back while it waited.",
  none: "",
  waiting: "",
  discharged: "",
  "awaits-clearance": "",
} as const satisfies Record<JudgedPlacement["answer"], string>;

function reasonOfAnswers(placements: readonly JudgedPlacement[]): string {
  return [...new Set(placements.map((one) => answerWords[one.answer]))].join(" ").trim();
}
