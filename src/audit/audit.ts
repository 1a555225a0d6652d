import type { Queries, Trx } from "../store/store.ts";

/** What is recorded: one entry per step that matters. Bodies hold ids, versions, hashes and findings, never identifiers. */
export const auditKinds = [
  "event.accepted",
  "decision.closed",
  "decision.held",
  "approval.asked",
  "approval.answered",
  "approval.expired",
  "approval.blocked",
  "clearance.opened",
  "clearance.answered",
  "publication.published",
  "publication.withdrawn",
  "delivery.delivered",
  "delivery.failed",
  "delivery.unknown",
  "delivery.cancelled",
  "delivery.postponed",
  "delivery.resolved",
  "asset.versioned",
  "asset.status-changed",
  "grant.added",
  "grant.revoked",
  "grant.detached",
  "endorser.changed",
  "lead.changed",
  "consent.changed",
  "lead.suppressed",
  "account.changed",
  "opportunity.changed",
  "kill-switch.set",
  "kill-switch.cleared",
  "playbook.loaded",
  "policies.switched",
  "policy-override.set",
  "policy-override.cleared",
  "api-key.created",
  "api-key.revoked",
] as const;
export type AuditKind = (typeof auditKinds)[number];

export interface AuditLog {
  /**
   * Writes an entry, unnumbered, in the transaction of what it records; the sequencer numbers it and extends the tree.
   * `lead` is replaced by the person's pseudonym under the person's own key.
   */
  append(
    trx: Trx,
    entry: { kind: AuditKind; subject: string; body: Record<string, unknown>; lead?: string },
  ): Promise<void>;
}

export interface AuditEntry {
  readonly entryId: string;
  readonly seq: number | null;
  readonly kind: string;
  readonly subject: string;
  readonly at: number;
  /** RFC 8785 text. */
  readonly body: string;
}

export interface AuditReader {
  entries(db: Queries, page: { from: number; limit: number }): Promise<readonly AuditEntry[]>;
  bySubject(db: Queries, subject: string): Promise<readonly AuditEntry[]>;
  tree(db: Queries): Promise<{ readonly size: number; readonly rootHex: string }>;
}

/** Numbers entries and extends the RFC 6962 tree; one process at a time holds its lease. */
export interface Sequencer {
  /** Numbers what is there now; how many. */
  run(): Promise<number>;
  /** Wakes it soon after a commit. */
  start(): void;
  stop(): Promise<void>;
}

/**
 * The log as it grows, in the order of its numbers. Together the two leave no gap: once `subscribe` has resolved, read
 * what is there, and drop what comes twice.
 */
export interface ChangeFeed {
  /** Up to `limit` entries with a higher number than `seq`, lowest first; -1 is before the first. */
  since(seq: number, limit: number): Promise<readonly NumberedEntry[]>;
  /** The highest number given so far; -1 when there is none. */
  last(): Promise<number>;
  /** Hands over every entry numbered from then on, in batches, in order; resolves to how to stop. */
  subscribe(subscriber: ChangeSubscriber): Promise<() => void>;
}

export interface ChangeSubscriber {
  onEntries(entries: readonly NumberedEntry[]): void;
  /** Nothing more will come: the service stops. */
  onClosed(): void;
}

export interface NumberedEntry extends AuditEntry {
  readonly seq: number;
}

/** For whoever watches the numbering. */
export interface NumberingLevels {
  unnumbered(db: Queries): Promise<number>;
  /** Milliseconds since the oldest entry that has no number yet was written; 0 when all have. */
  lagMs(db: Queries, now: number): Promise<number>;
}
