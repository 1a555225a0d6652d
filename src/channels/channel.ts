import type { Content } from "../domain/content.ts";
import type { Delivery, DeliveryReceipt } from "../domain/delivery.ts";
import type { AssetVersion, RenderedText } from "../domain/facts.ts";
import type { ApprovalId, AssetId, DecisionId, DeliveryId, LeadId, PlacementId, PublicationId } from "../domain/ids.ts";
import type { Touchpoint } from "../domain/plan.ts";
import type { DeliveryState, Publication, RecallItem } from "../domain/publication.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { Queries, Trx } from "../store/store.ts";

/** A way of reaching a lead. What it declares decides how its deliveries are retried and recalled. */
export interface Channel {
  readonly name: ChannelName;
  /** pull: the publication is read when viewed, committing it is the delivery; push: a dispatcher hands it over. */
  readonly delivery: "pull" | "push";
  readonly takesIdempotencyKey: boolean;
  readonly canBeReadBack: boolean;
  readonly canBeWithdrawn: boolean;
  /** The words a placement shows, for the rules that read text. Never an identifier in the clear. */
  renderText(content: Content, version: AssetVersion): RenderedText;
}

/** A channel that messages are handed over to. Who gets one is read when it is handed over, and is in no record of ours. */
export interface PushChannel extends Channel {
  readonly delivery: "push";
  /**
   * Hands one message over, and says what became of it; throws only where nothing can have gone out. What `canBeReadBack`
   * hands over once per key, however often it is called.
   */
  deliver(publication: Publication, attempt: DeliveryAttempt): Promise<DeliveryOutcome>;
  /** What went out under the key; null where nothing did, or it can't be told (`canBeReadBack`). */
  readBack(idempotencyKey: string): Promise<DeliveryReceipt | null>;
}

export interface DeliveryAttempt {
  /** The delivery's id: the same for every attempt. */
  readonly idempotencyKey: string;
  /** Asks to give up, as soon as that can be done. */
  readonly signal: AbortSignal;
  /** Asked in the moment before the effect; false: the lease has ended, and another may be at it. */
  mayBegin(): boolean;
}

/** Reasons are words of ours: no address, and nothing that the other side wrote. */
export type DeliveryOutcome =
  | { readonly kind: "delivered"; readonly receipt: DeliveryReceipt }
  /** For good: trying again would end the same. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing went out; it may be tried again. `channel`: whatever is sent now would fare the same. */
  | { readonly kind: "failed-before-effect"; readonly reason: string; readonly trouble: "channel" | "message" }
  /** It may have gone out. */
  | { readonly kind: "unknown"; readonly reason: string };

export interface NewPublication {
  readonly publicationId: PublicationId;
  readonly decisionId: DecisionId;
  readonly placementId: PlacementId;
  readonly leadId: LeadId;
  readonly content: Content;
  /** The approval in which a person wrote the content's framing. */
  readonly editedIn: ApprovalId | null;
  readonly contentHash: string;
  readonly rulesetVersion: string;
  readonly liveUntil: number;
  /** For push channels; absent: to be sent at once, as long as the publication lives. */
  readonly delivery?: {
    /** Milliseconds UTC before which it is not sent: quiet hours end then. */
    readonly notBefore: number;
    /** Milliseconds UTC at which the leave to send it ends. */
    readonly expiresAt: number;
    /** Review questions that a person has answered for this content. */
    readonly discharged: readonly string[];
  };
}

/** Publications and their deliveries: the one place that writes them. */
export interface Publications {
  /** Publication and outbox row, in the caller's transaction. False when this decision already published there. */
  publish(trx: Trx, publication: NewPublication): Promise<boolean>;
  get(db: Queries, id: PublicationId): Promise<Publication | null>;
  ofDecision(db: Queries, id: DecisionId): Promise<readonly Publication[]>;
  list(db: Queries, filter: PublicationFilter): Promise<readonly Publication[]>;
  /** The newest live publication for the lead at the touchpoint, not past its end. */
  live(db: Queries, lead: LeadId, at: Touchpoint, now: number): Promise<Publication | null>;
  /** Withdraws it and cancels what is queued of it; a receipt for each. */
  withdraw(trx: Trx, id: PublicationId, reason: string): Promise<readonly RecallItem[]>;
  /** The same for every live publication of the asset, or of that version of it. */
  withdrawAsset(trx: Trx, id: AssetId, reason: string, version?: number): Promise<readonly RecallItem[]>;
  /** What is live or queued of the version ends at the time (milliseconds UTC), if it would not end before. */
  endVersion(trx: Trx, id: AssetId, version: number, at: number): Promise<void>;
}

export interface PublicationFilter {
  readonly leadId?: LeadId | undefined;
  readonly assetId?: AssetId | undefined;
  readonly state?: "live" | "withdrawn" | undefined;
  readonly after: string | null;
  readonly limit: number;
}

/** The outbox as operators see it. */
export interface Deliveries {
  get(db: Queries, id: DeliveryId): Promise<Delivery | null>;
  /** Newest first. */
  list(db: Queries, filter: DeliveryFilter): Promise<readonly Delivery[]>;
  /**
   * What an operator says to a delivery that failed, or whose fate is unknown: `retry` for the one, `resend` (it may
   * arrive twice) or `mark-delivered` for the other. It is judged anew before it is sent. Throws `not-found`;
   * `conflict` where the answer is not one to its state; `gone` when its leave has ended.
   */
  resolve(trx: Trx, id: DeliveryId, how: DeliveryResolution, by: string): Promise<Delivery>;
}

export type DeliveryResolution = "retry" | "resend" | "mark-delivered";

export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly channel?: ChannelName | undefined;
  readonly after: string | null;
  readonly limit: number;
}

/** Works off the outbox. */
export interface Dispatcher {
  start(): void;
  /** Something may be due: look now rather than at the next poll. */
  nudge(): void;
  /**
   * Does `work` while nothing is under way: what is being handed over ends first, and nothing is begun until the work has
   * ended. Throws `unavailable` when that takes longer than `timeoutMs`; the work was not begun then.
   */
  betweenSends<T>(work: () => Promise<T>, timeoutMs: number): Promise<T>;
  /** Begins nothing more and waits for what is under way; false when `timeoutMs` passed first. */
  drain(timeoutMs: number): Promise<boolean>;
  /** Gives up what is under way, and returns once that is written down. */
  close(): Promise<void>;
  /** When its loop last went round, in milliseconds UTC; null before it started. */
  turnedAt(): number | null;
}

/** Deliveries on their way, and those at their end. */
export const openStates = ["pending", "transmitting"] as const;
export const settledStates = ["delivered", "failed", "unknown", "cancelled"] as const;

/** For whoever watches the outbox. */
export interface OutboxLevels {
  /** What is on its way now, by channel and state, with the oldest one's time (milliseconds UTC). */
  open(
    db: Queries,
  ): Promise<
    readonly { readonly channel: string; readonly state: string; readonly count: number; readonly oldestAt: number }[]
  >;
  /** How many came to each end since this was made; one is counted about 15 seconds after. */
  settled(
    db: Queries,
    now: number,
  ): Promise<readonly { readonly channel: string; readonly state: string; readonly count: number }[]>;
}
