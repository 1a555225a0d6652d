import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Publications } from "../channels/channel.ts";
import type { Recall } from "./recall.ts";

interface RecallDeps {
  readonly catalogue: Pick<Catalogue, "revokeGrants">;
  readonly publications: Pick<Publications, "withdrawAsset">;
  readonly approvals: Pick<Approvals, "blockAsset">;
}

/** All in the caller's transaction: from its commit on nothing of the asset is shown, queued or waiting. */
export function makeRecall({ catalogue, publications, approvals }: RecallDeps): Recall {
  return {
    async revoke(trx, id, reason) {
      const grants = await catalogue.revokeGrants(trx, id, reason);
      const withdrawn = await publications.withdrawAsset(trx, id, reason);
      const blocked = await approvals.blockAsset(trx, id);
      return { grants, receipt: [...withdrawn, ...blocked] };
    },
  };
}
