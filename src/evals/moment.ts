import type { Decision, DecisionStatus } from "../domain/decision.ts";
import { explainDecision } from "../domain/explanation.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { RunTrace } from "../telemetry/telemetry.ts";
import type { Moment, TraceLine } from "./eval.ts";
import type { Action } from "./expectation.ts";
import { happenings, type Step } from "./scenario.ts";
import type { Acted, Taken } from "./take-step.ts";

interface Told {
  readonly step: Step;
  readonly index: number;
  readonly taken: Taken;
  readonly runs: readonly RunTrace[];
  readonly ms: number;
}

/** The decision that the step's expectation is about, as it rests now, and how it got there. */
export async function describeMoment(acted: Acted, { step, index, taken, runs, ms }: Told): Promise<Moment> {
  const { decisions, store } = acted.service.vouchsafe;
  const id = aboutWhich(acted, step);
  const decision = id === null || taken.refusal ? null : await decisions.get(store.read, id);
  return {
    step: index,
    at: acted.service.now(),
    happening: wordsOf(step),
    decision,
    action: taken.refusal ? "refuse" : decision && actionOf(decision),
    explanation: decision && explainDecision(decision),
    refusal: taken.refusal,
    trace: runs.flatMap(toLines),
    tokens: null,
    ms,
    seen: taken.seen,
    expected: step.expect ?? null,
  };
}

function aboutWhich({ named, newest }: Acted, { of }: Step): DecisionId | null {
  return of === undefined ? newest : (named.get(of) ?? null);
}

function actionOf({ status }: Decision): Action | null {
  return actionOfStatus[status];
}

/** Null while it has not come to rest: its run failed and is tried again later. */
export const actionOfStatus = {
  received: null,
  running: null,
  "awaiting-approval": "ask",
  held: "hold",
  published: "show",
  withdrawn: "nothing",
  "no-action": "nothing",
  denied: "nothing",
  failed: "fail",
} as const satisfies Record<DecisionStatus, Action | null>;

function toLines({ decisionId, steps }: RunTrace): readonly TraceLine[] {
  return steps.map(({ kind, name, error }) => ({ kind, name, decisionId, error }));
}

function wordsOf(step: Step): string {
  if (step.event) return `${step.event.type} of ${step.event.lead}`;
  const kind = happenings.find((one) => step[one] !== undefined);
  if (kind === undefined) return "nothing";
  const what: unknown = step[kind];
  return `${kind} ${typeof what === "string" ? what : JSON.stringify(what)}`;
}
