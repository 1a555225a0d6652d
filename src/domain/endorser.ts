import { z } from "zod";
import { endorserId } from "./ids.ts";
import { companySize, instant, relationship, term } from "./vocabulary.ts";

/** What may be kept in the clear about an endorser: no direct identifier. */
export const endorserFacts = z.strictObject({
  role: z.string().max(120).optional(),
  company: z.string().max(200).optional(),
  industry: term.optional(),
  companySize: companySize.optional(),
  relationship,
  currentCustomerCheckedAt: instant.optional(),
});

/** The direct identifiers, stored only sealed. */
export const endorserIdentity = z.strictObject({ name: z.string().min(1).max(200).optional() });

export const endorserInput = z.strictObject({
  ...endorserFacts.shape,
  ...endorserIdentity.shape,
  /** Without it, an id is derived from the asset that brings the endorser. */
  endorserId: endorserId.optional(),
});

export type EndorserInput = z.infer<typeof endorserInput>;
export type EndorserFacts = z.infer<typeof endorserFacts>;
export type EndorserIdentity = z.infer<typeof endorserIdentity>;
