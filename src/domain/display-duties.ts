import type { AssetContent } from "./asset.ts";
import type { Capacity } from "./vocabulary.ts";

/**
 * What has to be said beside a proof because of where it is shown and where it comes from; what follows from the records
 * of asset and endorser alone (connection, insider, typical results) is not in it.
 */
export interface DisplayDuties {
  /** Of a review: that it was picked from among others. */
  readonly selection: boolean;
  /** Of a review: how it is made sure that reviews are by people who used the product. */
  readonly verification: boolean;
  /** Of a review: a link to the published policy on reviews. */
  readonly reviewPolicy: boolean;
  /** That one talks to a machine, where one does. */
  readonly machineNotice: boolean;
  /** Of when it is, and how many reviews there were, where the source's terms want it said. */
  readonly asOf: boolean;
  readonly reviewCount: boolean;
}

/** The duties of showing this asset to a lead; country and capacity are null where the lead is not known. */
export type DutiesOf = (
  lead: { readonly country: string; readonly capacity: Capacity } | null,
  asset: AssetContent,
) => DisplayDuties;

/** Who wrote the words around a proof: the playbook, the planner, or a person who edited them. */
export type FramingBy = "template" | "planner" | "person";
