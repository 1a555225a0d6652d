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
    const terms = sources.of(asset.source.system);
    return {
      selection: market.reviewSelection,
      // By whom reviews are is told to consumers; whose capacity is not known may be one.
      verification: market.reviewVerification && lead?.capacity !== "trade",
      reviewPolicy: market.reviewPolicy && lead?.capacity !== "trade",
      machineNotice: market.machineNotice,
      asOf: terms?.asOf ?? false,
      reviewCount: terms?.reviewCount ?? false,
    };
  };
}
