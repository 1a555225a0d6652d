import type { Maker } from "../catalogue/catalogue.ts";
import type { AssetStatus } from "../domain/asset.ts";
import type { GrantInput } from "../domain/grant.ts";
import type { AssetId, GrantId } from "../domain/ids.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Trx } from "../store/store.ts";

/**
 * Taking back: live publications withdrawn, queued deliveries cancelled, waiting approvals blocked, a receipt for each.
 * Every step of the catalogue that ends the right to show something goes through here.
 */
export interface Recall {
  /** Revokes every grant of the asset, and takes back all that they alone covered. */
  revoke(
    trx: Trx,
    id: AssetId,
    reason: string,
    by?: string,
  ): Promise<{ readonly grants: readonly string[]; readonly receipt: readonly RecallItem[] }>;
  /** Revokes one grant, and takes back every asset whose only cover it was. Once more does nothing. */
  revokeGrant(trx: Trx, id: GrantId, maker: Maker & { readonly reason: string }): Promise<GrantRecall>;
  /** Other terms of a grant; where they grant nothing any more, what it alone covered is taken back. */
  putGrant(
    trx: Trx,
    id: GrantId,
    input: GrantInput,
    maker: Maker,
  ): Promise<GrantRecall & { readonly result: "created" | "changed" | "unchanged" }>;
  /** Unties the grant; takes the asset back when nothing else covers it. */
  detachGrant(trx: Trx, asset: AssetId, id: GrantId, maker: Maker): Promise<GrantRecall>;
  /** One step of the life cycle; becoming disputed or withdrawn takes the asset back. */
  changeStatus(
    trx: Trx,
    id: AssetId,
    to: AssetStatus,
    maker: Maker & { readonly reason: string },
  ): Promise<{ readonly from: AssetStatus; readonly receipt: readonly RecallItem[] }>;
  /** A person refused something about this version: it is taken back, other versions are not. */
  refuseVersion(trx: Trx, id: AssetId, version: number, reason: string): Promise<readonly RecallItem[]>;
  /** What a person let be shown of this version ends sooner than they first said: at the time, milliseconds UTC. */
  endVersion(trx: Trx, id: AssetId, version: number, at: number): Promise<void>;
}

export interface GrantRecall {
  /** The assets that were left without any grant. */
  readonly assets: readonly AssetId[];
  readonly receipt: readonly RecallItem[];
}
