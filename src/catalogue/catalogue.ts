import type { AssetInput, AssetStatus } from "../domain/asset.ts";
import type { EndorserFacts, EndorserIdentity, EndorserInput } from "../domain/endorser.ts";
import type { AssetVersion, Grant } from "../domain/facts.ts";
import type { GrantInput, GrantTerms } from "../domain/grant.ts";
import type { AssetId, EndorserId, GrantId } from "../domain/ids.ts";
import type { AssetKind, ChannelName, Stage } from "../domain/vocabulary.ts";
import type { Queries, Trx } from "../store/store.ts";

export interface AssetRecord {
  readonly assetId: AssetId;
  readonly status: AssetStatus;
  readonly currentVersion: number;
  readonly updatedAt: number;
}

/** One line of a list. */
export interface ListedAsset extends AssetRecord {
  readonly kind: AssetKind;
  readonly title: string;
  readonly language: string;
}

export interface AssetRights {
  readonly status: AssetStatus | null;
  readonly currentVersion: number | null;
  readonly grants: readonly Grant[];
  readonly endorser: EndorserFacts | null;
}

export interface GrantRecord extends Grant {
  /** The assets that it is tied to, by id. */
  readonly assets: readonly AssetId[];
  readonly createdAt: number;
}

export interface EndorserRecord {
  readonly endorserId: EndorserId;
  readonly facts: EndorserFacts;
  readonly updatedAt: number;
}

/** Who makes a change, and why: an API key's id, or a word for the way in (`import`, `sample`, an event's id). */
export interface Maker {
  readonly by?: string;
  /** In words that name nobody; the log binds it without holding it. */
  readonly reason?: string;
}

export interface PutResult {
  /** `unchanged`: the content is the current version's, so there is no new one. */
  readonly result: "created" | "versioned" | "unchanged";
  readonly version: number;
}

/** Assets, their immutable versions, endorsers and grants. */
export interface Catalogue extends Assets, Grants, Endorsers {}

export interface Assets {
  asset(db: Queries, id: AssetId): Promise<AssetRecord | null>;
  /** Immutable, so it may be answered from memory. */
  version(db: Queries, id: AssetId, version: number): Promise<AssetVersion | null>;
  versions(db: Queries, id: AssetId): Promise<readonly AssetVersion[]>;
  /** What can change about the right to show the asset now. */
  rights(db: Queries, id: AssetId): Promise<AssetRights>;
  assetHistory(db: Queries, id: AssetId, page: HistoryPage): Promise<readonly HistoryEntry<"asset">[]>;
  /**
   * Creates the asset, or a new version when the content differs; the same content again changes only grants and
   * endorser facts. Throws `invalid` with pointers for unknown ids.
   */
  putAsset(trx: Trx, input: AssetInput, maker?: Maker): Promise<PutResult>;
  /** The content of an earlier version as a new one. Throws `not-found` for what is not there. */
  rollBack(trx: Trx, id: AssetId, toVersion: number, maker?: Maker): Promise<PutResult>;
  /**
   * One step of the life cycle. Throws `conflict`, naming the steps that are allowed, for any other. What is live of the
   * asset is the caller's to take back beside it (`Recall.changeStatus` does).
   */
  setStatus(trx: Trx, id: AssetId, status: AssetStatus, maker?: Maker): Promise<{ readonly from: AssetStatus }>;
  /** Revokes every grant of the asset that still stands; returns their ids. Recall is the caller's to run beside it. */
  revokeGrants(trx: Trx, id: AssetId, reason: string, by?: string): Promise<readonly string[]>;
  /** The assets that any of these grants is tied to, revoked or not. */
  assetsUnder(db: Queries, grants: readonly string[]): Promise<readonly AssetId[]>;
  /** How much could be shown at `now`, for each stage and each of the terms, where there is least first. */
  coverage(db: Queries, query: CoverageQuery): Promise<readonly CoverageCell[]>;
  listAssets(
    db: Queries,
    page: { readonly after: string | null; readonly limit: number } & AssetFilter,
  ): Promise<readonly ListedAsset[]>;
}

export interface CoverageQuery {
  /** Milliseconds UTC: grants and freshness are judged at this time. */
  readonly now: number;
  readonly by: "persona" | "theme";
  readonly terms: readonly string[];
  readonly channels: readonly ChannelName[];
  /** Kind → oldest freshness in milliseconds UTC that still counts as fresh. */
  readonly freshAfter: Readonly<Partial<Record<AssetKind, number>>>;
}

export interface CoverageCell {
  readonly stage: Stage;
  /** A persona or a theme. */
  readonly term: string;
  /** The channels of the query on which nothing could be shown. */
  readonly gaps: readonly ChannelName[];
  /**
   * Per channel: active, fresh, under a grant that is valid now and reaches it. `made`: those made for this stage and
   * term; `usable`: those and the ones that name no stage, or no persona. A theme has to be the asset's own.
   */
  readonly channels: Readonly<Partial<Record<ChannelName, { readonly made: number; readonly usable: number }>>>;
}

/** All that is given must hold. */
export interface AssetFilter {
  readonly status?: AssetStatus | undefined;
  readonly kind?: AssetKind | undefined;
  /** The asset's language, with or without a region: `de` finds `de-AT`. */
  readonly language?: string | undefined;
  readonly theme?: string | undefined;
  /** Words that all have to be in its id, title, quote or body, or begin a word there. */
  readonly text?: string | undefined;
}

export interface Grants {
  grant(db: Queries, id: GrantId): Promise<GrantRecord | null>;
  grantHistory(db: Queries, id: GrantId, page: HistoryPage): Promise<readonly HistoryEntry<"grant">[]>;
  /** Throws `conflict` for one that was revoked, `invalid` for a purpose that is not in the taxonomy. */
  putGrant(trx: Trx, id: GrantId, input: GrantInput, maker?: Maker): Promise<"created" | "changed" | "unchanged">;
  /** False when it was revoked before. Throws `not-found`. Recall is the caller's to run beside it. */
  revokeGrant(trx: Trx, id: GrantId, maker?: Maker): Promise<boolean>;
  /** False when it was tied before. Throws `not-found`, and `conflict` for a revoked grant. */
  attachGrant(trx: Trx, asset: AssetId, id: GrantId, maker?: Maker): Promise<boolean>;
  /** Throws `not-found` when they are not tied. Recall is the caller's to run beside it. */
  detachGrant(trx: Trx, asset: AssetId, id: GrantId, maker?: Maker): Promise<void>;
}

export interface Endorsers {
  endorser(db: Queries, id: EndorserId): Promise<EndorserRecord | null>;
  endorserHistory(db: Queries, id: EndorserId, page: HistoryPage): Promise<readonly HistoryEntry<"endorser">[]>;
  /** Unseals the name; null when unknown or erased. */
  endorserIdentity(db: Queries, id: EndorserId): Promise<EndorserIdentity | null>;
  /** Throws `conflict` for one who was erased, `invalid` for an industry that is not in the taxonomy. */
  putEndorser(
    trx: Trx,
    id: EndorserId,
    input: EndorserInput,
    maker?: Maker,
  ): Promise<"created" | "changed" | "unchanged">;
}

/** Newest first: those before the history id `after`. */
export interface HistoryPage {
  readonly after: string | null;
  readonly limit: number;
}

export type HistoryEntry<R extends keyof HistoryOf> = HistoryOf[R] & {
  readonly historyId: number;
  readonly reason: string | null;
  readonly by: string;
  /** Milliseconds UTC. */
  readonly at: number;
};

/** What can be done to each kind of record. */
export interface HistoryOf {
  readonly asset:
    | {
        readonly change: "created" | "versioned";
        readonly details: { readonly version: number; readonly contentSha: string };
      }
    | {
        readonly change: "rolled-back";
        readonly details: { readonly version: number; readonly contentSha: string; readonly toContentOf: number };
      }
    | { readonly change: "status-changed"; readonly details: { readonly from: AssetStatus; readonly to: AssetStatus } }
    | { readonly change: "grant-attached" | "grant-detached"; readonly details: { readonly grantId: string } };
  readonly grant:
    | {
        readonly change: "added" | "changed";
        readonly details: { readonly before: GrantTerms | null; readonly after: GrantTerms };
      }
    | { readonly change: "revoked"; readonly details: Readonly<Record<never, never>> }
    | { readonly change: "attached" | "detached"; readonly details: { readonly assetId: string } };
  readonly endorser: {
    readonly change: "added" | "changed";
    readonly details: {
      readonly before: EndorserFacts | null;
      readonly after: EndorserFacts;
      /** The name itself is nowhere but sealed with its owner's key. */
      readonly nameChanged: boolean;
    };
  };
}
