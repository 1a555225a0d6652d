import type { ConsentRecord } from "../domain/lead.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { AcceptedBasis, CountryRule } from "./country-table.ts";

export interface ConsentStanding {
  readonly needed: boolean;
  /** The newest word of the lead for this channel and purpose is a no. */
  readonly objected: boolean;
  readonly accepted: readonly string[];
  /** Bases on which the newest record stands now, within the limits of the country's row. */
  readonly standing: readonly string[];
}

/** What the lead's records amount to for one channel and purpose under a row of the country table. */
export function consentStanding(
  records: readonly ConsentRecord[],
  use: { readonly channel: ChannelName; readonly purpose: string; readonly now: number },
  rule: CountryRule,
): ConsentStanding {
  const newest = newestRecord(records, use);
  const limits = newest && rule.accepted.find((one) => one.basis === newest.basis);
  const stands = newest && limits && isStanding(newest, limits, use.now);
  return {
    needed: rule.regime !== "opt-out",
    objected: newest !== null && (newest.status === "withdrawn" || newest.status === "declined"),
    accepted: rule.regime === "basis" ? rule.accepted.map((one) => one.basis) : [],
    standing: stands ? [newest.basis] : [],
  };
}

/**
 * By `at`; of two at the same instant the one that is not a grant, since the stricter reading is the safe one. A time
 * that can't be read makes a grant worthless and leaves a refusal in force.
 */
function newestRecord(
  records: readonly ConsentRecord[],
  use: { readonly channel: ChannelName; readonly purpose: string },
): ConsentRecord | null {
  let newest: ConsentRecord | null = null;
  let newestAt = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    if (record.channel !== use.channel || record.purpose !== use.purpose) continue;
    const granted = record.status === "granted";
    const parsed = Date.parse(record.at);
    const at = Number.isNaN(parsed) ? (granted ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : parsed;
    if (at > newestAt || (at === newestAt && !granted)) {
      newest = record;
      newestAt = at;
    }
  }
  return newest;
}

function isStanding(record: ConsentRecord, limits: AcceptedBasis, now: number): boolean {
  const at = Date.parse(record.at);
  return (
    record.status === "granted" &&
    at <= now &&
    (record.expiresAt === undefined || record.expiresAt === null || now < Date.parse(record.expiresAt)) &&
    (limits.withinMonths === undefined || now < addMonths(at, limits.withinMonths)) &&
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
