import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Trx } from "../store/store.ts";

/** The same catalogue, which calls `onChange` after every commit that may have changed it. */
export function followCatalogue(catalogue: Catalogue, onChange: () => void): Catalogue {
  const followed =
    <A extends unknown[], R>(change: (trx: Trx, ...rest: A) => Promise<R>) =>
    (trx: Trx, ...rest: A): Promise<R> => {
      trx.afterCommit(onChange);
      return change(trx, ...rest);
    };
  return {
    ...catalogue,
    putAsset: followed(catalogue.putAsset),
    rollBack: followed(catalogue.rollBack),
    setStatus: followed(catalogue.setStatus),
    revokeGrants: followed(catalogue.revokeGrants),
    putGrant: followed(catalogue.putGrant),
    revokeGrant: followed(catalogue.revokeGrant),
    attachGrant: followed(catalogue.attachGrant),
    detachGrant: followed(catalogue.detachGrant),
    putEndorser: followed(catalogue.putEndorser),
  };
}
