import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { PlacementFacts } from "../../../src/domain/facts.ts";
import type { ConsentRecord } from "../../../src/domain/lead.ts";
import { dayMs, type Opinion, type RuleJudge, strongest, unless } from "./opinion.ts";

/** The lead's rights, on the facts. */
export const leadRights: Readonly<Record<string, RuleJudge>> = {
  "consent.channel": consent,

  "consent.suppressed": (facts) =>
    unless(!facts.suppressions.some(({ scope }) => scope === "all" || scope === facts.touchpoint.channel), "deny"),

  "contact.frequency": (facts) => {
    const { contactCaps } = facts.profile;
    const channelCap = contactCaps.channels[facts.touchpoint.channel];
    // A lead who stands for nobody has no account to spare; whether an unknown one does, nobody can tell.
    const accountCap = facts.lead && facts.lead.accountId === undefined ? undefined : contactCaps.account;
    return strongest([
      under(facts.contactsInWindow, facts.playbook.cadence.cap.count),
      accountCap === undefined ? "ok" : under(facts.accountContacts, accountCap.count),
      channelCap === undefined ? "ok" : under(facts.channelContacts, channelCap.count),
    ]);
  },

  "contact.quiet-hours": (facts) => {
    const quiet = facts.playbook.cadence.quietHours;
    const { channel } = facts.touchpoint;
    if (quiet === undefined || channel === "web" || channel === "chat") return "ok";
    const timeZone = facts.lead?.timezone ?? facts.profile.defaultTimezone;
    const hour = Number(
      new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(facts.now),
    );
    const hours = Array.from({ length: (quiet.to - quiet.from + 24) % 24 }, (_, after) => (quiet.from + after) % 24);
    return unless(!hours.includes(hour), "hold");
  },

  "contact.repeat": (facts) => {
    const days = facts.playbook.cadence.repeatAfterDays;
    const since = facts.now - days * dayMs;
    return unless(
      days === 0 || !facts.exposures.some((one) => one.assetId === facts.assetId && one.at > since),
      "deny",
    );
  },
};

function under(contacts: number | null, cap: number): Opinion {
  return unless(contacts !== null && contacts < cap, "hold");
}

const table = z
  .object({
    rows: z.array(
      z.object({
        countries: z.array(z.string()),
        channel: z.string(),
        capacities: z.array(z.string()),
        regime: z.enum(["opt-out", "basis", "never"]),
        accepted: z
          .array(
            z.object({
              basis: z.string(),
              withinMonths: z.number().optional(),
              needs: z.array(z.enum(["evidence", "noticeVersion"])).default([]),
            }),
          )
          .default([]),
      }),
    ),
  })
  .parse(parse(readFileSync("src/guardrails/data/country-table.yaml", "utf8")));

/** As recorded; else derived from company e-mail and company; else as the deployer says. */
export function capacityOf({ lead, hasCompanyEmail, profile }: PlacementFacts): string {
  return lead?.capacity ?? (lead?.company && hasCompanyEmail ? "trade" : profile.defaultCapacity);
}

function consent(facts: PlacementFacts): Opinion {
  const { lead, touchpoint, now } = facts;
  if (!lead) return "deny";
  const rows = table.rows.filter(
    (one) => one.channel === touchpoint.channel && one.capacities.includes(capacityOf(facts)),
  );
  const row =
    rows.find((one) => one.countries.includes(lead.country)) ?? rows.find((one) => one.countries.includes("*"));
  if (!row || row.regime === "never") return "deny";
  const records = facts.consents.filter(
    (one) => one.channel === touchpoint.channel && one.purpose === facts.playbook.purpose,
  );
  const refusals = records.filter(({ status }) => status === "withdrawn" || status === "declined");
  // A refusal without a time that can be read stands against everything.
  const isAfterRefusals = (record: ConsentRecord) => refusals.every((one) => timeOf(one.at) < timeOf(record.at));
  const given = records.filter((one) => one.status === "granted" && timeOf(one.at) <= now && isAfterRefusals(one));
  const standing = given.filter((one) => !one.expiresAt || now < timeOf(one.expiresAt));
  if (refusals.length > 0 && standing.length === 0) return "deny";
  if (row.regime === "opt-out") return "ok";
  const isAccepted = (record: ConsentRecord) =>
    row.accepted.some(
      ({ basis, withinMonths, needs }) =>
        basis === record.basis &&
        needs.every((field) => record[field]) &&
        (withinMonths === undefined || now < monthsAfter(record.at, withinMonths)),
    );
  return unless(standing.some(isAccepted), "deny");
}

/** The same day of a later month, or that month's last day where it is shorter. */
function monthsAfter(instant: string, months: number): number {
  const at = new Date(instant);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(at.getUTCDate(), lastDay)) + (at.getTime() % dayMs);
}

const timeOf = (instant: string) => new Date(instant).getTime();
