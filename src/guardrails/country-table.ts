import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { consentRecord } from "../domain/lead.ts";
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

const table = z.strictObject({ rows: z.array(row).min(1) });

export type CountryRule = z.infer<typeof row>;
export type AcceptedBasis = z.infer<typeof acceptedBasis>;

export interface CountryTable {
  /** The row of the country, else the strict default of every country. */
  rule(country: string, channel: ChannelName, capacity: Capacity): CountryRule;
}

export function loadCountryTable(): CountryTable {
  return toCountryTable(parse(readFileSync(new URL("./data/country-table.yaml", import.meta.url), "utf8")));
}

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
  return {
    rule(country, channel, one) {
      return rules.get(`${country}|${channel}|${one}`) ?? rules.get(`*|${channel}|${one}`) ?? never;
    },
  };
}

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
