import { z } from "zod";
import { approvalStatus } from "../domain/approval.ts";
import { assetStatus } from "../domain/asset.ts";
import { endorserFacts } from "../domain/endorser.ts";
import { grantTerms } from "../domain/grant.ts";
import { approvalId, grantId } from "../domain/ids.ts";
import { consentRecord, leadFacts, suppressionScope } from "../domain/lead.ts";
import { observed } from "../domain/observed.ts";
import { plan, touchpoint } from "../domain/plan.ts";
import { channelName } from "../domain/vocabulary.ts";

const lead = z.strictObject({
  lead: leadFacts.nullable().optional(),
  hasCompanyEmail: z.boolean(),
  hasEmail: z.boolean(),
  consents: z.array(consentRecord),
  suppressions: z.array(z.strictObject({ scope: suppressionScope, reason: z.string(), at: z.number() })),
  exposures: z.array(z.strictObject({ assetId: z.string(), touchpoint, at: z.number() })),
  contactsInWindow: z.number(),
  contactWindowEnd: z.number().nullable(),
  pilotShare: z.number().nullable(),
  killSwitches: z.array(
    z.strictObject({
      scope: z.enum(["global", "channel", "playbook", "asset"]),
      target: z.string(),
      reason: z.string(),
    }),
  ),
  // Not counted before revision 3 of the rules.
  accountContacts: z.number().nullable().default(null),
  accountWindowEnd: z.number().nullable().default(null),
  channelCaps: z
    .partialRecord(channelName, z.strictObject({ contacts: z.number(), windowEnd: z.number() }))
    .default({}),
});

const asset = z.strictObject({
  assetId: z.string(),
  assetStatus: assetStatus.nullable(),
  currentVersion: z.int().nullable(),
  grants: z.array(z.strictObject({ grantId, terms: grantTerms, revokedAt: z.number().nullable() })),
  endorser: endorserFacts.nullable(),
  uses: z.record(z.string(), z.number()),
  // Neither was there before revision 3 of the rules.
  clearances: z
    .array(z.strictObject({ question: z.string(), verdict: z.enum(["cleared", "refused"]), expiresAt: z.number() }))
    .default([]),
  seen: z.strictObject({ asset: z.number(), playbook: z.number(), planner: z.number() }).nullable().default(null),
});

const hit = z.strictObject({
  assetId: z.string(),
  assetVersion: z.int(),
  score: z.number(),
  parts: z.record(z.string(), z.number()),
  asks: z.array(z.string()).optional(),
});

/** The column `reads_json`, as recording.ts describes it. */
export const recordedReads = z.strictObject({
  now: z.number(),
  resumes: z.int().nullable(),
  observed: observed.nullable().optional(),
  isOvertaken: z.boolean(),
  lead: lead.nullable(),
  assets: z.array(asset),
  searches: z.array(
    z.strictObject({
      query: z.unknown(),
      hits: z.array(hit),
      ruledOut: z.array(hit.extend({ rejectedBy: z.array(z.string()) })),
    }),
  ),
  plans: z
    .array(z.strictObject({ calls: z.array(z.tuple([z.string(), z.unknown()])), plan: plan.nullable() }))
    .optional(),
  answers: z.array(z.strictObject({ approvalId, status: approvalStatus })),
  act: z
    .strictObject({
      now: z.number(),
      lead: lead.optional(),
      assets: z.array(asset).optional(),
      isCapFull: z.boolean().optional(),
    })
    .nullable(),
  gaps: z.array(z.string()),
});

export const emailSetup = z.strictObject({
  senderName: z.string(),
  senderAddress: z.string(),
  postalAddress: z.string(),
  unsubscribeUrl: z.string().nullable(),
  unsubscribeDays: z.number(),
  leavesMachine: z.boolean(),
});
