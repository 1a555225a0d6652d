import type { Queries, Trx } from "../store/store.ts";

/** What is recorded: one entry per step that matters. Bodies hold ids, versions, hashes and findings, never identifiers. */
export type AuditKind =
  | "event.accepted"
  | "decision.closed"
  | "decision.held"
  | "approval.asked"
  | "approval.answered"
  | "approval.expired"
  | "approval.blocked"
  | "publication.published"
  | "publication.withdrawn"
  | "delivery.delivered"
  | "delivery.failed"
  | "delivery.unknown"
  | "delivery.cancelled"
  | "delivery.postponed"
  | "delivery.resolved"
  | "asset.versioned"
  | "asset.status-changed"
  | "grant.added"
  | "grant.revoked"
  | "grant.detached"
  | "endorser.changed"
  | "lead.changed"
  | "consent.changed"
  | "lead.suppressed"
  | "account.changed"
  | "opportunity.changed"
  | "kill-switch.set"
  | "kill-switch.cleared"
  | "playbook.loaded"
  | "api-key.created"
  | "api-key.revoked";

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
