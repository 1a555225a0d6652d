import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { links, says } from "./disclosures.ts";
import { contentOf, dayMs, type RuleJudge, renderedOf, unless, versionOf } from "./opinion.ts";
import { leadsTo, type Platform, platformsOf } from "./sources.ts";

/** Whether the proof is true, by whom it is, and whether its source lets it be shown. */
export const proof: Readonly<Record<string, RuleJudge>> = {
  "proof.authentic": (facts) => {
    const version = versionOf(facts);
    if (!version) return "deny";
    const { source, kind } = version.content;
    // Whose words they are is asked where there are words: always of what is said by somebody, of the rest when it quotes.
    // What a statistic shows as its quote is the deployer's own wording of a figure.
    const quotes = contentOf(facts)?.quote !== null;
    const isSaid = kind === "testimonial" || kind === "review" || (kind !== "statistic" && quotes);
    const isKnown = version.endorserId !== null && facts.endorser !== null;
    return unless(source.verified && !source.machineWritten && (isKnown || !isSaid), "deny");
  },

  "claim.typical": (facts) => {
    const asset = versionOf(facts)?.content;
    // A result that no claim has is known to be typical by nobody; a statistic is a count of its own.
    const isCount = asset?.kind === "statistic" || asset?.statistic !== undefined;
    const results = `${asset?.title}. ${asset?.quote ?? ""}`.match(resultWords) ?? [];
    if (!isCount && results.some((one) => !asset?.claims.some((claim) => isClaimedBy(one, claim)))) return "review";
    return unless(
      asset?.claims.every(
        ({ typical, substantiation, generallyExpected }) =>
          substantiation !== undefined &&
          (typical === true || (generallyExpected !== undefined && says(facts, "typical", generallyExpected))),
      ) ?? false,
      "review",
    );
  },

  "claim.statistic": (facts) => {
    const asset = versionOf(facts)?.content;
    if (!asset) return "deny";
    const { statistic } = asset;
    const own = [asset.title, contentOf(facts)?.framing, renderedOf(facts)?.framing, contentOf(facts)?.subject];
    const isOne = asset.kind === "statistic" || own.some((text) => usageWords.test(text ?? ""));
    if (statistic === undefined) return unless(!isOne, "deny");
    const [from, to] = [new Date(statistic.from).getTime(), new Date(statistic.to).getTime()];
    // A window that is not over has not been counted.
    return unless(statistic.query.trim() !== "" && statistic.count >= 1 && from < to && to <= facts.now, "deny");
  },

  "review.sentiment-incentive": (facts) => {
    const source = versionOf(facts)?.content.source;
    return unless(source !== undefined && !source.incentive?.conditionedOnSentiment, "deny");
  },

  "endorser.current": (facts) => {
    const version = versionOf(facts);
    if (!version) return "review";
    // A logo is somebody's who uses it now; whose, is not known.
    if (version.endorserId === null) return unless(version.content.kind !== "logo", "review");
    const content = contentOf(facts);
    const shown = content?.elements ?? ["role", "company", "logo"];
    const impliesPost = shown.some((one) => one === "role" || one === "company" || one === "logo");
    // Whose relationship is not known may be a customer, also one of whom nothing but the words are shown.
    const impliesUse =
      facts.endorser === null || (facts.endorser.relationship === "customer" && content?.quote !== null);
    if (!impliesPost && !impliesUse) return "ok";
    const checked = facts.endorser?.currentCustomerCheckedAt;
    if (checked === undefined) return "review";
    const age = facts.now - new Date(checked).getTime();
    // Clocks may differ by a day; a check that lies ahead of that was not made.
    return unless(age >= -dayMs && age <= facts.profile.endorserCheckDays * dayMs, "review");
  },

  "asset.source-terms": (facts) => {
    const asset = versionOf(facts)?.content;
    if (!asset) return "deny";
    const meets = ({ systems, licence, linkHosts, wholeQuote, asOf, reviewCount, noComparison }: Platform): boolean =>
      (!licence || facts.profile.sourceLicences.some((one) => systems.includes(one))) &&
      (linkHosts.length === 0 || isLinkedOn(facts, linkHosts)) &&
      (!wholeQuote || asset.quote === undefined || isQuoteWhole(facts, asset.quote)) &&
      (!asOf || saysOfSource(facts, asset.source.collectedAt?.slice(0, 10))) &&
      (!reviewCount || saysOfSource(facts, asset.source.reviewCount)) &&
      (!noComparison || !compares(facts));
    return unless(platformsOf(asset.source).every(meets), "deny");
  },
};

/** By number and unit, as those of the examples are written. */
function isClaimedBy(result: string, { value, unit }: { readonly value: number; readonly unit: string }): boolean {
  const number = value === 9 ? "(?:9|nine)" : `${value}`;
  const counted = unit === "percent" ? " ?%" : ` ${unit}`;
  return new RegExp(`(?<![\\d\\p{L}])${number}${counted}`, "iu").test(result);
}

/** As plain results come, in figures: a per cent, a saving, a multiple; how long it took to be live. */
const resultWords =
  /\d+ ?%|(?:saved|spared|cut) (?:us )?(?:[€$£] ?)?\d|doubled|tripled|verdoppelt|verdreifacht|a third (?:more|less|fewer)|live in (?:\d+|\w+) (?:days|weeks)/gi;

/** How many use it, as that is said of one's own product. */
const usageWords =
  /\d[\d.,]*(?: of 10| ?% of)?(?: \p{L}+)? (?:customers|clients|companies|teams|Kunden|Unternehmen)\b|(?:used|trusted|chosen) by (?:over |more than )?\d|\d (?:\p{L}+ ){1,3}(?:use|trust|rely on|nutzen|vertrauen) (?:us|uns|Acme|Tidewise)\b/iu;

function isLinkedOn(facts: PlacementFacts, hosts: readonly string[]): boolean {
  const url = versionOf(facts)?.content.source.url;
  return url !== undefined && links(facts, url) && leadsTo(url, hosts);
}

/** No quote at all is no part of one. */
function isQuoteWhole(facts: PlacementFacts, whole: string): boolean {
  const [content, rendered] = [contentOf(facts), renderedOf(facts)];
  if (!content || !rendered) return false;
  if (content.quote === null) return rendered.quote === null;
  return content.quote.start === 0 && content.quote.end === whole.length && rendered.quote === whole;
}

function saysOfSource(facts: PlacementFacts, what: string | number | undefined): boolean {
  const texts = contentOf(facts)?.disclosures.filter(({ kind }) => kind === "source") ?? [];
  return what !== undefined && texts.some(({ text }) => text.includes(`${what}`) && says(facts, "source", text));
}

function compares(facts: PlacementFacts): boolean {
  const rendered = renderedOf(facts);
  if (!rendered) return true;
  const words = `${rendered.subject ?? ""} ${rendered.framing}`.toLowerCase();
  const named = facts.profile.competitors.some((one) => words.includes(one.toLowerCase()));
  return named || /\b(?:(?:better|faster|cheaper|besser|schneller) (?:than|als)|versus|vs|compared with)\b/.test(words);
}
