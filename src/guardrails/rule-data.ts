import type { RuleData } from "./cedar-request.ts";
import { loadCountryTable } from "./country-table.ts";
import { loadCountryZones } from "./country-zones.ts";
import { makeDutiesOf } from "./display-duties.ts";
import { loadFreshnessLimits } from "./freshness.ts";
import { loadSourceTerms } from "./source-terms.ts";

/** Everything that stands in `data/`. Throws `config` when a file of it is not usable. */
export function loadRuleData(): RuleData {
  const countries = loadCountryTable();
  const sources = loadSourceTerms();
  const dutiesOf = makeDutiesOf(countries, sources);
  return { countries, sources, freshness: loadFreshnessLimits(), dutiesOf, zonesOf: loadCountryZones() };
}
