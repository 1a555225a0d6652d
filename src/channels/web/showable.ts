import type { AssetRights } from "../../catalogue/catalogue.ts";
import { attributionDigest } from "../../domain/attribution.ts";
import { isSameGroup } from "../../domain/company-group.ts";
import { companyKey } from "../../domain/company-name.ts";
import { consentWord } from "../../domain/consent-standing.ts";
import type { Content } from "../../domain/content.ts";
import { allowedChannels, allowedTerritories, excludedCompanies, isGrantValid } from "../../domain/covering-grant.ts";
import type { AssetVersion, Grant, KillSwitch, Suppression } from "../../domain/facts.ts";
import type { ConsentRecord, LeadFacts } from "../../domain/lead.ts";
import { standsForCompany } from "../../domain/lead-capacity.ts";
import {
  type Disclosing,
  disclosuresOfUse,
  requiredDisclosures,
  verificationWords,
} from "../../domain/required-disclosures.ts";
import { attributionMode } from "../../domain/vocabulary.ts";

/** What is read anew at each viewing of a publication. */
export interface ViewingFacts {
  /** Milliseconds UTC. */
  readonly now: number;
  readonly content: Content;
  readonly version: AssetVersion;
  readonly rights: AssetRights;
  /** Whether the endorser's identifiers can still be read: false once erased. */
  readonly endorserStands: boolean;
  readonly lead: LeadFacts;
  /** `LeadRights.consents`. */
  readonly consents: readonly ConsentRecord[];
  readonly suppressions: readonly Suppression[];
  readonly killSwitches: readonly KillSwitch[];
  readonly playbookId: string;
  readonly purpose: string;
  /** Companies that the deployer declares as competitors. */
  readonly competitors: readonly string[];
  /** The last instant at which the source lets the asset be shown, milliseconds UTC. */
  readonly sourceEnd: number;
  /** What has to be said to the lead as it is known by now. Who wrote the framing is settled: it does not change. */
  readonly disclosing: Pick<Disclosing, "duties" | "profile">;
}

/**
 * The grant under which the publication may be shown at this moment, or null when it may not: what was true when it was
 * published can have ended since.
 */
export function showableGrant(facts: ViewingFacts): Grant | null {
  const { content, rights } = facts;
  if (isStopped(facts.killSwitches, content.assetId, facts.playbookId)) return null;
  if (isSuppressed(facts.suppressions) || hasObjected(facts) || isExcluded(facts)) return null;
  if (rights.status !== "active" || rights.currentVersion !== content.assetVersion) return null;
  if (!facts.endorserStands || facts.now > facts.sourceEnd || !isAttributedAsJudged(facts)) return null;
  if (!saysWhatIsOwed(facts)) return null;
  return rights.grants.find((grant) => covers(grant, facts)) ?? null;
}

function isAttributedAsJudged({ content, rights }: ViewingFacts): boolean {
  const { attribution, elements, attributedAs } = content;
  return (attributedAs ?? null) === attributionDigest({ mode: attribution, elements, facts: rights.endorser });
}

/** A relationship that was recorded since, or a lead who is elsewhere by now, may call for words that were not composed. */
function saysWhatIsOwed({ content, version: { content: asset }, rights, disclosing }: ViewingFacts): boolean {
  const composed = new Set(content.disclosures.map((disclosure) => disclosure.text));
  const use = { ...disclosing, channel: "web", planner: { kind: "rules" }, framingBy: "template" } as const;
  const needed = [...requiredDisclosures(asset, rights.endorser), ...disclosuresOfUse(asset, use)];
  if (needed.some(({ text }) => !composed.has(text))) return false;
  const { duties, profile } = disclosing;
  if (duties.verification && verificationWords(asset, profile) === null) return false;
  return !duties.reviewPolicy || content.links.some(({ url }) => url === profile.reviewPolicyUrl);
}

/** Everything, the channel, the asset or the playbook was stopped by an operator. */
export function isStopped(stops: readonly KillSwitch[], assetId: string, playbookId: string): boolean {
  const targets = { global: null, channel: "web", asset: assetId, playbook: playbookId };
  return stops.some(({ scope, target }) => scope === "global" || target === targets[scope]);
}

export function isSuppressed(suppressions: readonly Suppression[]): boolean {
  return suppressions.some(({ scope }) => scope === "all" || scope === "web");
}

/** A page needs no consent; a no is honoured all the same. */
function hasObjected({ consents, purpose, now }: ViewingFacts): boolean {
  return consentWord(consents, { channel: "web", purpose, now }).objected;
}

/** The lead's company may have become known, or excluded, since. */
function isExcluded({ lead, rights, competitors, now }: ViewingFacts): boolean {
  const company = lead.company && companyKey(lead.company.name);
  const own = rights.endorser?.company;
  const byGrants = excludedCompanies(rights.grants, now);
  const excluded = [...byGrants, ...competitors, ...(own === undefined ? [] : [own])];
  // Who may be of a company that is ruled out is not shown it until the company is known.
  if (!company) return byGrants.length > 0 || (standsForCompany(lead) && excluded.length > 0);
  return excluded.some((name) => isSameGroup(name, lead.company?.name ?? ""));
}

function covers(grant: Grant, facts: ViewingFacts): boolean {
  const { content, version } = facts;
  const territories = allowedTerritories(grant, version.content);
  return (
    isGrantValid(grant, facts.now) &&
    allowedChannels(grant, version.content).includes("web") &&
    (territories.includes("*") || territories.includes(facts.lead.country)) &&
    grant.terms.purposes.includes(facts.purpose) &&
    content.elements.every((element) => grant.terms.elements.includes(element)) &&
    (grant.terms.excerptsAllowed || isWholeQuote(content, version)) &&
    masksAtLeast(content.attribution, grant.terms.attribution)
  );
}

function isWholeQuote(content: Content, version: AssetVersion): boolean {
  const length = version.content.quote?.length ?? 0;
  return content.quote === null || (content.quote.start === 0 && content.quote.end === length);
}

/** The modes stand in the order of how much they show, most first. */
function masksAtLeast(shown: Content["attribution"], granted: Content["attribution"]): boolean {
  const { options } = attributionMode;
  return options.indexOf(shown) >= options.indexOf(granted);
}
