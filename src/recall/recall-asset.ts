import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Publications } from "../channels/channel.ts";
import { takesBack } from "../domain/asset-life-cycle.ts";
import type { AssetId } from "../domain/ids.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Trx } from "../store/store.ts";
import type { GrantRecall, Recall } from "./recall.ts";

interface RecallDeps {
  readonly catalogue: Pick<
    Catalogue,
    "revokeGrants" | "revokeGrant" | "putGrant" | "detachGrant" | "setStatus" | "assetsUnder" | "rights"
  >;
  readonly publications: Pick<Publications, "withdrawAsset" | "endVersion">;
  readonly approvals: Pick<Approvals, "blockAsset">;
}

/**
 * All in the caller's transaction: from its commit on nothing of the asset is shown, queued or waiting. A grant can
 * cover several assets: those that it leaves without any are taken back with it.
 */
export function makeRecall({ catalogue, publications, approvals }: RecallDeps): Recall {
  return {
    async revoke(trx, id, reason, by) {
      const grants = await catalogue.revokeGrants(trx, id, reason, by);
      const others = (await catalogue.assetsUnder(trx, grants)).filter((other) => other !== id);
      const receipt = [...(await takeBack(trx, id, reason)), ...(await takeBackUncovered(trx, others, reason)).receipt];
      return { grants, receipt };
    },

    async revokeGrant(trx, id, maker) {
      if (!(await catalogue.revokeGrant(trx, id, maker))) return { assets: [], receipt: [] };
      return await takeBackUncovered(trx, await catalogue.assetsUnder(trx, [id]), maker.reason);
    },

    async putGrant(trx, id, input, maker) {
      const result = await catalogue.putGrant(trx, id, input, maker);
      if (result !== "changed" || input.consentStatus === "granted") return { result, assets: [], receipt: [] };
      const assets = await catalogue.assetsUnder(trx, [id]);
      return {
        result,
        ...(await takeBackUncovered(trx, assets, "Its grant was changed and grants nothing any more.")),
      };
    },

    async detachGrant(trx, asset, id, maker) {
      await catalogue.detachGrant(trx, asset, id, maker);
      return await takeBackUncovered(trx, [asset], maker.reason ?? "Its grant was taken off it.");
    },

    async changeStatus(trx, id, to, maker) {
      const { from } = await catalogue.setStatus(trx, id, to, maker);
      return { from, receipt: takesBack(from, to) ? await takeBack(trx, id, maker.reason) : [] };
    },

    refuseVersion: (trx, id, version, reason) => takeBack(trx, id, reason, version),
    endVersion: (trx, id, version, at) => publications.endVersion(trx, id, version, at),
  };

  async function takeBackUncovered(trx: Trx, assets: readonly AssetId[], reason: string): Promise<GrantRecall> {
    const uncovered: AssetId[] = [];
    const receipt: RecallItem[] = [];
    for (const id of assets) {
      if (await hasGrantLeft(trx, id)) continue;
      uncovered.push(id);
      receipt.push(...(await takeBack(trx, id, reason)));
    }
    return { assets: uncovered, receipt };
  }

  async function takeBack(trx: Trx, id: AssetId, reason: string, version?: number): Promise<readonly RecallItem[]> {
    const withdrawn = await publications.withdrawAsset(trx, id, reason, version);
    return [...withdrawn, ...(await approvals.blockAsset(trx, id, version))];
  }

  /** What it covers is read anew before each publication and at each viewing. */
  async function hasGrantLeft(trx: Trx, id: AssetId): Promise<boolean> {
    const { grants } = await catalogue.rights(trx, id);
    return grants.some(({ terms, revokedAt }) => revokedAt === null && terms.consentStatus === "granted");
  }
}
