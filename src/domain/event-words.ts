import type { LeadEvent } from "./event.ts";

/** Free text of an event, empty where its type has none. */
export function wordsOf(event: LeadEvent): string {
  switch (event.type) {
    case "lead.chat-message.v1":
    case "lead.email-replied.v1":
      return event.data.text;
    case "lead.form-submitted.v1":
      return event.data.message ?? "";
    case "lead.page-viewed.v1":
      return event.data.title ?? "";
    case "lead.created.v1":
    case "lead.stage-changed.v1":
    case "lead.inactive.v1":
    case "lead.consent-changed.v1":
    case "opportunity.changed.v1":
    case "outcome.delivered.v1":
    case "outcome.bounced.v1":
    case "outcome.opened.v1":
    case "outcome.clicked.v1":
    case "outcome.replied.v1":
    case "outcome.converted.v1":
    case "outcome.unsubscribed.v1":
    case "outcome.complained.v1":
    case "asset.grant-revoked.v1":
      return "";
  }
}
