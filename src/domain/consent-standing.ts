import type { Suppression } from "./facts.ts";
import type { ConsentRecord } from "./lead.ts";

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
