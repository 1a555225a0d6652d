import { z } from "zod";
import { eventTypes } from "./event.ts";
import { eventId, leadId } from "./ids.ts";
import { leadFacts } from "./lead.ts";
import { term } from "./vocabulary.ts";

/**
 * What a decision knows when it plans: ids and typed facts. No direct identifier and no free text; an event's text is
 * read as themes and objections of the taxonomy and otherwise stays behind `eventId`.
 */
export const observed = z.strictObject({
  /** Milliseconds UTC at which this was gathered. */
  at: z.number(),
  eventId,
  eventType: z.enum(eventTypes),
  eventAt: z.number(),
  leadId,
  /** Null when the lead is unknown or was erased since. */
  lead: leadFacts.nullable(),
  hasCompanyEmail: z.boolean(),
  /** Those of the playbook's own path fragments that the viewed page's path contains. */
  pages: z.array(z.string()),
  themes: z.array(term),
  objections: z.array(term),
  hasText: z.boolean(),
  playbook: z.strictObject({ id: z.string(), version: z.int() }).nullable(),
  /** Share of the pilot this lead falls in, 0..1: a keyed hash of lead and playbook. Null where it was not drawn. */
  pilotShare: z.number().min(0).max(1).nullable(),
  recentAssets: z.array(z.strictObject({ assetId: z.string(), at: z.number() })),
});

export type Observed = z.infer<typeof observed>;
