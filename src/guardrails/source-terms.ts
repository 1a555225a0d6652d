import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { AssetContent } from "../domain/asset.ts";
import { sourceWords } from "../domain/disclosure-text.ts";
import { AppError } from "../domain/errors.ts";
import { once } from "../domain/once.ts";
import { saysName } from "../domain/spoken-names.ts";
import { term } from "../domain/vocabulary.ts";
import { isSaid } from "./owed-disclosures.ts";
import { isOnHost } from "./source-hosts.ts";
import type { Subject } from "./subject.ts";

const host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a host, such as g2.com");

const platform = z.strictObject({
  systems: z.array(term).min(1),
  licence: z.boolean(),
  linkHosts: z.array(host),
  wholeQuote: z.boolean(),
  asOf: z.boolean(),
  reviewCount: z.boolean(),
  noComparison: z.boolean(),
  source: z.string().min(1),
  checkedAt: z.iso.date(),
});

const terms = z.strictObject({
  platforms: z.array(platform),
  reviewSites: z.strictObject({ systems: z.array(term), hosts: z.array(host) }),
});

export type PlatformTerms = z.infer<typeof platform>;

/** A source by its name and its address: what is imported from a file may bear the file's name. */
export type SourcePlace = Pick<AssetContent["source"], "system" | "url">;

export interface SourceTerms {
  /** Those that it is on by name or address; none where it is no platform with terms of its own. */
  of(source: SourcePlace): readonly PlatformTerms[];
  /** Whether it is on a platform that collects reviews, with terms of its own or not. */
  isReviewSite(source: SourcePlace): boolean;
}

export const loadSourceTerms = once(
  (): SourceTerms => toSourceTerms(parse(readFileSync(new URL("./data/source-terms.yaml", import.meta.url), "utf8"))),
);

/** Throws `config` when the data is not usable, or names a system twice. */
export function toSourceTerms(data: unknown): SourceTerms {
  const parsed = terms.safeParse(data);
  if (!parsed.success) throw new AppError("config", `source-terms.yaml: ${parsed.error.message}`);
  const known = new Set<string>();
  for (const one of parsed.data.platforms)
    for (const system of one.systems) {
      if (known.has(system)) throw new AppError("config", `source-terms.yaml: ${system} is given twice.`);
      known.add(system);
    }
  const { platforms, reviewSites } = parsed.data;
  const of = ({ system, url }: SourcePlace) =>
    platforms.filter((one) => one.systems.includes(system) || isOnHost(url, one.linkHosts));
  return {
    of,
    isReviewSite: (source) =>
      reviewSites.systems.includes(source.system) || isOnHost(source.url, reviewSites.hosts) || of(source).length > 0,
  };
}

/**
 * Which of the terms of the asset's platform this placement does not meet; empty where it sets none. Null when the
 * version is not known.
 */
export function unmetTerms(subject: Subject, sources: SourceTerms): readonly string[] | null {
  const { facts, version, content, rendered } = subject;
  if (version === null) return null;
  const { source, quote, language } = version.content;
  const { sourceLicences } = facts.profile;
  const platforms = sources.of(source);
  if (platforms.length === 0) return [];
  const anyOf = (term: "wholeQuote" | "asOf" | "reviewCount" | "noComparison") => platforms.some((one) => one[term]);
  const said = sourceWords(language, { asOf: anyOf("asOf"), reviewCount: anyOf("reviewCount") }, source);
  const links = (content?.links ?? []).filter(({ url }) => rendered?.links.some((one) => one.url === url));
  const unmet = {
    licence: platforms.some(({ licence, systems }) => licence && !systems.some((one) => sourceLicences.includes(one))),
    link: platforms.some(
      ({ linkHosts }) =>
        linkHosts.length > 0 && !links.some(({ url }) => url === source.url && isOnHost(url, linkHosts)),
    ),
    "whole-quote": anyOf("wholeQuote") && quote !== undefined && !isWhole(subject, quote),
    "as-of": (anyOf("asOf") || anyOf("reviewCount")) && (said === null || !isSaid(subject, "source", [said])),
    comparison: anyOf("noComparison") && comparesIn(subject),
  };
  return Object.entries(unmet).flatMap(([name, isUnmet]) => (isUnmet ? [name] : []));
}

/** No quote shown is no part of one. */
function isWhole({ content, rendered }: Subject, quote: string): boolean {
  if (content === null || rendered === null) return false;
  if (content.quote === null) return rendered.quote === null;
  return content.quote.start === 0 && content.quote.end === quote.length && rendered.quote === quote;
}

/** Words of comparison in the languages of the disclosures, or the name of a declared competitor. */
function comparesIn({ facts, rendered }: Subject): boolean {
  if (rendered === null) return true;
  const words = `${rendered.subject ?? ""} ${rendered.framing}`;
  return comparison.test(words) || facts.profile.competitors.some((name) => saysName(words, name));
}

const comparison =
  /(?<!\p{L})(?:versus|vs\.?|compared (?:to|with)|(?:better|faster|cheaper) than|unlike|besser als|schneller als|g\u00fcnstiger als|im vergleich|mieux que|plus \p{L}+ que|compar[ée]e? [àa]|mejor que|m[áa]s \p{L}+ que|en comparaci[óo]n|meglio di|pi[ùu] \p{L}+ di|rispetto a|beter dan|sneller dan|goedkoper dan|vergeleken met)(?!\p{L})/iu;
