import type { LeadEvent } from "../domain/event.ts";
import { wordsOf } from "../domain/event-words.ts";

/** What happened, in a few words; an event whose lead was erased can't be read any more. */
export function describeEvent(event: LeadEvent | null): string {
  if (event === null) return "An event that can no longer be read";
  switch (event.type) {
    case "lead.page-viewed.v1":
      return `Opened ${new URL(event.data.url).pathname}`;
    case "lead.chat-message.v1":
      return `Said “${shortened(wordsOf(event))}”`;
    case "lead.email-replied.v1":
      return `Replied “${shortened(wordsOf(event))}”`;
    case "lead.form-submitted.v1":
      return `Sent a form${wordsOf(event) && `: “${shortened(wordsOf(event))}”`}`;
    case "lead.inactive.v1":
      return `Went quiet for ${event.data.days} days`;
    case "lead.stage-changed.v1":
      return `Moved to ${event.data.to}`;
    case "opportunity.changed.v1":
      return `Deal went to ${event.data.stage}`;
    case "lead.consent-changed.v1":
      return `Consent to ${event.data.consent.channel}: ${event.data.consent.status}`;
    case "lead.created.v1":
      return "Became known";
    case "outcome.delivered.v1":
    case "outcome.bounced.v1":
    case "outcome.opened.v1":
    case "outcome.clicked.v1":
    case "outcome.replied.v1":
    case "outcome.converted.v1":
    case "outcome.unsubscribed.v1":
    case "outcome.complained.v1":
      return outcomeWords[event.type];
    case "asset.grant-revoked.v1":
      return "A grant was revoked";
  }
}

const outcomeWords = {
  "outcome.delivered.v1": "A message was delivered",
  "outcome.bounced.v1": "A message bounced",
  "outcome.opened.v1": "Opened a message",
  "outcome.clicked.v1": "Clicked the proof",
  "outcome.replied.v1": "Replied to a message",
  "outcome.converted.v1": "Converted",
  "outcome.unsubscribed.v1": "Unsubscribed",
  "outcome.complained.v1": "Complained",
} as const;

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59).trimEnd()}…`;
}
