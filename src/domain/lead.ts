import { z } from "zod";
import { accountId, leadId } from "./ids.ts";
import { mailAddress } from "./mail-address.ts";
import {
  buyingRole,
  capacity,
  channelName,
  companySize,
  country,
  currency,
  instant,
  language,
  stage,
  term,
} from "./vocabulary.ts";

export const timezone = z.string().refine(isTimeZone, "an IANA time zone, such as Europe/Berlin");

export const consentRecord = z.strictObject({
  channel: channelName,
  purpose: term,
  basis: z.enum([
    "consent",
    "existing-customer",
    "legitimate-interest",
    "contract",
    "inquiry",
    "conspicuous-publication",
  ]),
  status: z.enum(["granted", "pending", "withdrawn", "declined"]),
  at: instant,
  expiresAt: instant.nullable().optional(),
  evidence: z.string().max(500).optional(),
  noticeVersion: z.string().max(64).optional(),
  doubleOptInAt: instant.optional(),
});

export const opportunity = z.strictObject({
  id: z.string().min(1).max(128),
  stage: term,
  amountMinor: z.int().nonnegative().optional(),
  currency: currency.optional(),
  openedAt: instant.optional(),
});

/** What a decision may know of a lead: typed facts, no direct identifier. */
export const leadFacts = z.strictObject({
  country,
  language: language.optional(),
  timezone: timezone.optional(),
  /** Absent: derived (company e-mail and company present: trade), else the deployer profile's default. */
  capacity: capacity.optional(),
  accountId: accountId.optional(),
  company: z
    .strictObject({ name: z.string().min(1).max(200), industry: term.optional(), size: companySize.optional() })
    .optional(),
  persona: term.optional(),
  buyingRole: buyingRole.optional(),
  stage,
  productInterest: z.array(term).max(50).default([]),
  opportunity: opportunity.optional(),
});

/** The direct identifiers, stored only sealed. */
export const leadIdentity = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  email: mailAddress.optional(),
  /** E.164. */
  phone: z
    .string()
    .regex(/^\+[1-9][0-9]{6,14}$/, "E.164, such as +4930123456")
    .optional(),
});

/** PUT /v1/leads/:id and one line of an import. */
export const leadInput = z.strictObject({
  leadId,
  ...leadFacts.shape,
  ...leadIdentity.shape,
  consents: z.array(consentRecord).max(200).default([]),
});

/** What an objection or unsubscribe stops: one channel, or everything. */
export const suppressionScope = z.union([channelName, z.literal("all")]);

export type LeadInput = z.infer<typeof leadInput>;
export type LeadFacts = z.infer<typeof leadFacts>;
export type LeadIdentity = z.infer<typeof leadIdentity>;
export type ConsentRecord = z.infer<typeof consentRecord>;
export type SuppressionScope = z.infer<typeof suppressionScope>;

/** Known to be zones; there are some six hundred names, so this is bounded. Asking Intl costs tens of microseconds. */
const knownZones = new Set<string>();

function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
  } catch {
    return false;
  }
  if (knownZones.size < 1000) knownZones.add(name);
  return true;
}
