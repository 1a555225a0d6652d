import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { PlacementFacts } from "../../../src/domain/facts.ts";
import type { ConsentRecord } from "../../../src/domain/lead.ts";
import { capacityOf, marketOf } from "./markets.ts";
import { contentOf, dayMs, type Opinion, type RuleJudge, renderedOf, strongest, unless } from "./opinion.ts";

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
    const ofCountry = facts.lead === null ? [] : (zones[facts.lead.country] ?? []);
    const own = facts.lead?.timezone;
    // Where the lead may be in one of several, it is night while it is night in any.
    const places = own !== undefined ? [own] : ofCountry.length > 0 ? ofCountry : [facts.profile.defaultTimezone];
    const hourIn = (timeZone: string) =>
      Number(new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(facts.now));
    const hours = Array.from({ length: (quiet.to - quiet.from + 24) % 24 }, (_, after) => (quiet.from + after) % 24);
    return unless(!places.some((place) => hours.includes(hourIn(place))), "hold");
  },

  "contact.repeat": (facts) => {
    const days = facts.playbook.cadence.repeatAfterDays;
    const since = facts.now - days * dayMs;
    return unless(
      days === 0 || !facts.exposures.some((one) => one.assetId === facts.assetId && one.at > since),
      "deny",
    );
  },

  "tracking.consent": (facts) => {
    const [content, rendered] = [contentOf(facts), renderedOf(facts)];
    if (!content || !rendered) return "deny";
    // A link that nobody composed was made for this lead.
    const areLinksShared = rendered.links.every(({ url }) => content.links.some((one) => one.url === url));
    if (areLinksShared && !rendered.tracking?.length) return "ok";
    const isConsented = standingFor(facts, "tracking").standing.some(({ basis }) => basis === "consent");
    return unless(!marketOf(facts).trackingConsent || isConsented, "deny");
  },
};

function under(contacts: number | null, cap: number): Opinion {
  return unless(contacts !== null && contacts < cap, "hold");
}

const { zones } = z
  .object({ zones: z.record(z.string(), z.array(z.string())) })
  .parse(parse(readFileSync("src/guardrails/data/country-zones.yaml", "utf8")));

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

function consent(facts: PlacementFacts): Opinion {
  const { lead, touchpoint, now } = facts;
  if (!lead) return "deny";
  const rows = table.rows.filter(
    (one) => one.channel === touchpoint.channel && one.capacities.includes(capacityOf(facts)),
  );
  const row =
    rows.find((one) => one.countries.includes(lead.country)) ?? rows.find((one) => one.countries.includes("*"));
  if (!row || row.regime === "never") return "deny";
  const { refusals, standing } = standingFor(facts, facts.playbook.purpose);
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

/** What was said no to on this channel for a purpose, and what has been said yes to since and stands. */
function standingFor(facts: PlacementFacts, purpose: string) {
  const records = facts.consents.filter((one) => one.channel === facts.touchpoint.channel && one.purpose === purpose);
  const refusals = records.filter(({ status }) => status === "withdrawn" || status === "declined");
  // A refusal without a time that can be read stands against everything.
  const isAfterRefusals = (record: ConsentRecord) => refusals.every((one) => timeOf(one.at) < timeOf(record.at));
  const given = records.filter(
    (one) => one.status === "granted" && timeOf(one.at) <= facts.now && isAfterRefusals(one),
  );
  const standing = given.filter((one) => !one.expiresAt || facts.now < timeOf(one.expiresAt));
  return { refusals, standing };
}

/** The same day of a later month, or that month's last day where it is shorter. */
function monthsAfter(instant: string, months: number): number {
  const at = new Date(instant);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(at.getUTCDate(), lastDay)) + (at.getTime() % dayMs);
}

const timeOf = (instant: string) => new Date(instant).getTime();
