import { consentStanding } from "./consent-standing.ts";
import type { CountryRule, CountryTable } from "./country-table.ts";
import { leadOf } from "./owed-disclosures.ts";
import type { Subject } from "./subject.ts";

/** Null where what is shown is not known. Consent to tracking is a record of that purpose for the channel. */
export function trackingFacts(subject: Subject, countries: CountryTable) {
  const { facts } = subject;
  const isTracked = tracks(subject);
  if (isTracked === null) return null;
  const use = { channel: facts.touchpoint.channel, purpose: "tracking", now: facts.now };
  const { standing } = consentStanding(facts.consents, use, consentAlone);
  return {
    tracks: isTracked,
    consentNeeded: countries.market(leadOf(facts)).trackingConsent,
    consented: standing.length > 0,
  };
}

/** Whether it tells that this one lead opened or clicked: a link that the content does not have is one of the lead's own. */
export function tracks({ content, rendered }: Subject): boolean | null {
  if (content === null || rendered === null) return null;
  return (
    (rendered.tracking ?? []).length > 0 ||
    rendered.links.some(({ url }) => !content.links.some((one) => one.url === url))
  );
}

const consentAlone = {
  regime: "basis",
  accepted: [{ basis: "consent", needs: [] }],
} satisfies Pick<CountryRule, "regime" | "accepted">;
