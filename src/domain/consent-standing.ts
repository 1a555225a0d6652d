import type { Suppression } from "./facts.ts";
import type { ConsentRecord } from "./lead.ts";
import type { ChannelName } from "./vocabulary.ts";

/**
 * How a lead's word on one channel and purpose stands: as recorded, `expired` when a yes has run out, `suppressed` when
 * an objection or an unsubscribe covers the channel. Whether a yes is needed, or enough, is for the country's rules.
 */
export type ConsentStanding = ConsentRecord["status"] | "expired" | "suppressed";

export function consentStanding(
  record: ConsentRecord,
  suppressions: readonly Suppression[],
  now: number,
): ConsentStanding {
  if (suppressions.some(({ scope }) => scope === "all" || scope === record.channel)) return "suppressed";
  const hasEnded = record.expiresAt !== null && record.expiresAt !== undefined && Date.parse(record.expiresAt) <= now;
  return record.status === "granted" && hasEnded ? "expired" : record.status;
}

/** What a lead's records on one channel and purpose amount to. */
export interface ConsentWord {
  /** The lead has said no, and no yes that stands now came after it. */
  readonly objected: boolean;
  /** Each yes that stands now. */
  readonly given: readonly ConsentRecord[];
}

/**
 * A no ends every earlier yes, and only a yes that stands lifts it: one that is still to be confirmed, or has run out,
 * does not. `now` is milliseconds UTC.
 */
export function consentWord(
  records: readonly ConsentRecord[],
  use: { readonly channel: ChannelName; readonly purpose: string; readonly now: number },
): ConsentWord {
  const own = records.filter((one) => one.channel === use.channel && one.purpose === use.purpose);
  const refusedAt = Math.max(...own.filter(isRefusal).map(refusalTime));
  const given = own.filter((one) => isGiven(one, use.now) && Date.parse(one.at) > refusedAt);
  return { objected: refusedAt !== Number.NEGATIVE_INFINITY && given.length === 0, given };
}

export function isRefusal({ status }: ConsentRecord): boolean {
  return status === "withdrawn" || status === "declined";
}

/** A refusal whose time can't be read stays in force. */
function refusalTime({ at }: ConsentRecord): number {
  const parsed = Date.parse(at);
  return Number.isNaN(parsed) ? Number.POSITIVE_INFINITY : parsed;
}

function isGiven(record: ConsentRecord, now: number): boolean {
  const { expiresAt } = record;
  const hasEnded = expiresAt !== undefined && expiresAt !== null && !(now < Date.parse(expiresAt));
  return record.status === "granted" && Date.parse(record.at) <= now && !hasEnded;
}
