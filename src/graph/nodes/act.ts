import type { Finding } from "../../domain/finding.ts";
import type { PublishProofAnswer, PublishProofInput } from "../../domain/tool-answers.ts";
import type { Store } from "../../store/store.ts";
import type { ToolRegistry } from "../../tools/tool.ts";
import type { Attempt, Node } from "../attempt.ts";
import { type FrameDeps, frameOf } from "../frame.ts";
import { type Resting, toRecord } from "../record.ts";
import { record } from "../recording-of.ts";
import { isStanding } from "../routes.ts";
import { asStep } from "../run-recorder.ts";
import type { Ending, JudgedPlacement, State } from "../state.ts";

export interface ActDeps extends FrameDeps, Resting {
  readonly store: Store;
  readonly tools: ToolRegistry;
}

/**
 * Publishes what holds a permit, all of it in one transaction with the decision's record: a crash leaves either the
 * whole of it or nothing. Something that changed since it was judged ends or parks the decision instead.
 */
export function makeAct(deps: ActDeps): Node {
  return async (state, attempt) => {
    // Facts that can change are read as of now, however long the plan took.
    const frame = frameOf(deps, state, { now: deps.clock.now() });
    return deps.store.write(async (trx) => {
      const { judged, lease, notes } = attempt;
      notes.act = { now: frame.now, lead: null, placements: [], isCapFull: false };
      const answer = await asStep(attempt.recorder, "tool", "publish-proof", () =>
        deps.tools.publish(toInput(state, attempt), { trx, lease, frame, judged, notes: notes.act ?? undefined }),
      );
      const patch = toPatch(state, answer);
      if (answer.outcome === "published") {
        const rested = toRecord({ ...state, ...patch }, attempt, deps, "published");
        await deps.decisions.update(trx, state.decisionId, rested);
        await record(trx, deps.recordings, state, attempt, rested);
      }
      return patch;
    });
  };
}

function toInput({ placements }: State, attempt: Attempt): PublishProofInput {
  const ready = placements.filter(isStanding).flatMap((one) => {
    const { placementId, editedIn, permit } = one;
    if (!permit) return [];
    const { isEdited: _, ...proposed } = attempt.standing(one);
    return [{ placementId, proposed, editedIn, permit }];
  });
  return { placements: ready };
}

function toPatch(state: State, answer: PublishProofAnswer): { placements: JudgedPlacement[]; ending: Ending } {
  switch (answer.outcome) {
    case "published": {
      const publicationOf = new Map(answer.publications.map((one) => [one.placementId, one.publicationId]));
      const placements = state.placements.map((one) => {
        return { ...one, publicationId: publicationOf.get(one.placementId) ?? null };
      });
      return { placements, ending: { status: "published", reason: null, wakeAt: null } };
    }
    case "refused": {
      const placements = state.placements.map((one) =>
        one.placementId === answer.placementId ? refuse(one, answer) : one,
      );
      const status = answer.effect === "hold" ? "held" : "denied";
      return { placements, ending: { status, reason: wordsOf(answer.findings), wakeAt: answer.until } };
    }
  }
}

function refuse(one: JudgedPlacement, { effect, findings }: { effect: "hold" | "deny"; findings: Finding[] }) {
  return { ...one, effect, findings: [...one.findings, ...findings], permit: null };
}

function wordsOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map((found) => `${found.rule}: ${found.reason}`))].join(" ");
}
