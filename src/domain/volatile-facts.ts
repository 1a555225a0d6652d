import type { VolatileFacts } from "./facts.ts";

/**
 * Whether nothing that can change has changed since `judged` was gathered: then its verdict stands until its permit
 * ends, and the rules need not run again.
 */
export function nothingChanged(judged: VolatileFacts, now: VolatileFacts): boolean {
  return volatileText(judged) === volatileText(now);
}

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
    facts.consents,
    facts.suppressions,
    facts.exposures,
    facts.contactsInWindow,
    facts.killSwitches,
  ]);
}
