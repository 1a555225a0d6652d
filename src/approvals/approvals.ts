import type { Approval, ApprovalAnswer, ApprovalStatus } from "../domain/approval.ts";
import type { Content } from "../domain/content.ts";
import type { SeenUses } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import type { ApprovalId, AssetId, DecisionId, LeadId, PlacementId } from "../domain/ids.ts";
import type { Touchpoint } from "../domain/plan.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Queries, Trx } from "../store/store.ts";

/** Questions to a person. The row is the truth: an answer is stored first, and the run is resumed from it. */
export interface Approvals {
  /** Asks, unless the same content of this decision already waits with these findings; returns the row's id. */
  ask(trx: Trx, question: ApprovalQuestion): Promise<ApprovalId>;
  /** Every approval of a decision, oldest first, with the framing an editor gave. */
  ofDecision(db: Queries, id: DecisionId): Promise<readonly AnsweredApproval[]>;
  /** How often a person approved a use of each, counted up to `limit`. */
  approvedUses(db: Queries, use: ProposedUse, limit: number): Promise<SeenUses>;
  get(db: Queries, id: ApprovalId): Promise<Approval | null>;
  list(
    db: Queries,
    filter: { status?: ApprovalStatus | undefined; after: string | null; limit: number },
  ): Promise<readonly Approval[]>;
  /**
   * Stores the answer and asks intake to run the decision on. Throws `not-found`; `conflict` when it was answered
   * before or the hash is not the one shown; `gone` when it expired; `invalid` when an edited framing names a person.
   */
  answer(trx: Trx, id: ApprovalId, answer: ApprovalAnswer, by: string): Promise<Approval>;
  /** Blocks what waits for the asset (its grant was revoked), or for that version of it, and lets the decisions run on. */
  blockAsset(trx: Trx, id: AssetId, version?: number): Promise<readonly RecallItem[]>;
  /** Blocks what still waits for a decision that has come to its end another way; wakes nothing. */
  closeWaiting(trx: Trx, id: DecisionId): Promise<void>;
  /** Expires what is overdue, at most `limit` rows, and lets the decisions run on; how many there were. */
  expireDue(trx: Trx, now: number, limit: number): Promise<number>;
}

/** What reviewers wrote in place of a framing. It stands once, sealed with the answer; other records only refer to it. */
export interface EditedFramings {
  /** Null when that answer was no edit, or the lead was erased since. */
  of(db: Queries, id: ApprovalId): Promise<string | null>;
}

/** Under what a placement was proposed; the planner is null when not known. */
export interface ProposedUnder {
  readonly playbook: { readonly id: string; readonly version: number };
  readonly planner: { readonly kind: string; readonly version: string } | null;
}

export interface ProposedUse extends ProposedUnder {
  readonly assetId: string;
  readonly assetVersion: number;
}

export interface ApprovalQuestion {
  readonly decisionId: DecisionId;
  readonly placementId: PlacementId;
  readonly leadId: LeadId;
  readonly assetId: AssetId;
  readonly assetVersion: number;
  readonly touchpoint: Touchpoint;
  readonly content: Content;
  /** The earlier answer in which a person wrote the content's framing. */
  readonly editedIn: ApprovalId | null;
  readonly contentHash: string;
  readonly findings: readonly Finding[];
  /** Absent: an approval counts as a use of the asset version alone. */
  readonly under?: ProposedUnder | undefined;
  readonly expiresAt: number;
}

export interface AnsweredApproval {
  readonly approvalId: ApprovalId;
  readonly touchpoint: Touchpoint;
  readonly assetId: string;
  readonly assetVersion: number;
  readonly contentHash: string;
  readonly findings: readonly Finding[];
  readonly status: ApprovalStatus;
  /** For `edited`: the words the person put in place of the framing. */
  readonly editedFraming: string | null;
}

/** For whoever watches: how many questions wait for a person, and when the oldest was asked (milliseconds UTC). */
export interface WaitingLevels {
  readonly count: number;
  readonly oldestAt: number | null;
}
