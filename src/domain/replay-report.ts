import { z } from "zod";
import { decisionId } from "./ids.ts";
import { instant } from "./vocabulary.ts";

/** Why a replay came out otherwise than what is recorded. The last of them is the alarm: nothing that is known did it. */
export const causeKind = z.enum([
  "record-tampered",
  "lead-erased",
  "asset-version-missing",
  "playbook-missing",
  "recording-incomplete",
  "software",
  "ruleset",
  "planner",
  "taxonomy",
  "playbook",
  "unexplained",
]);

export const cause = z.strictObject({
  kind: causeKind,
  /** For a person: what differs, from what to what. */
  words: z.string(),
});

/** One place in the result (RFC 6901), and what stands there; absent where there is nothing. */
export const difference = z.strictObject({
  pointer: z.string(),
  recorded: z.unknown().optional(),
  replayed: z.unknown().optional(),
});

export const decisionReplay = z.strictObject({
  decisionId,
  /** `not-replayed`: nothing was recorded, or what it stands on is gone; `causes` say which. */
  outcome: z.enum(["same", "different", "not-replayed"]),
  /** How many attempts were run again; the last of them is the one that differs, where one does. */
  attempts: z.int(),
  differences: z.array(difference),
  /** Of a difference, or of its not being replayed; empty for `same`. */
  causes: z.array(cause),
});

/** POST /v1/replays without `with`. */
export const replayReport = z.strictObject({
  kind: z.literal("replay"),
  at: instant,
  /** What the decisions were replayed under. */
  under: z.strictObject({ software: z.string(), ruleset: z.string(), planner: z.string() }),
  counts: z.strictObject({
    decisions: z.int(),
    same: z.int(),
    different: z.int(),
    /** Of the different ones: those that nothing known explains. */
    unexplained: z.int(),
    notReplayed: z.int(),
  }),
  decisions: z.array(decisionReplay),
});

export type Cause = z.infer<typeof cause>;
export type CauseKind = z.infer<typeof causeKind>;
export type Difference = z.infer<typeof difference>;
export type DecisionReplay = z.infer<typeof decisionReplay>;
export type ReplayReport = z.infer<typeof replayReport>;
