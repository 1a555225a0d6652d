import { z } from "zod";
import { endorserInput } from "./endorser.ts";
import { grantInput } from "./grant.ts";
import { assetId, endorserId, grantId } from "./ids.ts";
import { assetKind, channelName, companySize, country, instant, language, stage, term, webUrl } from "./vocabulary.ts";

/** A result that the asset asserts. `typical` says whether others can generally expect it (16 CFR 255.2(b)). */
export const claim = z.strictObject({
  metric: term,
  value: z.number(),
  unit: z.string().min(1).max(32),
  typical: z.boolean().optional(),
  substantiation: webUrl.optional(),
  /** What others can generally expect, in the words that are shown beside a result that is not typical. */
  generallyExpected: z.string().min(1).max(300).optional(),
});

export const incentive = z.strictObject({
  kind: z.enum(["payment", "gift-card", "discount", "free-product", "donation", "partnership", "other"]),
  conditionedOnSentiment: z.boolean(),
  /** The words of the disclosure, as the endorser's agreement has them. */
  text: z.string().min(1).max(300),
});

/** In the words that are shown: whether the endorser is a client, what was paid, and which conflicts follow from it. */
export const adviserDisclosure = z.strictObject({
  clientStatus: z.string().min(1).max(150),
  compensation: z.string().min(1).max(150),
  conflicts: z.string().min(1).max(300),
});

/** What a usage statistic or an average rests on. */
export const statisticBasis = z.strictObject({
  /** The stored query or method that gives the figure again. */
  query: z.string().min(1).max(500),
  from: instant,
  to: instant,
  /** How many records the figure is computed from. */
  count: z.int().positive(),
  /** Whether it covers every unsuppressed review, or some that were selected (16 CFR 465.7). */
  coverage: z.enum(["all", "selected"]),
});

export const assetSource = z.strictObject({
  system: term,
  url: webUrl.optional(),
  externalId: z.string().max(200).optional(),
  collectedAt: instant.optional(),
  method: z.string().max(100).optional(),
  /** Whether the author is known to be who they say, with real experience (16 CFR 465.2). */
  verified: z.boolean(),
  /** A model wrote some of the words: then the asset is never shown (16 CFR 465.2). */
  machineWritten: z.boolean().optional(),
  incentive: incentive.optional(),
  /** How many reviews the source had when this was collected, for sources that want it said. */
  reviewCount: z.int().positive().optional(),
  /** What a testimonial of an SEC-registered adviser discloses (17 CFR 275.206(4)-1(b)(1)). */
  adviser: adviserDisclosure.optional(),
});

export const audienceSegment = z.strictObject({
  personas: z.array(term).max(50).default([]),
  industries: z.array(term).max(50).default([]),
  companySizes: z.array(companySize).default([]),
  stages: z.array(stage).default([]),
});

/** What a version is made of: the part that is hashed and never changes. Endorser by reference, no grant. */
export const assetContent = z.strictObject({
  kind: assetKind,
  title: z.string().min(1).max(200),
  quote: z.string().min(1).max(2000).optional(),
  body: z.string().max(50_000).optional(),
  language,
  claims: z.array(claim).max(50).default([]),
  source: assetSource,
  productContext: z.array(term).max(50).default([]),
  audienceSegment: audienceSegment.default({ personas: [], industries: [], companySizes: [], stages: [] }),
  themes: z.array(term).max(50).default([]),
  objections: z.array(term).max(50).default([]),
  /** Narrows the grant's territories to this country; absent: no narrowing. */
  jurisdiction: country.optional(),
  /** Narrows the grant's channels; absent: no narrowing. */
  channelAllowances: z.array(channelName).optional(),
  freshnessTimestamp: instant,
  /** For figures of use and averages: what they are computed from. */
  statistic: statisticBasis.optional(),
  /** How the quote speaks of the product, as a person or the rubric judged it; absent: judged from the words. */
  sentiment: z.enum(["positive", "neutral", "mixed", "negative"]).optional(),
  /** The language that the quote was said in, where this version is a translation of it. */
  translatedFrom: language.optional(),
});

/** The steps of an asset's life, in their order; `asset-life-cycle.ts` says which may follow which. */
export const assetStatus = z.enum(["draft", "in-review", "active", "disputed", "deprecated", "withdrawn"]);

const assetWriting = assetContent.extend({
  endorser: endorserInput.optional(),
  endorserId: endorserId.optional(),
  grant: grantInput.optional(),
  grantIds: z.array(grantId).max(20).optional(),
});

const oneEndorser = {
  path: ["endorserId"],
  message: "give endorser or endorserId, not both",
};

/** POST /v1/assets and one line of an import; endorser and grant inline (shorthand) or by id. */
export const assetInput = assetWriting
  .extend({
    assetId,
    /** Where a new asset begins; `active` unless said. An asset that is there keeps its status. */
    status: assetStatus.extract(["draft", "in-review", "active"]).optional(),
  })
  .refine((asset) => !(asset.endorser && asset.endorserId), oneEndorser);

/** PUT /v1/assets/:id: the same for an asset that is there. */
export const assetChange = assetWriting
  .extend({ assetId: assetId.optional() })
  .refine((asset) => !(asset.endorser && asset.endorserId), oneEndorser);

export type AssetInput = z.infer<typeof assetInput>;
export type AssetContent = z.infer<typeof assetContent>;
export type AssetStatus = z.infer<typeof assetStatus>;
export type StatisticBasis = z.infer<typeof statisticBasis>;
export type Claim = z.infer<typeof claim>;
export type Incentive = z.infer<typeof incentive>;
