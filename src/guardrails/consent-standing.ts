import { consentWord } from "../domain/consent-standing.ts";
import type { ConsentRecord } from "../domain/lead.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { AcceptedBasis, CountryRule } from "./country-table.ts";

export interface ConsentStanding {
  readonly needed: boolean;
  /** The lead has said no for this channel and purpose, and no yes that stands now came after it. */
  readonly objected: boolean;
  readonly accepted: readonly string[];
  /** Bases that stand now, within the limits of the country's row. */
  readonly standing: readonly string[];
}

/** What the lead's records amount to for one channel and purpose under a row of the country table. */
export function consentStanding(
  records: readonly ConsentRecord[],
  use: { readonly channel: ChannelName; readonly purpose: string; readonly now: number },
  rule: Pick<CountryRule, "regime" | "accepted">,
): ConsentStanding {
  const { objected, given } = consentWord(records, use);
  const isAccepted = (one: ConsentRecord) =>
    rule.accepted.some((limits) => limits.basis === one.basis && isWithin(one, limits, use.now));
  return {
    needed: rule.regime !== "opt-out",
    objected,
    accepted: rule.regime === "basis" ? rule.accepted.map((one) => one.basis) : [],
    standing: [...new Set(given.filter(isAccepted).map((one) => one.basis))],
  };
}

function isWithin(record: ConsentRecord, limits: AcceptedBasis, now: number): boolean {
  return (
    (limits.withinMonths === undefined || now < addMonths(Date.parse(record.at), limits.withinMonths)) &&
    limits.needs.every((field) => record[field] !== undefined && record[field] !== "")
  );
}

/** The same day of a later month, else that month's last day (UTC). */
function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
