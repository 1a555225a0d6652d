import { z } from "zod";
import { effect, finding } from "./finding.ts";
import { approvalId, assetId, decisionId, eventId, leadId, placementId, publicationId } from "./ids.ts";
import { touchpoint } from "./plan.ts";
import { instant } from "./vocabulary.ts";

export const decisionStatus = z.enum([
  "received",
  "running",
  "awaiting-approval",
  "held",
  "published",
  "no-action",
  "denied",
  "failed",
  "withdrawn",
]);

export const placementRecord = z.strictObject({
  placementId,
  touchpoint,
  assetId,
  assetVersion: z.int().positive(),
  framing: z.string(),
  /** The approval in which a person wrote the framing; null where it is the template's or the planner's. */
  editedIn: approvalId.nullable().default(null),
  contentHash: z.string().nullable(),
  verdict: effect,
  publicationId: publicationId.nullable(),
  /** proposed | awaiting-approval | rejected | live | withdrawn | not-published */
  state: z.enum(["proposed", "awaiting-approval", "rejected", "live", "withdrawn", "not-published"]),
  findings: z.array(finding),
});

export const candidateRecord = z.strictObject({
  assetId,
  assetVersion: z.int().positive(),
  score: z.number(),
  parts: z.record(z.string(), z.number()),
  rejectedBy: z.array(z.string()),
});

export const confidence = z.strictObject({
  value: z.number().min(0).max(1),
  threshold: z.number().min(0).max(1),
  parts: z.record(z.string(), z.number()),
});

/** GET /v1/decisions/:id: the whole story from event to outcome. */
export const decision = z.strictObject({
  decisionId,
  eventId,
  leadId,
  status: decisionStatus,
  /** Why it ended as it did, in words, where the status alone does not say. */
  reason: z.string().nullable(),
  playbook: z.strictObject({ id: z.string(), version: z.int() }).nullable(),
  planner: z.strictObject({ kind: z.enum(["rules", "llm"]), version: z.string() }).nullable(),
  rulesetVersion: z.string().nullable(),
  placements: z.array(placementRecord),
  candidates: z.array(candidateRecord),
  confidence: confidence.nullable(),
  approval: z
    .strictObject({ approvalId, status: z.enum(["waiting", "approved", "edited", "rejected", "expired", "blocked"]) })
    .nullable(),
  /** For `held`: when it will be judged anew. */
  wakeAt: instant.nullable(),
  attempt: z.int().nonnegative(),
  createdAt: instant,
  updatedAt: instant,
  /** Milliseconds spent per node in the last attempt. */
  timingsMs: z.record(z.string(), z.number()),
});

export type DecisionStatus = z.infer<typeof decisionStatus>;
export type Decision = z.infer<typeof decision>;
export type PlacementRecord = z.infer<typeof placementRecord>;
export type CandidateRecord = z.infer<typeof candidateRecord>;
export type Confidence = z.infer<typeof confidence>;

/** Statuses from which a decision does not move by itself any more. */
export const closedStatuses: readonly DecisionStatus[] = ["published", "no-action", "denied", "failed", "withdrawn"];
