import { z } from "zod";
import { assetKind, capacity, country, language, stage, term, webUrl } from "./vocabulary.ts";

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
