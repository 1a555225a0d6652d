import type { AssetInput, AssetStatus } from "../domain/asset.ts";
import type { EndorserFacts, EndorserIdentity } from "../domain/endorser.ts";
import type { AssetVersion, Grant } from "../domain/facts.ts";
import type { AssetId, EndorserId } from "../domain/ids.ts";
import type { Queries, Trx } from "../store/store.ts";

export interface AssetRecord {
  readonly assetId: AssetId;
  readonly status: AssetStatus;
  readonly currentVersion: number;
  readonly updatedAt: number;
}

export interface AssetRights {
  readonly status: AssetStatus | null;
  readonly currentVersion: number | null;
  readonly grants: readonly Grant[];
  readonly endorser: EndorserFacts | null;
}

/** Assets, their immutable versions, endorsers and grants. */
export interface Catalogue {
  asset(db: Queries, id: AssetId): Promise<AssetRecord | null>;
  /** Immutable, so it may be answered from memory. */
  version(db: Queries, id: AssetId, version: number): Promise<AssetVersion | null>;
  versions(db: Queries, id: AssetId): Promise<readonly AssetVersion[]>;
  /** What can change about the right to show the asset now. */
  rights(db: Queries, id: AssetId): Promise<AssetRights>;
  endorserIdentity(db: Queries, id: EndorserId): Promise<EndorserIdentity | null>;
  /**
   * Creates the asset, or a new version when the content differs; the same content again changes only grants and
   * endorser facts. Throws `invalid` with pointers for unknown ids.
   */
  putAsset(
    trx: Trx,
    input: AssetInput,
  ): Promise<{ readonly result: "created" | "versioned" | "unchanged"; readonly version: number }>;
  setStatus(trx: Trx, id: AssetId, status: AssetStatus): Promise<void>;
  /** Revokes every grant of the asset that still stands; returns their ids. Recall is the caller's to run beside it. */
  revokeGrants(trx: Trx, id: AssetId, reason: string): Promise<readonly string[]>;
  /** The assets that any of these grants is tied to, revoked or not. */
  assetsUnder(db: Queries, grants: readonly string[]): Promise<readonly AssetId[]>;
  listAssets(
    db: Queries,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly AssetRecord[]>;
}
