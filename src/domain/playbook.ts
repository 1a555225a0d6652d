import { z } from "zod";
import { eventTypes } from "./event.ts";
import { assetKind, channelName, contactCap, element, intent, stage, term, webUrl } from "./vocabulary.ts";

/** A place on a channel with the limits and the template of what stands there. */
export const touchpointDefinition = z.strictObject({
  channel: channelName,
  place: term,
  /** Text around the proof; `{{company}}`, `{{industry}}`, `{{product}}` are merge fields. Planners may propose another framing. */
  framing: z.string().max(300).default(""),
  /** What an e-mail is called, with the same merge fields; for touchpoints on e-mail, which need one. */
  subject: z.string().min(1).max(150).optional(),
  /** Which elements the place shows if the grant covers them. */
  elements: z.array(element).min(1).default(["quote", "name", "role", "company"]),
  maxQuoteChars: z.int().positive().max(2000).default(600),
  link: z.strictObject({ url: webUrl, text: z.string().min(1).max(80) }).optional(),
});

export const cadence = z.strictObject({
  /** At most `count` plans for this purpose in a calendar window of the lead's time zone, across channels. */
  cap: contactCap,
  /** The same asset is not shown to the same lead again within this many days. */
  repeatAfterDays: z.int().nonnegative().max(3650).default(30),
  /** Local hours in which nothing is sent (push channels only): from, to in 0..23. */
  quietHours: z.strictObject({ from: z.int().min(0).max(23), to: z.int().min(0).max(23) }).optional(),
});

export const playbook = z.strictObject({
  id: term,
  version: z.int().positive(),
  title: z.string().min(1).max(200),
  when: z.strictObject({
    eventTypes: z.array(z.enum(eventTypes)).min(1),
    stages: z.array(stage).default([]),
    personas: z.array(term).default([]),
    /** Substrings of a page's path, for page views; empty: any page. */
    pathContains: z.array(z.string().min(1).max(200)).default([]),
  }),
  /** Among playbooks that match, the highest wins; equal: the more specific, then the id. */
  priority: z.int().default(0),
  intent,
  purpose: term.default("nurture"),
  prefer: z.strictObject({ kinds: z.array(assetKind).default([]), themes: z.array(term).default([]) }),
  touchpoints: z.array(touchpointDefinition).min(1).max(10),
  /** How many of the touchpoints one plan may fill. */
  maxPlacements: z.int().positive().max(10).default(1),
  cadence,
  autonomy: z.strictObject({
    confidenceThreshold: z.number().min(0).max(1),
    approvalHours: z.int().positive().max(720).default(72),
    /** How many uses of a new asset version, playbook version or planner version a person sees first. */
    firstUses: z.int().nonnegative().max(100).default(0),
  }),
  mode: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("off") }),
    z.strictObject({ kind: z.literal("shadow") }),
    z.strictObject({ kind: z.literal("pilot"), share: z.number().gt(0).lt(1) }),
    z.strictObject({ kind: z.literal("full") }),
  ]),
  latencyBudgetMs: z.int().positive().max(10_000).default(300),
  /** How long a publication of this playbook stays live. */
  liveDays: z.int().positive().max(365).default(30),
  /** An event older than this no longer leads to anything. */
  eventTtlHours: z.int().positive().max(8760).default(168),
});

export type Playbook = z.infer<typeof playbook>;
export type TouchpointDefinition = z.infer<typeof touchpointDefinition>;
export type Cadence = z.infer<typeof cadence>;
