import type { LeadEvent } from "../domain/event.ts";
import type { DecisionId, EventId } from "../domain/ids.ts";
import type { Queries, Trx } from "../store/store.ts";

/** Events in: accepted durably and once, then leased to a worker with a fencing token. */
export interface Intake {
  /**
   * Stores the event, its decision (`received`) and its effects on records (consent, stage, suppression, revocation)
   * in one durable transaction. The same `source` + `id` with equal content answers the same ids.
   */
  accept(envelope: unknown): Promise<Acceptance>;
}

export type Acceptance =
  | { readonly outcome: "accepted" | "repeated"; readonly eventId: EventId; readonly decisionId: DecisionId }
  | {
      readonly outcome: "refused";
      readonly code: "invalid" | "conflict" | "overloaded";
      readonly message: string;
      readonly fields: readonly { pointer: string; message: string }[];
      readonly retryAfterSeconds?: number;
    };

/** The worker's side of the inbox. */
export interface Inbox {
  /** Leases up to `limit` events that are due; a later lease has a higher fence. */
  lease(trx: Trx, owner: string, limit: number, now: number, leaseMs: number): Promise<readonly Lease[]>;
  extend(trx: Trx, lease: Lease, until: number): Promise<void>;
  /** Throws `stale-lease` when another lease was given since: every write of a run calls it in its transaction. */
  verifyFence(trx: Trx, lease: Pick<Lease, "eventId" | "fence">): Promise<void>;
  /**
   * Ends the lease. `done`, `waiting` for a person, `parked` until a time; a requested rerun makes it ready again,
   * unless it is done.
   */
  settle(
    trx: Trx,
    lease: Lease,
    to: { state: "done" } | { state: "waiting" } | { state: "parked"; wakeAt: number },
  ): Promise<void>;
  /** After a fault: retried later, or a dead letter once attempts are used up. Says which. */
  fail(trx: Trx, lease: Lease, error: string, retryAt: number, maxAttempts: number): Promise<"retried" | "dead">;
  /** Makes a waiting or parked event ready (or, while it runs, asks for another run). */
  wake(trx: Trx, decisionId: DecisionId): Promise<void>;
  depth(db: Queries): Promise<{
    readonly ready: number;
    readonly leased: number;
    readonly waiting: number;
    readonly parked: number;
    readonly dead: number;
  }>;
  /** The accepted event, unsealed; null when its subject was erased. */
  event(db: Queries, id: EventId): Promise<LeadEvent | null>;
}

export interface Lease {
  readonly eventId: EventId;
  readonly decisionId: DecisionId;
  readonly subject: string;
  readonly type: string;
  readonly fence: number;
  /** Which lease of the event this is, from 1. */
  readonly attempt: number;
  /** Runs since the last one that came to an end, this one counted: more than one after a crash or a fault. */
  readonly tries?: number;
  readonly until: number;
}

/** Events that used up their attempts, for an operator to look at and replay. */
export interface DeadLetters {
  /** Oldest first: those after this event id. */
  list(db: Queries, page: { readonly after: string | null; readonly limit: number }): Promise<readonly DeadLetter[]>;
  /** Makes it ready again with its attempts forgotten; false when there is no such dead letter. */
  replay(trx: Trx, id: EventId): Promise<boolean>;
}

export interface DeadLetter {
  readonly eventId: EventId;
  readonly decisionId: DecisionId;
  readonly type: string;
  readonly subject: string;
  /** Milliseconds UTC. */
  readonly acceptedAt: number;
  readonly attempts: number;
  readonly lastError: string | null;
}

/** What lies in the inbox; `done` is not counted, since it only grows. */
export const backlogStates = ["ready", "leased", "waiting", "parked", "dead"] as const;

/** For whoever watches: how much waits, and for how long. */
export interface Backlog {
  counts(db: Queries): Promise<readonly { readonly state: (typeof backlogStates)[number]; readonly count: number }[]>;
  /** Milliseconds since the oldest event that nobody has begun was accepted, or the longest overdue one fell due; 0 when none waits. */
  oldestWaitMs(db: Queries, now: number): Promise<number>;
}

/** What followed on publications, as its events told. */
export interface OutcomeLog {
  /** The kinds (`clicked`, `converted`) that were told of any publication of each decision. */
  ofDecisions(db: Queries, ids: readonly DecisionId[]): Promise<ReadonlyMap<DecisionId, ReadonlySet<string>>>;
}
