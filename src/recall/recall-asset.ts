import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Publications } from "../channels/channel.ts";
import type { AssetId } from "../domain/ids.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Trx } from "../store/store.ts";
import type { Recall } from "./recall.ts";

interface RecallDeps {
  readonly catalogue: Pick<Catalogue, "revokeGrants" | "assetsUnder" | "rights">;
  readonly publications: Pick<Publications, "withdrawAsset">;
  readonly approvals: Pick<Approvals, "blockAsset">;
}

/**
 * All in the caller's transaction: from its commit on nothing of the asset is shown, queued or waiting. A grant can
 * cover several assets: those that it leaves without any are taken back with it.
 */
export function makeRecall({ catalogue, publications, approvals }: RecallDeps): Recall {
  return {
    async revoke(trx, id, reason) {
      const grants = await catalogue.revokeGrants(trx, id, reason);
      const receipt = [...(await takeBack(trx, id, reason))];
      for (const other of await catalogue.assetsUnder(trx, grants)) {
        if (other === id || (await hasGrantLeft(trx, other))) continue;
        receipt.push(...(await takeBack(trx, other, reason)));
      }
      return { grants, receipt };
    },
  };

  async function takeBack(trx: Trx, id: AssetId, reason: string): Promise<readonly RecallItem[]> {
    const withdrawn = await publications.withdrawAsset(trx, id, reason);
    return [...withdrawn, ...(await approvals.blockAsset(trx, id))];
  }

  /** What it covers is read anew before each publication and at each viewing. */
  async function hasGrantLeft(trx: Trx, id: AssetId): Promise<boolean> {
    const { grants } = await catalogue.rights(trx, id);
    return grants.some(({ terms, revokedAt }) => revokedAt === null && terms.consentStatus === "granted");
  }
}
