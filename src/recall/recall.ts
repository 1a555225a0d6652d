import type { AssetId } from "../domain/ids.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Trx } from "../store/store.ts";

/** Taking an asset back: grants revoked, live publications withdrawn, queued deliveries cancelled, waiting approvals blocked. */
export interface Recall {
  revoke(
    trx: Trx,
    id: AssetId,
    reason: string,
  ): Promise<{ readonly grants: readonly string[]; readonly receipt: readonly RecallItem[] }>;
}
