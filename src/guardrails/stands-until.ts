import type { PlacementFacts } from "../domain/facts.ts";
import type { RuleData } from "./cedar-request.ts";
import { speaksOfNow } from "./endorser-now.ts";
import { makeSourceEnd } from "./freshness.ts";
import { subjectOf } from "./subject.ts";

/**
 * From when on (milliseconds UTC) the clock alone would have the rules say something else of what is shown: the age of
 * its kind, the age that its source allows, and the days for which the check of its endorser counts. What has passed by
 * the time of the facts was asked about and ends with its answer. Infinity where nothing ends.
 */
export function standsUntil(facts: PlacementFacts, { freshness }: Pick<RuleData, "freshness">): number {
  const subject = subjectOf(facts);
  const { version } = subject;
  if (version === null) return facts.now;
  const { kind, freshnessTimestamp } = version.content;
  const from = Date.parse(freshnessTimestamp);
  const { endorserCheckDays, freshnessDays } = facts.profile;
  const checked = Date.parse(facts.endorser?.currentCustomerCheckedAt ?? "");
  const ends = [
    from + freshness.ofKind(kind, freshnessDays),
    makeSourceEnd(freshness)(version.content),
    speaksOfNow(subject) === false ? Number.POSITIVE_INFINITY : checked + endorserCheckDays * dayMs,
  ];
  // The limit's own millisecond still counts.
  return Math.min(...ends.map((end) => end + 1).filter((end) => end > facts.now));
}

const dayMs = 86_400_000;
