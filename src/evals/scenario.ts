import { z } from "zod";
import { assetStatus } from "../domain/asset.ts";
import { decisionStatus } from "../domain/decision.ts";
import { deliveryState } from "../domain/publication.ts";
import { channelName, instant, term } from "../domain/vocabulary.ts";
import { momentExpectation, touchpointName } from "./expectation.ts";

/** A record as a scenario writes it: whole, or `like` one of the sample's with what differs. */
const written = z.record(z.string(), z.unknown());

const span = z
  .strictObject({
    days: z.number().nonnegative().optional(),
    hours: z.number().nonnegative().optional(),
    minutes: z.number().nonnegative().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, "days, hours or minutes");

/** A lead event less what the runner fills in: `time` is now, `id` the step's, `source` the scenario. */
const writtenEvent = z.strictObject({
  type: z.string().min(1),
  lead: z.string().min(1),
  data: written.default({}),
  /** When it happened, where that is not now. */
  time: instant.optional(),
  /** Where an event is to come in twice: its CloudEvents id. */
  id: z.string().min(1).max(200).optional(),
});

const answer = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("approve"), note: z.string().optional() }),
  z.strictObject({ verdict: z.literal("edit"), framing: z.string(), note: z.string().optional() }),
  z.strictObject({ verdict: z.literal("reject"), note: z.string().optional() }),
]);

/** What happens in a step: exactly one of these. */
const happening = {
  /** A lead event comes in. */
  event: writtenEvent.optional(),
  /** Time passes; what falls due then runs. */
  wait: span.optional(),
  /** The clock is set, never back. */
  clock: instant.optional(),
  /** A person answers the question that waits longest; where none waits, the newest there was. */
  answer: answer.optional(),
  /** A person answers what is asked about versions of the asset: all of it, or what one rule asks. */
  clear: z
    .strictObject({
      asset: z.string(),
      rule: z.string().optional(),
      verdict: z.enum(["clear", "refuse", "reopen"]).default("clear"),
      days: z.int().positive().optional(),
    })
    .optional(),
  /** Every grant of the asset is revoked. */
  revoke: z.string().optional(),
  /** A kill switch is set, or cleared. */
  stop: z.strictObject({ scope: z.enum(["global", "channel", "playbook", "asset"]), target: z.string() }).optional(),
  resume: z.strictObject({ scope: z.enum(["global", "channel", "playbook", "asset"]), target: z.string() }).optional(),
  /** What the last decision published is withdrawn by hand. */
  withdraw: z.string().optional(),
  /** A record is written anew: `like` one that is there. */
  asset: written.optional(),
  lead: written.optional(),
  /** One step of the asset's life. */
  status: z.strictObject({ asset: z.string(), to: assetStatus }).optional(),
  /** How the mail server behaves from here on. */
  mail: z.enum(["works", "refuses", "fails", "loses"]).optional(),
  /** How many reads of the CRM fail from here on. */
  crmFails: z.int().positive().max(100).optional(),
  /** A page asks what it shows the lead now: of which asset, with which words on it, and which not. */
  look: z
    .strictObject({
      lead: z.string(),
      place: term,
      asset: z.string().nullable(),
      shows: z.array(z.string().min(1)).min(1).optional(),
      hides: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
} as const;

export const happenings = Object.keys(happening) as readonly (keyof typeof happening)[];

export const step = z
  .strictObject({
    /** So that a later step can speak of this one's decision. */
    name: term.optional(),
    ...happening,
    /** Whose decision `expect` is about: an earlier step's name; absent: the newest decision. */
    of: term.optional(),
    expect: momentExpectation.optional(),
  })
  .superRefine((given, context) => {
    const found = happenings.filter((key) => given[key] !== undefined);
    if (found.length !== 1) {
      const message = `a step is exactly one of ${happenings.join(", ")}; this one has ${found.join(" and ") || "none"}`;
      context.addIssue({ code: "custom", message });
    }
  });

const count = z.int().nonnegative();

/** What is to hold once every step is done. */
export const endExpectation = z.strictObject({
  /** How many decisions rest with each status; those not named are not looked at. */
  decisions: z.partialRecord(decisionStatus, count).optional(),
  /** What is live at the end, all of it. */
  live: z.array(z.strictObject({ lead: z.string(), at: touchpointName, asset: z.string() })).optional(),
  /** How many deliveries rest in each state. */
  deliveries: z.partialRecord(deliveryState, count).optional(),
  /** How many messages went out. */
  messages: count.optional(),
  /** What is never published in the whole run. */
  never: z
    .strictObject({
      assets: z.array(z.string()).optional(),
      channels: z.array(channelName).optional(),
      leads: z.array(z.string()).optional(),
    })
    .optional(),
});

/** A plan that a scripted planner returns: an action by asset ids, or anything at all. */
const scriptedPlan = z.union([
  z.strictObject({
    place: z
      .array(
        z.strictObject({
          asset: z.string(),
          at: touchpointName,
          version: z.int().positive().default(1),
          framing: z.string().optional(),
          excerpt: z.strictObject({ start: z.int(), end: z.int() }).optional(),
        }),
      )
      .min(1),
    confidence: z.number().optional(),
  }),
  z.strictObject({ none: z.string() }),
  /** Given back as it stands: what a planner must not do. */
  z.strictObject({ raw: z.unknown() }),
  /** The planner throws. */
  z.strictObject({ throws: z.string() }),
]);

/** One recorded or written story: what there is, what happens, what is expected. Unknown fields are refused. */
export const scenario = z.strictObject({
  id: term,
  title: z.string().min(1).max(200),
  group: term,
  tags: z.array(term).default([]),
  /** Why it is here, for whoever reads its failure. */
  why: z.string().max(1000).optional(),
  now: instant,
  /** sample: the sample's catalogue and leads; empty: nothing but what is written here. The playbooks are the deployment's. */
  world: z.enum(["sample", "empty"]).default("empty"),
  /** Where readers would reach the service; the links to unsubscribe lead there. */
  publicUrl: z.url({ protocol: /^https?$/ }).default("https://proof.example"),
  /** Fields of the deployer profile that differ. */
  profile: written.default({}),
  playbooks: z.array(written).default([]),
  accounts: z.array(written).default([]),
  assets: z.array(written).default([]),
  leads: z.array(written).default([]),
  /** What leads were shown before, on a page, each in a plan of its own that counts as a contact. */
  shown: z
    .array(z.strictObject({ lead: z.string(), asset: z.string(), at: instant, purpose: term.default("nurture") }))
    .default([]),
  /** What people had said before of the first version of an asset; `reason` is the rule's own. */
  clearances: z
    .array(
      z.strictObject({
        asset: z.string(),
        rule: z.string(),
        reason: z.string(),
        verdict: z.enum(["clear", "refuse"]).default("clear"),
        days: z.int().positive().optional(),
      }),
    )
    .default([]),
  /** Absent: the planner of the run. A script is a planner that returns these, one a call, the last one again. */
  script: z.array(scriptedPlan).min(1).optional(),
  steps: z.array(step).min(1),
  expect: endExpectation.default({}),
});

/** One file: scenarios that share a group and what they have in common. */
export const scenarioFile = z.strictObject({
  group: term,
  /**
   * Fields that every scenario of the file has unless it says otherwise: lists are put before its own, objects are merged
   * field by field. What they come to is read with each scenario.
   */
  common: written.default({}),
  scenarios: z.array(z.unknown()).min(1),
});

export type Scenario = z.output<typeof scenario>;
export type Step = z.output<typeof step>;
export type ScriptedPlan = z.output<typeof scriptedPlan>;
