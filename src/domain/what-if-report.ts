import { z } from "zod";
import { decisionId } from "./ids.ts";
import { cause } from "./replay-report.ts";
import { instant } from "./vocabulary.ts";

/** A file as somebody would put it in place: its name, and what stands in it. */
const file = z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(200_000) });
const share = z.number().min(0).max(1);

/** Settings to try on recorded decisions. What is left out stays as it was when they were made. */
export const requestedChange = z
  .strictObject({
    /** Playbooks (YAML): each stands in the place of every version of its id. */
    playbooks: z.array(file).max(50).optional(),
    /**
     * Policies (Cedar), and the deployment's overrides (`overrides.yaml`): a file takes the place of the one of its name,
     * or is added; tried as if always in force.
     */
    policies: z.array(file).max(50).optional(),
    /** The deployment's own policies and overrides as a whole, in the place of those that stand. */
    policySet: z.array(file).max(50).optional(),
    /** A confidence threshold for all playbooks, or by playbook id. */
    threshold: z.union([share, z.record(z.string(), share)]).optional(),
    /** The deployer profile (YAML). */
    profile: file.optional(),
    /** The brand file (YAML). */
    brand: file.optional(),
    /** Plans anew by another planner: `rules`. */
    model: z.string().min(1).max(200).optional(),
  })
  .refine((change) => Object.values(change).some((one) => one !== undefined), "name at least one setting to try");

/** A decision can change in several ways; `same` in none. */
export const changeKind = z.enum([
  "same",
  "allow-to-deny",
  "deny-to-allow",
  "newly-to-person",
  "no-longer-to-person",
  "newly-held",
  "no-longer-held",
  "other-playbook",
  "other-asset",
  "other-place",
  "other-words",
]);

const placed = z.strictObject({
  assetId: z.string(),
  assetVersion: z.int(),
  channel: z.string(),
  place: z.string(),
});

/** How a decision rests, over all of its attempts. */
export const outcomeOfRun = z.strictObject({
  status: z.string(),
  reason: z.string().nullable(),
  playbook: z.string().nullable(),
  placements: z.array(placed),
  confidence: z.strictObject({ value: z.number(), threshold: z.number() }).nullable(),
});

const estimate = z.strictObject({
  /** What is counted: `clicked`, `replied`, `converted`, `unsubscribed`, `complained`. */
  outcome: z.string(),
  /** Share of the published decisions of the log with that outcome, and how many those are. */
  observed: z.strictObject({ rate: z.number(), decisions: z.int() }).nullable(),
  /** The same under the change; null where nothing can be said, and `words` say why. */
  estimated: z
    .strictObject({
      rate: z.number(),
      /** 95%. */
      low: z.number(),
      high: z.number(),
      method: z.enum(["unweighted-wilson", "self-normalised-ips-bootstrap"]),
      decisions: z.int(),
    })
    .nullable(),
  /** Whatever became of what the log cannot speak of: the rate lies between these. */
  bounds: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  words: z.string(),
});

export const whatIfReport = z.strictObject({
  kind: z.literal("what-if"),
  at: instant,
  under: z.strictObject({ software: z.string(), ruleset: z.string(), planner: z.string() }),
  /** What was changed, in words. */
  change: z.array(z.string()),
  counts: z.strictObject({
    decisions: z.int(),
    compared: z.int(),
    changed: z.int(),
    notCompared: z.int(),
    /** Decided otherwise by this version without the change as well: compared with that. */
    drifted: z.int(),
  }),
  byChange: z.array(z.strictObject({ change: changeKind, count: z.int() })),
  transitions: z.array(z.strictObject({ from: z.string(), to: z.string(), count: z.int() })),
  byPlaybook: z.array(
    z.strictObject({
      playbook: z.string(),
      decisions: z.int(),
      changed: z.int(),
      published: z.strictObject({ before: z.int(), after: z.int() }),
      asked: z.strictObject({ before: z.int(), after: z.int() }),
    }),
  ),
  examples: z.array(
    z.strictObject({
      change: changeKind,
      decisionId,
      before: outcomeOfRun,
      after: outcomeOfRun,
      why: z.array(z.string()),
    }),
  ),
  notCompared: z.array(z.strictObject({ decisionId, causes: z.array(cause) })),
  /** Reads that the recordings do not hold, made as things stand today; `decisions`: how many had any. */
  readToday: z.strictObject({
    decisions: z.int(),
    searches: z.int(),
    assets: z.int(),
    leads: z.int(),
    plans: z.int(),
    byDecision: z.array(z.strictObject({ decisionId, reads: z.int() })),
  }),
  outcomes: z.strictObject({
    /** Published decisions under the change. */
    publishing: z.int(),
    /** Of those: in the log with the same action. */
    matched: z.int(),
    /** Of those: the log could have had the action (a pilot drew the other side), and others stand for it. */
    supported: z.int(),
    /** Of those: the log never had the action. */
    unsupported: z.int(),
    estimates: z.array(estimate),
  }),
  caveats: z.array(z.string()),
});

export type RequestedChange = z.infer<typeof requestedChange>;
export type ChangeKind = z.infer<typeof changeKind>;
export type OutcomeOfRun = z.infer<typeof outcomeOfRun>;
export type OutcomeEstimate = z.infer<typeof estimate>;
export type WhatIfReport = z.infer<typeof whatIfReport>;
