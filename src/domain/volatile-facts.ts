import type { VolatileFacts } from "./facts.ts";

type TimedFacts = VolatileFacts & {
  /** Milliseconds UTC. */
  readonly now: number;
};

/**
 * Whether nothing that can change has changed since `judged` was gathered, the clock included: then its verdict stands
 * until its permit ends, and the rules need not run again.
 */
export function nothingChanged(judged: TimedFacts, now: TimedFacts): boolean {
  return !clockMayMatter(judged, now.now) && volatileText(judged) === volatileText(now);
}

/**
 * A grant, a consent or a clearance begins or ends in between; or a quarter of an hour does, at which quiet hours, contact windows
 * and rulesets begin and end. What else ends by the clock (an age limit) is known to the second.
 */
function clockMayMatter({ now: from, grants, consents, clearances }: TimedFacts, to: number): boolean {
  if (to < from || to - from > secondMs || Math.floor(to / quarterMs) !== Math.floor(from / quarterMs)) return true;
  const isPassed = (instant: string | null | undefined) => {
    if (!instant) return false;
    const at = Date.parse(instant);
    return !(at <= from || to < at);
  };
  return (
    grants.some(({ terms }) => isPassed(terms.validFrom) || isPassed(terms.validUntil)) ||
    consents.some(({ expiresAt }) => isPassed(expiresAt)) ||
    clearances.some(({ expiresAt }) => from < expiresAt && expiresAt <= to)
  );
}

const secondMs = 1000;
const quarterMs = 900_000;

/** Field by field and in one order, since the text is compared. */
function volatileText(facts: VolatileFacts): string {
  return JSON.stringify([
    facts.assetStatus,
    facts.currentVersion,
    facts.grants,
    facts.grantUses,
    facts.endorser,
    facts.lead,
    facts.hasCompanyEmail,
    facts.hasEmail,
    facts.consents,
    facts.suppressions,
    facts.exposures,
    facts.contactsInWindow,
    facts.killSwitches,
    facts.clearances,
    facts.accountContacts,
    facts.channelContacts,
  ]);
}
