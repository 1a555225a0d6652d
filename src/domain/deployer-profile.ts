import { z } from "zod";
import { assetKind, capacity, channelName, contactCap, country, language, stage, term, webUrl } from "./vocabulary.ts";

/** What the deploying company is; rules read it to know whether they apply. */
export const deployerProfile = z.strictObject({
  name: z.string().min(1).max(200),
  sector: term,
  markets: z.array(country).min(1),
  brands: z.array(z.string().min(1).max(100)).min(1),
  postalAddress: z.string().min(1).max(500),
  defaultCapacity: capacity,
  defaultLanguage: language,
  defaultTimezone: z.string().min(1).max(64),
  /** Declared competitors: their quotes are never shown to each other, nor ours to them. */
  competitors: z.array(z.string().min(1).max(200)).default([]),
  /** Age in days after which an asset of the kind is no longer fresh. */
  freshnessDays: z.partialRecord(assetKind, z.int().positive()).default({}),
  /** A CRM's own stage names, mapped to the lifecycle. */
  stageMap: z.record(z.string(), stage).default({}),
  /** Hosts that links in content may point to, besides the asset's own source. */
  linkHosts: z.array(z.string().min(1).max(253)).default([]),
  privacyUrl: webUrl.optional(),
  /** Regimes that the deploying company is under; rules that concern only them apply then. */
  regulated: z.array(z.enum(["sec-adviser"])).default([]),
  /** Source platforms whose licence for use in marketing the deploying company holds. */
  sourceLicences: z.array(term).default([]),
  /** How it is made sure that reviews are by people who used the product, in words that are shown. */
  reviewVerification: z.string().min(1).max(300).optional(),
  /** The published policy on reviews. */
  reviewPolicyUrl: webUrl.optional(),
  /** Whether words that a model wrote are marked as such. */
  marksModelText: z.boolean().default(false),
  /** Days for which a check that an endorser is still a customer, and in that post, counts. */
  endorserCheckDays: z.int().positive().max(3650).default(365),
  /** Days for which a person's clearance of a question about an asset version stands, unless the answer says otherwise. */
  clearanceDays: z.int().positive().max(3650).default(365),
  /** Caps above those of the playbooks, over all purposes: plans to one account, plans to one lead on a channel. */
  contactCaps: z
    .strictObject({ account: contactCap.optional(), channels: z.partialRecord(channelName, contactCap).default({}) })
    .default({ channels: {} }),
});

const terms = z.array(
  z.strictObject({ term, label: z.string().min(1).max(100), phrases: z.array(z.string().min(2).max(100)).default([]) }),
);

/** The deployment's own words. `phrases` let an event's text be read as a theme or objection without keeping the text. */
export const taxonomy = z.strictObject({
  personas: terms,
  industries: terms,
  products: terms,
  themes: terms,
  objections: terms,
  purposes: terms,
});

export type DeployerProfile = z.infer<typeof deployerProfile>;
export type Taxonomy = z.infer<typeof taxonomy>;
