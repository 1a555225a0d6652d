import type { EventData, EventType } from "../domain/event.ts";
import type { PublicationId } from "../domain/ids.ts";
import type { LeadFacts } from "../domain/lead.ts";
import { stage } from "../domain/vocabulary.ts";

/** What a move is made from. */
export interface MoveContext {
  readonly lead: LeadFacts;
  /** The vendor's web site. */
  readonly site: string;
  /** Milliseconds UTC. */
  readonly now: number;
  /** What the page shows the lead at the moment, for clicks on it. */
  readonly shown: PublicationId | null;
}

export type MoveEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** One button: something that a lead can do, or that happens to it, as the event that a CRM or a web site would post. */
export interface Move {
  readonly label: string;
  readonly group: "On the site" | "In words" | "In the CRM" | "Rights";
  /** Null where it cannot happen to this lead now. */
  event(context: MoveContext): MoveEvent | null;
}

export const moves = {
  "visits-pricing": {
    label: "Visits the price list",
    group: "On the site",
    event: ({ site }) => viewed(`${site}/pricing`, "Pricing"),
  },
  "reads-customers": {
    label: "Reads customer stories",
    group: "On the site",
    event: ({ site }) => viewed(`${site}/customers`, "Customers"),
  },
  "reads-security": {
    label: "Opens the security page",
    group: "On the site",
    event: ({ site }) => viewed(`${site}/security`, "Security"),
  },
  "clicks-proof": {
    label: "Clicks the proof",
    group: "On the site",
    event: ({ shown }) => shown && { type: "outcome.clicked.v1", data: { channel: "web", publicationId: shown } },
  },
  "asks-security": {
    label: "Asks about security",
    group: "In words",
    event: () => said("Is it secure? Our auditors have security concerns about where the data is stored."),
  },
  "too-expensive": {
    label: "Says it is too expensive",
    group: "In words",
    event: () => said("It is too expensive for us at the moment, we are over budget."),
  },
  "replies-email": {
    label: "Replies to an e-mail",
    group: "In words",
    event: () => ({
      type: "lead.email-replied.v1",
      data: { text: "How long does it take until we are up and running? Our last rollout took a year." },
    }),
  },
  "asks-for-contact": {
    label: "Sends the contact form",
    group: "In words",
    event: () => ({
      type: "lead.form-submitted.v1",
      data: { form: "contact-sales", message: "Does it work with the systems that we have? We need an integration." },
    }),
  },
  "goes-quiet": {
    label: "Goes quiet for 45 days",
    group: "In the CRM",
    event: () => ({ type: "lead.inactive.v1", data: { days: 45 } }),
  },
  "moves-on": {
    label: "Moves on a stage",
    group: "In the CRM",
    event({ lead }) {
      const to = stage.options[stage.options.indexOf(lead.stage) + 1];
      return to === undefined ? null : { type: "lead.stage-changed.v1", data: { from: lead.stage, to } };
    },
  },
  "deal-moves": {
    label: "Deal goes to negotiation",
    group: "In the CRM",
    event({ lead: { opportunity } }) {
      if (opportunity === undefined) return null;
      const { openedAt: _, ...deal } = opportunity;
      return { type: "opportunity.changed.v1", data: { ...deal, stage: "negotiation" } };
    },
  },
  "gives-consent": {
    label: "Consents to e-mail",
    group: "Rights",
    event: ({ now }) => consented("granted", now),
  },
  "withdraws-consent": {
    label: "Withdraws the consent",
    group: "Rights",
    event: ({ now }) => consented("withdrawn", now),
  },
  unsubscribes: {
    label: "Unsubscribes from e-mail",
    group: "Rights",
    event: () => ({ type: "outcome.unsubscribed.v1", data: { channel: "email" } }),
  },
  complains: {
    label: "Complains: no more at all",
    group: "Rights",
    event: () => ({ type: "outcome.complained.v1", data: { channel: "email" } }),
  },
} as const satisfies Readonly<Record<string, Move>>;

export type MoveName = keyof typeof moves;
export const moveNames = Object.keys(moves) as readonly MoveName[];

/** A chat message in the player's own words, at most 500 characters. */
export function said(text: string): MoveEvent {
  return { type: "lead.chat-message.v1", data: { text } };
}

function viewed(url: string, title: string): MoveEvent {
  return { type: "lead.page-viewed.v1", data: { url, title, secondsOnPage: 95 } };
}

function consented(status: "granted" | "withdrawn", now: number): MoveEvent {
  const at = new Date(now).toISOString();
  const given = status === "granted" ? { doubleOptInAt: at, noticeVersion: "demo" } : {};
  const common = { channel: "email", purpose: "nurture", basis: "consent" } as const;
  return { type: "lead.consent-changed.v1", data: { consent: { ...common, status, at, evidence: "demo", ...given } } };
}
