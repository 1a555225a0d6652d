import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { consentRecord } from "../domain/lead.ts";
import { once } from "../domain/once.ts";
import { type Capacity, type ChannelName, capacity, channelName } from "../domain/vocabulary.ts";

const acceptedBasis = z.strictObject({
  basis: consentRecord.shape.basis,
  /** Calendar months after the record's `at` for which the basis stands; absent: until withdrawn or expired. */
  withinMonths: z.int().positive().optional(),
  /** What the record must carry for the basis to be believed. */
  needs: z.array(z.enum(["evidence", "noticeVersion"])).default([]),
});

const row = z.strictObject({
  countries: z.array(z.union([z.string().regex(/^[A-Z]{2}$/), z.literal("*")])).min(1),
  channel: channelName,
  capacities: z.array(capacity).min(1),
  /** opt-out: may be contacted until the lead objects; basis: one of `accepted` must stand; never: not at all. */
  regime: z.enum(["opt-out", "basis", "never"]),
  accepted: z.array(acceptedBasis).default([]),
  /** What a message must offer or carry; read when the channel composes it. */
  duties: z.array(z.enum(["opt-out", "postal-address", "sender-identity", "segment-only"])).default([]),
  source: z.string().min(1),
  /** When the row was last checked against its source. */
  asOf: z.iso.date(),
  /** False: not checked against the original; then no more than consent may be accepted. */
  verified: z.boolean(),
});

/** What showing something to a lead asks for, besides leave to contact. */
const market = z.strictObject({
  countries: row.shape.countries,
  capacities: row.shape.capacities,
  /** Open pixels and links of one's own only with consent to tracking. */
  trackingConsent: z.boolean(),
  /** Where reviews are picked, it is said. */
  reviewSelection: z.boolean(),
  /** How it is made sure that reviews are by people who used the product is said beside them. */
  reviewVerification: z.boolean(),
  /** The policy on reviews is linked beside them. */
  reviewPolicy: z.boolean(),
  /** Who talks to a machine is told so. */
  machineNotice: z.boolean(),
  source: row.shape.source,
  asOf: row.shape.asOf,
  /** False: not checked against the original; then all of it is asked for. */
  verified: z.boolean(),
});

const table = z.strictObject({ rows: z.array(row).min(1), markets: z.array(market).min(1) });

export type CountryRule = z.infer<typeof row>;
export type MarketRule = z.infer<typeof market>;
export type AcceptedBasis = z.infer<typeof acceptedBasis>;

export interface CountryTable {
  /** The row of the country, else the strict default of every country. */
  rule(country: string, channel: ChannelName, capacity: Capacity): CountryRule;
  /** The same for what is shown. Of a lead who is not known everything is asked. */
  market(lead: { readonly country: string; readonly capacity: Capacity } | null): MarketRule;
}

export const loadCountryTable = once(
  (): CountryTable =>
    toCountryTable(parse(readFileSync(new URL("./data/country-table.yaml", import.meta.url), "utf8"))),
);

/** Throws `config` for a row that is not well-formed, given twice, or laxer than its verification allows. */
export function toCountryTable(data: unknown): CountryTable {
  const parsed = table.safeParse(data);
  if (!parsed.success) throw new AppError("config", `country-table.yaml: ${parsed.error.message}`);
  const rules = new Map<string, CountryRule>();
  for (const rule of parsed.data.rows) {
    if (!rule.verified && !isStrict(rule))
      throw new AppError("config", `country-table.yaml: an unverified row must be strict (${rule.source}).`);
    for (const country of rule.countries)
      for (const one of rule.capacities) {
        const key = `${country}|${rule.channel}|${one}`;
        if (rules.has(key)) throw new AppError("config", `country-table.yaml: ${key} is given twice.`);
        rules.set(key, rule);
      }
  }
  for (const channel of channelName.options)
    for (const one of capacity.options)
      if (!rules.has(`*|${channel}|${one}`))
        throw new AppError("config", `country-table.yaml: no default row for ${channel} and ${one}.`);
  const markets = marketsOf(parsed.data.markets);
  return {
    market: (lead) => (lead && (markets.get(keyOf(lead)) ?? markets.get(`*|${lead.capacity}`))) ?? everything,
    rule(country, channel, one) {
      return rules.get(`${country}|${channel}|${one}`) ?? rules.get(`*|${channel}|${one}`) ?? never;
    },
  };
}

type Market = { readonly country: string; readonly capacity: Capacity };
const keyOf = ({ country, capacity: one }: Market) => `${country}|${one}`;

function marketsOf(given: readonly MarketRule[]): ReadonlyMap<string, MarketRule> {
  const markets = new Map<string, MarketRule>();
  for (const one of given) {
    if (!one.verified && !asksForAll(one))
      throw new AppError("config", `country-table.yaml: an unverified market must ask for all (${one.source}).`);
    for (const country of one.countries)
      for (const as of one.capacities) {
        const key = keyOf({ country, capacity: as });
        if (markets.has(key)) throw new AppError("config", `country-table.yaml: the market ${key} is given twice.`);
        markets.set(key, one);
      }
  }
  for (const one of capacity.options)
    if (!markets.has(`*|${one}`)) throw new AppError("config", `country-table.yaml: no default market for ${one}.`);
  return markets;
}

function asksForAll(one: MarketRule): boolean {
  return one.trackingConsent && one.reviewSelection && one.reviewVerification && one.reviewPolicy && one.machineNotice;
}

const everything: MarketRule = Object.freeze({
  countries: ["*"],
  capacities: ["consumer", "trade"],
  trackingConsent: true,
  reviewSelection: true,
  reviewVerification: true,
  reviewPolicy: true,
  machineNotice: true,
  source: "No row",
  asOf: "1970-01-01",
  verified: false,
} satisfies MarketRule);

const never: CountryRule = Object.freeze({
  countries: ["*"],
  channel: "email",
  capacities: ["consumer", "trade"],
  regime: "never",
  accepted: [],
  duties: [],
  source: "No row",
  asOf: "1970-01-01",
  verified: false,
} satisfies CountryRule);

function isStrict(rule: CountryRule): boolean {
  return rule.regime === "never" || (rule.regime === "basis" && rule.accepted.every((one) => one.basis === "consent"));
}
