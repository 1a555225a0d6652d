import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { sourceWords } from "../domain/disclosure-text.ts";
import { AppError } from "../domain/errors.ts";
import { term } from "../domain/vocabulary.ts";
import { isSaid } from "./owed-disclosures.ts";
import type { Subject } from "./subject.ts";

const platform = z.strictObject({
  systems: z.array(term).min(1),
  licence: z.boolean(),
  linkHosts: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a host, such as g2.com")),
  wholeQuote: z.boolean(),
  asOf: z.boolean(),
  reviewCount: z.boolean(),
  noComparison: z.boolean(),
  source: z.string().min(1),
  checkedAt: z.iso.date(),
});

const terms = z.strictObject({ platforms: z.array(platform) });

export type PlatformTerms = z.infer<typeof platform>;

export interface SourceTerms {
  /** Undefined where the source is no platform with terms of its own. */
  of(system: string): PlatformTerms | undefined;
}

export function loadSourceTerms(): SourceTerms {
  return toSourceTerms(parse(readFileSync(new URL("./data/source-terms.yaml", import.meta.url), "utf8")));
}

/** Throws `config` when the data is not usable, or names a system twice. */
export function toSourceTerms(data: unknown): SourceTerms {
  const parsed = terms.safeParse(data);
  if (!parsed.success) throw new AppError("config", `source-terms.yaml: ${parsed.error.message}`);
  const known = new Map<string, PlatformTerms>();
  for (const one of parsed.data.platforms)
    for (const system of one.systems) {
      if (known.has(system)) throw new AppError("config", `source-terms.yaml: ${system} is given twice.`);
      known.set(system, one);
    }
  return { of: (system) => known.get(system) };
}

/**
 * Which of the terms of the asset's platform this placement does not meet; empty where it sets none. Null when the
 * version is not known.
 */
export function unmetTerms(subject: Subject, sources: SourceTerms): readonly string[] | null {
  const { facts, version, content, rendered } = subject;
  if (version === null) return null;
  const { source, quote, language } = version.content;
  const wanted = sources.of(source.system);
  if (wanted === undefined) return [];
  const said = sourceWords(language, wanted, source);
  const links = (content?.links ?? []).filter(({ url }) => rendered?.links.some((one) => one.url === url));
  const unmet = {
    licence: wanted.licence && !wanted.systems.some((system) => facts.profile.sourceLicences.includes(system)),
    link: wanted.linkHosts.length > 0 && !links.some(({ url }) => url === source.url && isOn(url, wanted.linkHosts)),
    "whole-quote": wanted.wholeQuote && quote !== undefined && !isWhole(subject, quote),
    "as-of": (wanted.asOf || wanted.reviewCount) && (said === null || !isSaid(subject, "source", [said])),
    comparison: wanted.noComparison && comparesIn(subject),
  };
  return Object.entries(unmet).flatMap(([name, isUnmet]) => (isUnmet ? [name] : []));
}

function isOn(url: string, hosts: readonly string[]): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return hosts.some((one) => host === one || host.endsWith(`.${one}`));
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
  const words = `${rendered.subject ?? ""} ${rendered.framing}`.toLowerCase();
  return comparison.test(words) || facts.profile.competitors.some((name) => words.includes(name.toLowerCase()));
}

const comparison =
  /(?<!\p{L})(?:versus|vs\.?|compared (?:to|with)|(?:better|faster|cheaper) than|unlike|besser als|schneller als|g\u00fcnstiger als|im vergleich|mieux que|plus \p{L}+ que|compar[ée]e? [àa]|mejor que|m[áa]s \p{L}+ que|en comparaci[óo]n|meglio di|pi[ùu] \p{L}+ di|rispetto a|beter dan|sneller dan|goedkoper dan|vergeleken met)(?!\p{L})/iu;
