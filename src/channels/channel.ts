import type { Content } from "../domain/content.ts";
import type { AssetVersion, RenderedText } from "../domain/facts.ts";
import type { ApprovalId, AssetId, DecisionId, LeadId, PlacementId, PublicationId } from "../domain/ids.ts";
import type { Touchpoint } from "../domain/plan.ts";
import type { Publication, RecallItem } from "../domain/publication.ts";
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
  /** The same for every live publication of the asset. */
  withdrawAsset(trx: Trx, id: AssetId, reason: string): Promise<readonly RecallItem[]>;
}

export interface PublicationFilter {
  readonly leadId?: LeadId | undefined;
  readonly assetId?: AssetId | undefined;
  readonly state?: "live" | "withdrawn" | undefined;
  readonly after: string | null;
  readonly limit: number;
}
