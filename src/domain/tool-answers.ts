import { z } from "zod";
import { effect, finding } from "./finding.ts";
import { touchpoint } from "./plan.ts";
import { assetKind } from "./vocabulary.ts";

const hit = z.strictObject({
  assetId: z.string(),
  assetVersion: z.number(),
  kind: assetKind,
  title: z.string(),
  /** 0..1, the weighted sum of `parts`. */
  score: z.number(),
  parts: z.record(z.string(), z.number()),
});

/** What `search-proof` answers. */
export const searchProofAnswer = z.strictObject({
  touchpoint,
  /** Best first; all of them may be shown to the lead there, as far as grants and history say. */
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

export type SearchProofAnswer = z.infer<typeof searchProofAnswer>;
export type CheckLicenseAnswer = z.infer<typeof checkLicenseAnswer>;
