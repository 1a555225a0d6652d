import { z } from "zod";
import { assetId, clearanceId, decisionId } from "./ids.ts";
import { instant } from "./vocabulary.ts";

/** `expired`: it was answered, and the answer has ended; it is open again as soon as a decision asks. */
export const clearanceState = z.enum(["open", "cleared", "refused", "expired"]);

/** GET /v1/clearances: one question about one asset version alone, answered once for every lead. */
export const clearance = z.strictObject({
  clearanceId,
  assetId,
  assetVersion: z.int().positive(),
  rule: z.string(),
  reason: z.string(),
  /** The particulars, as they were when it was asked last. */
  evidence: z.record(z.string(), z.unknown()),
  state: clearanceState,
  /** The version's own; null when it is no longer there. */
  title: z.string().nullable(),
  quote: z.string().nullable(),
  openedAt: instant,
  /** The decision that asked first; null where it came with the sample. */
  openedBy: decisionId.nullable(),
  /** When it last became open. */
  askedAt: instant,
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
  /** Until when the answer stands; null while it is open. */
  expiresAt: instant.nullable(),
  /** How many decisions are held until it is answered. */
  waiting: z.int().nonnegative(),
});

export const clearanceStep = z.strictObject({
  change: z.enum(["opened", "cleared", "refused", "reopened"]),
  at: instant,
  by: z.string(),
  expiresAt: instant.nullable(),
  /** Null where none was given, or the endorser was erased since. */
  note: z.string().nullable(),
});

/** GET /v1/clearances/:id */
export const clearanceDetail = clearance.extend({ history: z.array(clearanceStep) });

const note = z.string().max(2000).optional();
/** Absent: as many as the deployer profile says (`clearanceDays`). */
const days = z.int().positive().max(3650).optional();

/** POST /v1/clearances/:id */
export const clearanceAnswer = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("clear"), note, days }),
  z.strictObject({ verdict: z.literal("refuse"), note, days }),
  z.strictObject({ verdict: z.literal("reopen"), note }),
]);

export type Clearance = z.infer<typeof clearance>;
export type ClearanceDetail = z.infer<typeof clearanceDetail>;
export type ClearanceState = z.infer<typeof clearanceState>;
export type ClearanceStep = z.infer<typeof clearanceStep>;
export type ClearanceAnswer = z.infer<typeof clearanceAnswer>;
