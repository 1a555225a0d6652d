import { type BaseCheckpointSaver, Command, isInterrupted } from "@langchain/langgraph/web";
import type { DecisionSignals, Decisions } from "../decisions/decisions.ts";
import { type DecisionId, decisionId as decisionIdSchema, leadId } from "../domain/ids.ts";
import type { FactGatherer } from "../facts/facts.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import type { Inbox, Lease } from "../intake/intake.ts";
import type { Store } from "../store/store.ts";
import { attemptKey, makeAttempt } from "./attempt.ts";
import type { DecisionGraph } from "./graph.ts";
import { quietTracer } from "./quiet-tracer.ts";
import { startingState } from "./state.ts";
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
}

/**
 * Runs one leased event through the graph: on from where it waits for a person, where it does, else from the start on
 * a thread of its own. Returns once its lease is settled; throws when the run failed, and the event is run again.
 */
export function makeRunDecision(deps: RunDeps): (lease: Lease) => Promise<void> {
  return async (lease) => {
    const { decisionId, eventId } = lease;
    const waiting = lease.attempt > 1 ? await waitingAttempt(deps, decisionId) : null;
    const attempt = makeAttempt(deps, lease, waiting ?? lease.attempt);
    const config = {
      durability: "exit",
      ...(deps.langsmithTracing ? {} : { callbacks: [quietTracer] }),
      configurable: { thread_id: threadOf(decisionId, attempt.number), [attemptKey]: attempt },
    } satisfies Parameters<DecisionGraph["invoke"]>[1];
    const result = waiting
      ? await deps.graph.invoke(new Command({ resume: true }), config)
      : await deps.graph.invoke(startingState({ decisionId, eventId, leadId: leadId.parse(lease.subject) }), config);
    if (isInterrupted(result)) {
      await deps.store.write((trx) => deps.inbox.settle(trx, lease, { state: "waiting" }));
    } else if (lease.attempt > 1) {
      await deps.checkpointer.deleteThread(threadOf(decisionId, attempt.number));
    }
    deps.signals.rested(decisionId);
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
function threadOf(id: DecisionId, attempt: number): string {
  return `${id}.${attempt}`;
}
