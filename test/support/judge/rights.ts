import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Grant, PlacementFacts } from "../../../src/domain/facts.ts";
import { companyName, isOneOf, namingIn } from "./companies.ts";
import {
  contentOf,
  dayMs,
  grantOf,
  isInForce,
  type Opinion,
  type RuleJudge,
  renderedOf,
  unless,
  versionOf,
} from "./opinion.ts";

/** The elements that each attribution mode leaves. */
export const masked: Readonly<Record<string, readonly string[]>> = {
  full: ["quote", "name", "role", "company", "logo", "photo"],
  initials: ["quote", "name", "role", "company", "logo"],
  "role-only": ["quote", "role"],
  anonymous: ["quote"],
};

/** Rights to use the proof. */
export const rights: Readonly<Record<string, RuleJudge>> = {
  "grant.valid": (facts) => {
    const grant = grantOf(facts);
    return unless(grant !== null && isInForce(grant, facts.now), "deny");
  },

  "grant.channel": (facts) => {
    const narrowed = versionOf(facts)?.content.channelAllowances;
    const { channel } = facts.touchpoint;
    const isCovered = grantOf(facts)?.terms.channels.includes(channel) ?? false;
    return unless(isCovered && (narrowed?.includes(channel) ?? true), "deny");
  },

  "grant.territory": (facts) => {
    const country = facts.lead?.country;
    const narrowed = versionOf(facts)?.content.jurisdiction;
    const isCovered = grantOf(facts)?.terms.territories.some((one) => one === "*" || one === country) ?? false;
    return unless(country !== undefined && isCovered && (narrowed === undefined || narrowed === country), "deny");
  },

  "grant.purpose": (facts) => unless(grantOf(facts)?.terms.purposes.includes(facts.playbook.purpose) ?? false, "deny"),

  "grant.elements": (facts) => {
    const content = contentOf(facts);
    const grant = grantOf(facts);
    if (content === null || grant === null) return "deny";
    const allowed = grant.terms.elements.filter((one) => masked[grant.terms.attribution]?.includes(one));
    const isCovered = content.elements.every((one) => allowed.includes(one));
    const isQuoteSaid = content.quote === null || content.elements.includes("quote");
    // Masked beside the words and named in them is not masked.
    const naming = namingOfCompany(facts);
    const isMasked = !allowed.includes("company");
    if (naming === null || (naming === "named" && isMasked)) return "deny";
    if (content.attribution !== grant.terms.attribution || !isCovered || !isQuoteSaid) return "deny";
    return unless(naming === "not" || !isMasked, "review");
  },

  "asset.current": (facts) =>
    unless(
      versionOf(facts) !== null && facts.assetStatus === "active" && facts.currentVersion === facts.assetVersion,
      "deny",
    ),

  "asset.fresh": freshness,

  "endorser.exclusions": exclusions,

  "endorser.fatigue": (facts) => {
    const cap = grantOf(facts)?.terms.maxUses;
    return unless(
      cap === undefined || (facts.grantUses !== null && facts.grantUses + facts.planUses < cap.count),
      "deny",
    );
  },
};

/** How the words shown name the endorser's company; null where that is not known. What may name it must not be ours. */
function namingOfCompany(facts: PlacementFacts): "named" | "perhaps" | "not" | null {
  const [version, content, rendered] = [versionOf(facts), contentOf(facts), renderedOf(facts)];
  if (!version || !content || !rendered) return null;
  if (version.endorserId === null) return "not";
  if (facts.endorser === null) return null;
  const { company } = facts.endorser;
  if (company === undefined) return "not";
  const own = [content.framing, rendered.framing, rendered.subject ?? "", ...rendered.links.map(({ text }) => text)];
  if (own.some((text) => namingIn(text, company) !== "not")) return "named";
  const assets = [version.content.title, rendered.quote ?? "", ...rendered.disclosures];
  const found = assets.map((text) => namingIn(text, company));
  return found.find((one) => one === "named") ?? found.find((one) => one === "perhaps") ?? "not";
}

const limits = z
  .object({
    kinds: z.record(z.string(), z.number()),
    sources: z.array(z.object({ systems: z.array(z.string()), hosts: z.array(z.string()), maxAgeDays: z.number() })),
  })
  .parse(parse(readFileSync("src/guardrails/data/freshness.yaml", "utf8")));

function freshness(facts: PlacementFacts): Opinion {
  const asset = versionOf(facts)?.content;
  if (!asset) return "review";
  const ageDays = (instant: string) => (facts.now - new Date(instant).getTime()) / dayMs;
  const { system, url, collectedAt } = asset.source;
  const host = `.${url === undefined ? "" : new URL(url).hostname}`;
  const ofSource =
    limits.sources.find(
      ({ systems, hosts }) => systems.includes(system) || hosts.some((one) => host.endsWith(`.${one}`)),
    )?.maxAgeDays ?? Number.POSITIVE_INFINITY;
  const age = ageDays(asset.freshnessTimestamp);
  const oldest = collectedAt === undefined ? age : Math.max(age, ageDays(collectedAt));
  // A date that lies ahead, by more than clocks differ, tells no age.
  if (oldest > ofSource || (oldest < -1 && ofSource !== Number.POSITIVE_INFINITY)) return "deny";
  const limit = facts.profile.freshnessDays[asset.kind] ?? limits.kinds[asset.kind];
  return unless(limit !== undefined && age >= -1 && age <= limit, "review");
}

/** An exclusion holds until the grant that gave it is taken back or ends. */
function exclusions(facts: PlacementFacts): Opinion {
  const { lead, endorser, profile, now } = facts;
  const version = versionOf(facts);
  if (!lead || !version) return "deny";
  if (version.endorserId !== null && endorser === null) return "deny";
  const excluded = facts.grants
    .filter((one) => !hasEnded(one, now))
    .flatMap((one) => one.terms.excludes?.companies ?? []);
  const rivals = [...profile.competitors, ...(endorser?.company === undefined ? [] : [endorser.company])];
  const company = lead.company?.name ?? "";
  if (companyName(company) !== "") return unless(!isOneOf(company, [...rivals, ...excluded]), "deny");
  // Whose company is not known is kept from what some companies may not see, and so is whoever stands for a company.
  const standsForOne = lead.company !== undefined || lead.capacity === "trade" || lead.accountId !== undefined;
  return unless(excluded.length === 0 && !(standsForOne && rivals.length > 0), "deny");
}

function hasEnded({ terms, revokedAt }: Grant, now: number): boolean {
  return revokedAt !== null || (terms.validUntil !== undefined && new Date(terms.validUntil).getTime() <= now);
}
