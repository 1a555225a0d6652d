import type { Approvals } from "../approvals/approvals.ts";
import type { DecisionFrame } from "../facts/facts.ts";
import type { Trx } from "../store/store.ts";
import type { Attempt } from "./attempt.ts";
import { type AwaitDeps, openQuestions } from "./await-clearance.ts";
import type { FrameDeps } from "./frame.ts";
import { type Resting, toRecord } from "./record.ts";
import { record } from "./recording-of.ts";
import { isStanding } from "./routes.ts";
import type { JudgedPlacement, State } from "./state.ts";

export interface AskDeps extends FrameDeps, Resting, AwaitDeps {
  readonly approvals: Approvals;
}

/**
 * Stores a question for every placement that needs one, and that the decision waits for the answers, in one
 * transaction before the run is interrupted: whatever happens after, the questions stand.
 */
export function askPerson(
  deps: AskDeps,
  state: State,
  attempt: Attempt,
  frame: DecisionFrame,
): Promise<readonly JudgedPlacement[]> {
  return deps.store.write(async (trx) => {
    await deps.inbox.verifyFence(trx, attempt.lease);
    const { eventAt, playbook } = frame;
    const answerBy = deps.clock.now() + playbook.autonomy.approvalHours * 3_600_000;
    // An answer after that would show what its event no longer leads to.
    const expiresAt = Math.min(answerBy, eventAt + playbook.eventTtlHours * 3_600_000);
    const placements: JudgedPlacement[] = [];
    for (const one of state.placements) {
      placements.push(await ask(trx, deps, state, attempt, { one, expiresAt, frame }));
      // What is answered for the version is not asked about it again, of this lead or another.
      if (isAsked(one)) await openQuestions(trx, deps.clearances, state, one, false);
    }
    const rested = toRecord({ ...state, placements }, attempt, deps, "awaiting-approval");
    await deps.decisions.update(trx, state.decisionId, rested);
    await record(trx, deps.recordings, state, attempt, rested);
    return placements;
  });
}

async function ask(
  trx: Trx,
  { approvals }: AskDeps,
  { decisionId, leadId }: State,
  attempt: Attempt,
  { one, expiresAt, frame }: { one: JudgedPlacement; expiresAt: number; frame: DecisionFrame },
): Promise<JudgedPlacement> {
  const content = attempt.judged(attempt.standing(one))?.content;
  if (!isAsked(one) || !content || !one.contentHash) return one;
  const approvalId = await approvals.ask(trx, {
    decisionId,
    placementId: one.placementId,
    leadId,
    assetId: one.proposed.assetId,
    assetVersion: one.proposed.assetVersion,
    touchpoint: one.proposed.touchpoint,
    content,
    editedIn: one.editedIn,
    contentHash: one.contentHash,
    findings: one.findings.filter((found) => found.effect === "review"),
    under: frame,
    expiresAt,
  });
  return { ...one, approval: { approvalId, status: "waiting" }, answer: "waiting" };
}

function isAsked(one: JudgedPlacement): boolean {
  return isStanding(one) && one.effect === "review";
}
