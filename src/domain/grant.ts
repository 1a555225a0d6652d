import { z } from "zod";
import { grantId } from "./ids.ts";
import { attributionMode, channelName, country, element, instant, term } from "./vocabulary.ts";

export const consentStatus = z.enum(["granted", "pending", "declined", "revoked", "expired"]);

/** The terms under which an asset may be used: licence, the endorser's consent, and their limits. */
export const grantTerms = z.strictObject({
  license: term,
  consentStatus,
  channels: z.array(channelName).min(1),
  /** Countries, or "*" for everywhere. */
  territories: z.array(z.union([country, z.literal("*")])).min(1),
  purposes: z.array(term).min(1),
  elements: z.array(element).min(1),
  validFrom: instant.optional(),
  /** Absent: until revoked. */
  validUntil: instant.optional(),
  evidence: z.strictObject({ kind: term, ref: z.string().min(1).max(500) }).optional(),
  attribution: attributionMode.default("full"),
  excerptsAllowed: z.boolean().default(false),
  maxUses: z.strictObject({ count: z.int().positive(), perDays: z.int().positive().max(3650) }).optional(),
  excludes: z
    .strictObject({ companies: z.array(z.string().min(1).max(200)).max(500), reason: z.string().max(200) })
    .optional(),
});

export const grantInput = grantTerms.extend({ grantId: grantId.optional() });

export type ConsentStatus = z.infer<typeof consentStatus>;
export type GrantTerms = z.infer<typeof grantTerms>;
export type GrantInput = z.infer<typeof grantInput>;
