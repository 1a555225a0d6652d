import { z } from "zod";
import { assetId, leadId, publicationId } from "./ids.ts";
import { consentRecord } from "./lead.ts";
import { channelName, instant, stage, term, webUrl } from "./vocabulary.ts";

const freeText = z.string().min(1).max(20_000);
const outcome = z.strictObject({
  publicationId: publicationId.optional(),
  channel: channelName,
  at: instant.optional(),
});

/** The `data` of each event type, at its newest version. Older versions are upcast in intake. */
export const eventData = {
  "lead.created.v1": z.strictObject({ origin: z.string().max(200).optional() }),
  "lead.page-viewed.v1": z.strictObject({
    url: webUrl,
    title: z.string().max(300).optional(),
    secondsOnPage: z.number().nonnegative().max(86_400).optional(),
  }),
  "lead.form-submitted.v1": z.strictObject({ form: term, message: freeText.optional() }),
  "lead.email-replied.v1": z.strictObject({ text: freeText }),
  "lead.stage-changed.v1": z.strictObject({ from: stage.optional(), to: stage }),
  "lead.inactive.v1": z.strictObject({ days: z.int().positive().max(3650) }),
  "lead.chat-message.v1": z.strictObject({ text: freeText }),
  "lead.consent-changed.v1": z.strictObject({ consent: consentRecord }),
  "opportunity.changed.v1": z.strictObject({
    id: z.string().min(1).max(128),
    stage: term,
    amountMinor: z.int().nonnegative().optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  }),
  "outcome.delivered.v1": outcome,
  "outcome.bounced.v1": outcome,
  "outcome.opened.v1": outcome,
  "outcome.clicked.v1": outcome,
  "outcome.replied.v1": outcome,
  "outcome.converted.v1": outcome,
  "outcome.unsubscribed.v1": outcome,
  "outcome.complained.v1": outcome,
  "asset.grant-revoked.v1": z.strictObject({ assetId, reason: z.string().max(300).optional() }),
} as const;

export type EventType = keyof typeof eventData;
export type EventData = { [T in EventType]: z.infer<(typeof eventData)[T]> };
export const eventTypes = Object.keys(eventData) as readonly EventType[];

/** An accepted event, with its data parsed: a union discriminated by `type`. */
export type LeadEvent = {
  [T in EventType]: {
    readonly type: T;
    /** CloudEvents `source` and `id`: together they name the event for its sender. */
    readonly source: string;
    readonly id: string;
    /** Milliseconds UTC; when it happened, by the sender. */
    readonly time: number;
    /** The lead, except for `asset.*` events, where it is the asset. */
    readonly subject: string;
    readonly data: EventData[T];
    /** W3C Trace Context of what caused it, by CloudEvents' distributed tracing extension, where it is well-formed. */
    readonly traceparent?: string;
  };
}[EventType];

/** CloudEvents 1.0 context attributes that we read; extension attributes are kept. */
export const cloudEventEnvelope = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(500),
  type: z.string().min(1).max(100),
  time: instant.optional(),
  subject: leadId,
  datacontenttype: z.string().max(100).optional(),
  dataschema: z.string().max(500).optional(),
  data: z.unknown(),
});
export type CloudEventEnvelope = z.infer<typeof cloudEventEnvelope>;
