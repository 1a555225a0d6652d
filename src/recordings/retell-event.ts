import type { Taxonomy } from "../domain/deployer-profile.ts";
import type { LeadEvent } from "../domain/event.ts";
import type { ConsentRecord } from "../domain/lead.ts";
import type { Observed } from "../domain/observed.ts";
import type { StandIns } from "./stand-ins.ts";

interface Reading {
  readonly observed: Observed;
  readonly taxonomy: Taxonomy;
  readonly standIns: StandIns;
}

/**
 * The event's data without a word that its sender wrote: what was read in them as themes and objections is said by the
 * taxonomy's own phrases instead, a page by the part of its path that a playbook asks for. Null for what a scenario
 * can't tell.
 */
export function retellEventData(event: LeadEvent, reading: Reading): Readonly<Record<string, unknown>> | null {
  const words = wordsFor(reading);
  switch (event.type) {
    case "lead.created.v1":
      return {};
    case "lead.page-viewed.v1":
      return {
        url: `https://www.example.com${reading.observed.pages.join("") || "/"}`,
        ...(event.data.secondsOnPage === undefined ? {} : { secondsOnPage: event.data.secondsOnPage }),
        ...(reading.observed.hasText && words !== "" ? { title: words } : {}),
      };
    case "lead.form-submitted.v1":
      return { form: event.data.form, ...(event.data.message === undefined ? {} : { message: words || unsaid }) };
    case "lead.email-replied.v1":
    case "lead.chat-message.v1":
      return { text: words || unsaid };
    case "lead.stage-changed.v1":
    case "lead.inactive.v1":
      return { ...event.data };
    case "lead.consent-changed.v1":
      return { consent: withoutEvidence(event.data.consent) };
    case "opportunity.changed.v1":
      return { ...event.data, id: reading.standIns.of("opportunity", event.data.id) };
    case "outcome.delivered.v1":
    case "outcome.bounced.v1":
    case "outcome.opened.v1":
    case "outcome.clicked.v1":
    case "outcome.replied.v1":
    case "outcome.converted.v1":
    case "outcome.unsubscribed.v1":
    case "outcome.complained.v1":
      return { channel: event.data.channel };
    case "asset.grant-revoked.v1":
      return null;
  }
}

/** That there is evidence is kept, what it is not: it may name somebody. */
export function withoutEvidence(consent: ConsentRecord): ConsentRecord {
  return consent.evidence === undefined ? consent : { ...consent, evidence: "recorded" };
}

/** A phrase of the taxonomy for each theme and objection that was read in the event's words. */
function wordsFor({ observed, taxonomy }: Reading): string {
  const phraseOf = (terms: Taxonomy["themes"], term: string) => {
    const found = terms.find((one) => one.term === term);
    return found?.phrases[0] ?? found?.label ?? "";
  };
  return [
    ...observed.themes.map((term) => phraseOf(taxonomy.themes, term)),
    ...observed.objections.map((term) => phraseOf(taxonomy.objections, term)),
  ]
    .filter((phrase) => phrase !== "")
    .map((phrase) => `${phrase}.`)
    .join(" ");
}

/** Words in which nothing is read. */
const unsaid = "What was written is not part of the recording.";
