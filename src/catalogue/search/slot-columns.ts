import type { RightsTable } from "./rights-table.ts";

/** Columns by slot that filters and scores read. */
export interface SlotColumns {
  readonly rights: RightsTable;
  readonly firstGrant: Uint32Array;
  readonly grantCount: Uint32Array;
  readonly freshness: Float64Array;
  readonly kind: Uint8Array;
  /** Company of the endorser, interned; 0: none. */
  readonly company: Uint32Array;
  /** 1 where the asset's status lets it be shown. */
  readonly active: Uint8Array;
  /** 1 where a grant excludes companies. */
  readonly hasExclusions: Uint8Array;
}
