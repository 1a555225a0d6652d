import type { AnsweredApproval } from "../approvals/approvals.ts";
import { contentHash } from "../domain/compose-content.ts";
import type { Confidence } from "../domain/decision.ts";
import type { Verdict } from "../domain/finding.ts";
import type { ApprovalId, PlacementId } from "../domain/ids.ts";
import { type Candidate, type ProposedPlacement, touchpointKey } from "../domain/plan.ts";
import type { DecisionFrame, StandingProposal } from "../facts/facts.ts";
import type { Guardrail, Leave, Permits, Ruled } from "../guardrails/guardrail.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Attempt, Judged } from "./attempt.ts";
import type { JudgedPlacement, Proposed } from "./state.ts";

export interface Judging {
  readonly deps: { readonly guardrail: Guardrail; readonly permits: Permits; readonly clock: Clock };
  readonly frame: DecisionFrame;
  readonly attempt: Attempt;
  readonly answers: readonly AnsweredApproval[];
  readonly candidates: readonly Candidate[];
  readonly selfConfidence: number | null;
}

export interface JudgedAlone {
  readonly placement: JudgedPlacement;
  readonly confidence: Confidence;
  /** What stands in place of the hold, where quiet hours alone hold it and it may be published to be sent later. */
  readonly later: Pick<JudgedPlacement, "effect" | "permit" | "answer"> | null;
}

/** A permit outlives the judgement only as long as acting on it takes; what can change is read again in any case. */
const permitTtlMs = 60_000;

/**
 * Judges one placement with all that a person said of it, and issues its permit where nothing stands against it.
 * `before`: what of the plan comes before it, and stands.
 */
export async function judgePlacement(
  judging: Judging,
  { placementId, proposed: original }: Proposed,
  before: readonly ProposedPlacement[],
): Promise<JudgedAlone> {
  const { editedIn, judged, answer } = await withAnswers(judging, original, before);
  const confidence = confidenceIn(judging, judged);
  const approval = answer?.status === "approved" ? answer : null;
  const ruling = judging.deps.guardrail.rule(judged.judgement, confidence, approval);
  const ruled = ({ verdict, isDischarged, leave }: Ruled) => {
    const standing = answerOf(answer, verdict.effect, isDischarged);
    return {
      effect: verdict.effect === "allow" || isDischarged ? ("allow" as const) : verdict.effect,
      permit: leave && isStandingAnswer(standing) ? issue(judging, placementId, leave) : null,
      answer: standing,
    };
  };
  return {
    confidence,
    placement: {
      placementId,
      proposed: original,
      editedIn,
      contentHash: judged.facts.content ? contentHash(judged.facts.content) : null,
      ...ruled(ruling),
      findings: ruling.findings,
      until: ruling.verdict.effect === "hold" ? ruling.verdict.until : null,
      approval: answer ? { approvalId: answer.approvalId, status: answer.status } : null,
      publicationId: null,
    },
    later: ruling.later && ruled(ruling.later),
  };
}

/**
 * Follows a person's edits from the planner's content to the words that stand now. An answer counts only for the
 * content hash that the person saw; each edit gives another content, which is judged by itself.
 */
async function withAnswers(
  { frame, attempt, answers }: Judging,
  original: ProposedPlacement,
  before: readonly ProposedPlacement[],
) {
  let proposed: StandingProposal = original;
  let judged = await attempt.judge(frame, proposed, before);
  let editedIn: ApprovalId | null = null;
  const followed = new Set<string>();
  for (;;) {
    const answer = answerFor(answers, proposed, judged);
    if (answer?.status !== "edited" || answer.editedFraming === null || followed.has(answer.approvalId)) {
      return { editedIn, judged, answer };
    }
    followed.add(answer.approvalId);
    editedIn = answer.approvalId;
    attempt.edited(editedIn, answer.editedFraming);
    proposed = { ...proposed, framing: answer.editedFraming, isEdited: true };
    judged = await attempt.judge(frame, proposed, before);
  }
}

/** The newest answer to exactly this content at this touchpoint. */
function answerFor(
  answers: readonly AnsweredApproval[],
  proposed: ProposedPlacement,
  { facts }: Judged,
): AnsweredApproval | null {
  const matching = answers.filter(
    (one) =>
      touchpointKey(one.touchpoint) === touchpointKey(proposed.touchpoint) &&
      one.assetId === proposed.assetId &&
      one.assetVersion === proposed.assetVersion,
  );
  const hash = facts.content ? contentHash(facts.content) : null;
  const exact = matching.filter((one) => one.contentHash === hash).at(-1);
  if (exact) return exact;
  // Without content (the grant is gone, say) a refusal still stands, an approval does not.
  return matching.filter((one) => one.status === "rejected" || one.status === "blocked").at(-1) ?? null;
}

function confidenceIn({ deps, candidates, selfConfidence }: Judging, { facts }: Judged): Confidence {
  const chosen =
    candidates.find((one) => one.assetId === facts.assetId && one.assetVersion === facts.assetVersion) ?? null;
  return deps.guardrail.confidence(facts, { candidates, chosen, selfConfidence });
}

function answerOf(
  answer: AnsweredApproval | null,
  effect: Verdict["effect"],
  isDischarged: boolean,
): JudgedPlacement["answer"] {
  switch (answer?.status) {
    case "rejected":
    case "expired":
    case "blocked":
      return answer.status;
    case "waiting":
      // What the rules allow by now needs no answer any more.
      return effect === "allow" ? "none" : "waiting";
    case "approved":
      return isDischarged ? "discharged" : "none";
    case "edited":
    case undefined:
      return "none";
  }
}

function isStandingAnswer(answer: JudgedPlacement["answer"]): boolean {
  return answer === "none" || answer === "discharged";
}

function issue({ deps, frame }: Judging, placementId: PlacementId, leave: Leave) {
  const expiresAt = deps.clock.now() + permitTtlMs;
  return deps.permits.issue(leave, { decisionId: frame.decisionId, placementId, expiresAt });
}
