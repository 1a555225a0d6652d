import { z } from "zod";
import { content } from "./content.ts";
import { finding } from "./finding.ts";
import { approvalId, assetId, decisionId, leadId, placementId } from "./ids.ts";
import { touchpoint } from "./plan.ts";
import { instant } from "./vocabulary.ts";

export const approvalStatus = z.enum(["waiting", "approved", "edited", "rejected", "expired", "blocked"]);

/** GET /v1/approvals: a question put to a person, bound to the content hash that the person sees. */
export const approval = z.strictObject({
  approvalId,
  decisionId,
  placementId,
  leadId,
  assetId,
  assetVersion: z.int().positive(),
  touchpoint,
  contentHash: z.string(),
  content,
  /** The quote as it would be shown, read from the version. */
  quote: z.string().nullable(),
  /** The review findings that an approval discharges: exactly these. */
  findings: z.array(finding),
  status: approvalStatus,
  createdAt: instant,
  expiresAt: instant,
  answeredAt: instant.nullable(),
  answeredBy: z.string().nullable(),
});

/** POST /v1/approvals/:id */
export const approvalAnswer = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("approve"), contentHash: z.string(), note: z.string().max(2000).optional() }),
  z.strictObject({
    verdict: z.literal("edit"),
    contentHash: z.string(),
    framing: z.string().max(300),
    note: z.string().max(2000).optional(),
  }),
  z.strictObject({ verdict: z.literal("reject"), contentHash: z.string(), note: z.string().max(2000).optional() }),
]);

export type Approval = z.infer<typeof approval>;
export type ApprovalStatus = z.infer<typeof approvalStatus>;
export type ApprovalAnswer = z.infer<typeof approvalAnswer>;
