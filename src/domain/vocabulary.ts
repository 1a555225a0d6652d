import { z } from "zod";

/** Closed vocabularies of the trade. Personas, industries, products, themes, objections and purposes are the deployment's taxonomy. */
export const channelName = z.enum(["web", "email", "chat", "ads"]);
export const stage = z.enum([
  "awareness",
  "consideration",
  "evaluation",
  "decision",
  "onboarding",
  "expansion",
  "renewal",
]);
export const companySize = z.enum(["1-10", "11-50", "51-200", "201-1000", "1001-5000", "5001+"]);
export const assetKind = z.enum(["testimonial", "review", "case-study", "statistic", "success-story", "award", "logo"]);
export const element = z.enum(["quote", "name", "role", "company", "logo", "photo"]);
export const attributionMode = z.enum(["full", "initials", "role-only", "anonymous"]);
export const capacity = z.enum(["consumer", "trade"]);
export const intent = z.enum(["build-credibility", "answer-objection", "reactivate", "accelerate", "expand"]);
export const buyingRole = z.enum(["champion", "evaluator", "decision-maker", "economic-buyer", "user", "blocker"]);
export const relationship = z.enum([
  "customer",
  "former-customer",
  "employee",
  "officer",
  "agent",
  "relative",
  "partner",
  "investor",
  "expert",
  "analyst",
]);

/** A term of the deployment's taxonomy: lower-case words joined by hyphens. */
export const term = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words joined by hyphens");

/** RFC 3339 with an offset; kept as text in records, as milliseconds UTC in storage. */
export const instant = z.iso.datetime({ offset: true });
/** ISO 3166-1 alpha-2, upper case. */
export const country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code, such as DE");
/** BCP 47: language, optional script and region. */
export const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/, "a BCP 47 language tag, such as de or pt-BR");
export const currency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 currency code, such as EUR");
/** Only http and https; anything else (javascript:, data:) can act. */
export const webUrl = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(2048);

/** At most `count` in a calendar window of the lead's time zone. */
export const contactCap = z.strictObject({
  count: z.int().positive().max(100),
  window: z.enum(["day", "week", "month"]),
});

export type ChannelName = z.infer<typeof channelName>;
export type Stage = z.infer<typeof stage>;
export type CompanySize = z.infer<typeof companySize>;
export type AssetKind = z.infer<typeof assetKind>;
export type Element = z.infer<typeof element>;
export type AttributionMode = z.infer<typeof attributionMode>;
export type Capacity = z.infer<typeof capacity>;
export type Intent = z.infer<typeof intent>;
