import type { Clearances } from "../clearances/clearances.ts";
import type { Finding } from "../domain/finding.ts";
import { touchpointKey } from "../domain/plan.ts";
import type { DecisionFrame } from "../facts/facts.ts";
import type { Inbox } from "../intake/intake.ts";
import type { Store, Trx } from "../store/store.ts";
import type { Attempt } from "./attempt.ts";
import { isStanding, maxReplans } from "./routes.ts";
import type { Ending, JudgedPlacement, Patch, State } from "./state.ts";

export interface AwaitDeps {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly clearances: Clearances;
}

/** The placements that nothing stops but open questions about their asset version; null where something else asks too. */
export function stoppedByVersions(placements: readonly JudgedPlacement[]): readonly JudgedPlacement[] | null {
  const asking = placements.filter((one) => isStanding(one) && one.effect === "review");
  const isOfVersion = (one: JudgedPlacement) => reviewsOf(one).every((found) => found.about === "version");
  return asking.length > 0 && asking.every(isOfVersion) ? asking : null;
}

/**
 * Opens the questions, which are the version's and not this lead's, and goes back for a plan without it. When there is
 * none left to ask for, the decision is held until one of them is answered.
 */
export async function awaitClearance(
  deps: AwaitDeps,
  state: State,
  attempt: Attempt,
  frame: DecisionFrame,
  stopped: readonly JudgedPlacement[],
): Promise<Patch> {
  await deps.store.write(async (trx) => {
    await deps.inbox.verifyFence(trx, attempt.lease);
    for (const one of stopped) await openQuestions(trx, deps.clearances, state, one, true);
  });
  const words = stopped.flatMap(reviewsOf).map((found) => `${found.rule}: ${found.reason}`);
  const awaited = [...new Set([...state.awaited, ...words])];
  const placements = state.placements.map((one) =>
    stopped.includes(one) ? { ...one, answer: "awaits-clearance" as const } : one,
  );
  if (state.replans >= maxReplans) return { awaited, placements, ending: heldForClearance(frame, awaited) };
  const denied = [...state.denied, ...stopped.flatMap((one) => avoid(one, frame))];
  return { awaited, placements, denied, replans: state.replans + 1 };
}

/** One task for each question about the version that the placement asks. */
export async function openQuestions(
  trx: Trx,
  clearances: Pick<Clearances, "open">,
  { decisionId }: Pick<State, "decisionId">,
  { proposed: { assetId, assetVersion }, findings }: JudgedPlacement,
  isAwaited: boolean,
): Promise<void> {
  for (const finding of findings) {
    if (finding.effect !== "review" || finding.about !== "version") continue;
    await clearances.open(trx, { assetId, assetVersion, finding, decisionId, isAwaited });
  }
}

/** Where nothing else was found, or all else was denied, what waits for an answer is still there to be shown. */
export function orWait(patch: Patch, { awaited }: Pick<State, "awaited">, frame: DecisionFrame): Patch {
  const isOver = patch.ending?.status === "denied" || patch.ending?.status === "no-action";
  return isOver && awaited.length > 0 ? { ...patch, ending: heldForClearance(frame, awaited) } : patch;
}

/** Until an answer wakes it, and no longer than its event leads to anything. */
function heldForClearance({ eventAt, playbook }: DecisionFrame, awaited: readonly string[]): Ending {
  // One past the last millisecond at which it would still be planned for, so that it does not find itself held again.
  const wakeAt = eventAt + playbook.eventTtlHours * 3_600_000 + 1;
  return { status: "held", reason: `Waits for a clearance. ${awaited.join(" ")}`, wakeAt };
}

/** The version asks the same wherever it would stand. */
function avoid({ proposed, ...one }: JudgedPlacement, { playbook }: DecisionFrame): State["denied"] {
  const { assetId, assetVersion } = proposed;
  const rules = [...new Set(reviewsOf(one).map((found) => found.rule))];
  return playbook.touchpoints.map((at) => ({ assetId, assetVersion, touchpoint: touchpointKey(at), rules }));
}

function reviewsOf({ findings }: Pick<JudgedPlacement, "findings">): readonly Finding[] {
  return findings.filter((found) => found.effect === "review");
}
