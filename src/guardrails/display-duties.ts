import type { DutiesOf } from "../domain/display-duties.ts";
import { type CountryTable, loadCountryTable } from "./country-table.ts";
import { loadSourceTerms, type SourceTerms } from "./source-terms.ts";

/** What the renderer adds, by the same data that the rules read. Throws `config` when a data file is not usable. */
export function makeDutiesOf(
  countries: CountryTable = loadCountryTable(),
  sources: SourceTerms = loadSourceTerms(),
): DutiesOf {
  return (lead, asset) => {
    const market = countries.market(lead);
    const terms = sources.of(asset.source);
    // Words from a site that collects reviews are a review, whatever they are filed as.
    const isReview = asset.kind === "review" || sources.isReviewSite(asset.source);
    // By whom reviews are is told to consumers; whose capacity is not known may be one.
    const mayBeConsumer = lead?.capacity !== "trade";
    return {
      selection: isReview && market.reviewSelection,
      verification: isReview && market.reviewVerification && mayBeConsumer,
      reviewPolicy: isReview && market.reviewPolicy && mayBeConsumer,
      machineNotice: market.machineNotice,
      asOf: terms.some((one) => one.asOf),
      reviewCount: terms.some((one) => one.reviewCount),
    };
  };
}
