import type { Decision, DecisionStatus } from "../domain/decision.ts";
import type { DecisionId, EventId, LeadId } from "../domain/ids.ts";
import type { Queries, Trx } from "../store/store.ts";

/** The record of every decision, from acceptance to outcome. */
export interface Decisions {
  /** A row with status `received`, in the transaction that accepts the event. */
  open(trx: Trx, decision: { decisionId: DecisionId; eventId: EventId; leadId: LeadId }): Promise<void>;
  /** `received` becomes `running`; whatever has another status keeps it. */
  begin(trx: Trx, ids: readonly DecisionId[]): Promise<void>;
  get(db: Queries, id: DecisionId): Promise<Decision | null>;
  list(db: Queries, filter: DecisionFilter): Promise<readonly Decision[]>;
  /** Merges `change` into the record; the last write of an attempt wins only with its fence (intake checks it). */
  update(trx: Trx, id: DecisionId, change: DecisionChange): Promise<void>;
  /** What was observed, for replay. */
  observed(db: Queries, id: DecisionId): Promise<unknown>;
}

export type DecisionChange = Partial<
  Omit<Decision, "decisionId" | "eventId" | "leadId" | "createdAt" | "updatedAt">
> & { readonly observed?: unknown };

export interface DecisionFilter {
  readonly leadId?: LeadId | undefined;
  readonly status?: DecisionStatus | undefined;
  /** Newest first: rows older than this id. */
  readonly after: string | null;
  readonly limit: number;
}

/** In-process word that a decision came to rest (closed, held or waiting for a person), for `Prefer: wait`. */
export interface DecisionSignals {
  rested(id: DecisionId): void;
  /** True once it rested; false when `timeoutMs` passed first. */
  wait(id: DecisionId, timeoutMs: number): Promise<boolean>;
}
