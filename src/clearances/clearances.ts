import type { Clearance, ClearanceAnswer, ClearanceDetail, ClearanceState } from "../domain/clearance.ts";
import type { StandingClearance } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import type { AssetId, ClearanceId, DecisionId } from "../domain/ids.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Queries, Trx } from "../store/store.ts";

/** Questions about an asset version alone: asked once, answered by a person, and then standing for every lead. */
export interface Clearances {
  /** What people said of the version, expired answers included; by question, so that the same rows give the same list. */
  ofVersion(db: Queries, assetId: string, assetVersion: number): Promise<readonly StandingClearance[]>;
  /** Asks, unless it is asked already: one task per version and question. One that has expired is open again. */
  open(trx: Trx, question: VersionQuestion): Promise<ClearanceId>;
  /** The decision has come to its end, or goes on: no answer wakes it any more. */
  stopWaiting(trx: Trx, id: DecisionId): Promise<void>;
  get(db: Queries, id: ClearanceId): Promise<ClearanceDetail | null>;
  list(db: Queries, filter: ClearanceFilter): Promise<readonly Clearance[]>;
  /**
   * Stores the answer and lets the decisions that wait for it run on. An answer may be given again: another verdict, or
   * the same for longer. Refusing takes back what is live, queued or waiting of the version, and so does reopening what
   * was cleared; the receipt says what. Clearing for less long than before ends what is live with it. Throws `not-found`; `conflict` for reopening what is open.
   */
  answer(
    trx: Trx,
    id: ClearanceId,
    answer: ClearanceAnswer,
    by: string,
  ): Promise<{ readonly clearance: ClearanceDetail; readonly receipt: readonly RecallItem[] }>;
}

export interface VersionQuestion {
  readonly assetId: AssetId;
  readonly assetVersion: number;
  /** A finding with `about: "version"`. */
  readonly finding: Finding;
  /** The decision that asks; null where it is asked in advance. */
  readonly decisionId: DecisionId | null;
  /** The decision is held until it is answered. */
  readonly isAwaited: boolean;
}

export interface ClearanceFilter {
  readonly state?: ClearanceState | undefined;
  readonly assetId?: AssetId | undefined;
  readonly after: string | null;
  readonly limit: number;
}

/** For whoever watches: how many questions are open, and since when the oldest is (milliseconds UTC). */
export interface OpenLevels {
  readonly count: number;
  readonly oldestAt: number | null;
}
