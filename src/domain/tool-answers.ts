import { z } from "zod";
import { effect, finding } from "./finding.ts";
import { approvalId, assetId, decisionId, leadId, placementId, publicationId } from "./ids.ts";
import { proposedPlacement, touchpoint } from "./plan.ts";
import { assetKind } from "./vocabulary.ts";

/** Every tool that there is. */
export const toolNames = [
  "lookup-lead",
  "search-proof",
  "check-license",
  "check-consent",
  "exposure-history",
  "publish-proof",
] as const;
export type ToolName = (typeof toolNames)[number];

const hit = z.strictObject({
  assetId,
  assetVersion: z.number(),
  kind: assetKind,
  title: z.string(),
  /** 0..1, the weighted sum of `parts`. */
  score: z.number(),
  parts: z.record(z.string(), z.number()),
  /** Rules that would put it before a person: over its age. */
  asks: z.array(z.string()).optional(),
});

/** What `search-proof` answers. */
export const searchProofAnswer = z.strictObject({
  touchpoint,
  /** Best first, what is over its age last; all of them may be shown to the lead there, as far as grants and history say. */
  hits: z.array(hit),
  /** Near misses, with the rules in their way. */
  ruledOut: z.array(hit.extend({ rejectedBy: z.array(z.string()) })),
});

/** What `check-license` answers. */
export const checkLicenseAnswer = z.strictObject({
  /** What the rules say of this placement as a whole. */
  effect,
  /** Findings other than allow about the asset, its endorser, its grants and its words. */
  asset: z.array(finding),
  /** Findings other than allow about the lead, its consent and its cadence: another asset would not help. */
  lead: z.array(finding),
});

const permit = z.strictObject({
  decisionId,
  placementId,
  leadId,
  touchpoint,
  contentHash: z.string(),
  /** Review questions that a person has answered for this content. */
  discharged: z.array(z.string()).readonly(),
  rulesetVersion: z.string(),
  expiresAt: z.number(),
  mac: z.string(),
});

/** What `publish-proof` takes. */
export const publishProofInput = z.strictObject({
  placements: z
    .array(
      z.strictObject({
        placementId,
        proposed: proposedPlacement,
        /** The approval in which a person wrote the framing. */
        editedIn: approvalId.nullable(),
        permit,
      }),
    )
    .min(1)
    .max(10),
});

/** What `publish-proof` answers. */
export const publishProofAnswer = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("published"),
    publications: z.array(z.strictObject({ placementId, publicationId })),
  }),
  /** Nothing was written: something changed since the guardrail judged. */
  z.strictObject({
    outcome: z.literal("refused"),
    placementId,
    effect: z.enum(["hold", "deny"]),
    until: z.number().nullable(),
    findings: z.array(finding),
  }),
]);

export type PublishProofInput = z.infer<typeof publishProofInput>;
export type PublishProofAnswer = z.infer<typeof publishProofAnswer>;
export type SearchProofAnswer = z.infer<typeof searchProofAnswer>;
export type CheckLicenseAnswer = z.infer<typeof checkLicenseAnswer>;
