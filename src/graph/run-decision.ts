import { type BaseCheckpointSaver, Command, isInterrupted } from "@langchain/langgraph/web";
import type { DecisionSignals, Decisions } from "../decisions/decisions.ts";
import { type DecisionId, decisionId as decisionIdSchema, leadId } from "../domain/ids.ts";
import type { FactGatherer } from "../facts/facts.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import type { Inbox, Lease } from "../intake/intake.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { DecisionRested, Traces } from "../telemetry/telemetry.ts";
import { type Attempt, attemptKey, makeAttempt } from "./attempt.ts";
import type { DecisionGraph } from "./graph.ts";
import { quietCallbacks } from "./quiet-callbacks.ts";
import { makeRunRecorder } from "./run-recorder.ts";
import { type State, startingState } from "./state.ts";
import type { WaitingRuns } from "./waiting-runs.ts";

interface RunDeps {
  readonly graph: DecisionGraph;
  readonly checkpointer: BaseCheckpointSaver;
  readonly store: Store;
  readonly facts: FactGatherer;
  readonly guardrail: Guardrail;
  readonly inbox: Inbox;
  readonly decisions: Decisions;
  readonly signals: DecisionSignals;
  readonly langsmithTracing: boolean;
  readonly clock: Clock;
  readonly planner: { readonly kind: string; readonly version: string };
  /** Called once the decision rests. */
  readonly onRested?: (rested: DecisionRested) => void;
  readonly traces?: Traces | null;
}

/**
 * Runs one leased event through the graph: on from where it waits for a person, where it does, else from the start on
 * a thread of its own. Returns once its lease is settled; throws when the run failed, and the event is run again.
 */
export function makeRunDecision(deps: RunDeps): (lease: Lease) => Promise<void> {
  const { traces = null } = deps;
  return async (lease) => {
    const started = performance.now();
    const { decisionId } = lease;
    const waiting = lease.attempt > 1 ? await waitingAttempt(deps, decisionId) : null;
    const recorder = traces && makeRunRecorder(deps.clock.now());
    const attempt = makeAttempt(deps, lease, waiting ?? lease.attempt, recorder);
    const trace = (rested: DecisionRested | null) => {
      if (recorder === null) return;
      const { playbook = null, planner = null, status = "fault" } = rested ?? {};
      const made = { playbook: playbook && `${playbook.id}@${playbook.version}`, planner: planner?.kind ?? null };
      traces?.ran(recorder.finish({ decisionId, attempt: lease.attempt, status, ...made }));
    };
    try {
      const state = await runThrough(deps, attempt, waiting !== null);
      const rested = toRested(deps, state, attempt, performance.now() - started);
      deps.signals.rested(decisionId);
      deps.onRested?.(rested);
      trace(rested);
    } catch (error) {
      trace(null);
      throw error;
    }
  };
}

const toldOfState: (keyof State)[] = ["observed", "proposal", "placements", "candidates", "ending"];

/** To where the run rests: its end, or a question to a person. */
async function runThrough(deps: RunDeps, attempt: Attempt, isWaiting: boolean): Promise<Partial<State>> {
  const { lease } = attempt;
  const { decisionId, eventId } = lease;
  const config = {
    durability: "exit",
    // What a run leaves is in the database: of its state no more is asked for than is told of it.
    outputKeys: toldOfState,
    ...(deps.langsmithTracing ? {} : { callbacks: quietCallbacks }),
    configurable: { thread_id: threadOf(decisionId, attempt.number), [attemptKey]: attempt },
  } satisfies Parameters<DecisionGraph["invoke"]>[1];
  const result = isWaiting
    ? await deps.graph.invoke(new Command({ resume: true }), config)
    : await deps.graph.invoke(startingState({ decisionId, eventId, leadId: leadId.parse(lease.subject) }), config);
  if (isInterrupted(result)) {
    await deps.store.write((trx) => deps.inbox.settle(trx, lease, { state: "waiting" }));
  } else if (lease.attempt > 1) {
    await deps.checkpointer.deleteThread(threadOf(decisionId, attempt.number));
  }
  return result;
}

function toRested(deps: RunDeps, state: Partial<State>, attempt: Attempt, ms: number): DecisionRested {
  const { placements = [], candidates = [] } = state;
  return {
    decisionId: attempt.lease.decisionId,
    status: state.ending?.status ?? "awaiting-approval",
    attempt: attempt.lease.attempt,
    playbook: state.observed?.playbook ?? null,
    planner: state.proposal ? { kind: deps.planner.kind, version: deps.planner.version } : null,
    ruleset: attempt.rulesetVersion(),
    findings: placements.flatMap((one) => one.findings.map(({ rule, effect }) => ({ rule, effect }))),
    rejections: candidates.flatMap((one) => one.rejectedBy),
    ms: Math.round(ms * 100) / 100,
    nodesMs: { ...attempt.timingsMs },
  };
}

/**
 * Deletes the checkpoints of decisions that wait no more: a crash between a decision's end and the deletion of its
 * thread leaves one. For the start, before anything runs; how many there were.
 */
export async function sweepEndedRuns({ decisions, store, checkpointer }: SweepDeps): Promise<number> {
  let swept = 0;
  for (const threadId of checkpointer.threadIds()) {
    const decision = await decisions.get(store.read, decisionIdSchema.parse(threadId.split(".")[0]));
    if (decision?.status === "awaiting-approval" && threadOf(decision.decisionId, decision.attempt) === threadId)
      continue;
    await checkpointer.deleteThread(threadId);
    swept++;
  }
  return swept;
}

type SweepDeps = Pick<RunDeps, "decisions" | "store"> & { readonly checkpointer: WaitingRuns };

/** The attempt whose run waits for a person; null where none does, or a crash took its checkpoint. */
async function waitingAttempt({ decisions, store, checkpointer }: RunDeps, id: DecisionId): Promise<number | null> {
  const decision = await decisions.get(store.read, id);
  if (decision?.status !== "awaiting-approval") return null;
  const checkpoint = await checkpointer.getTuple({ configurable: { thread_id: threadOf(id, decision.attempt) } });
  return checkpoint ? decision.attempt : null;
}

/** A new attempt is a new thread: what a crash left of the last one is never gone on with. */
export function threadOf(id: DecisionId, attempt: number): string {
  return `${id}.${attempt}`;
}
