import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const { platforms, reviewSites } = z
  .object({
    platforms: z.array(
      z.object({
        systems: z.array(z.string()),
        licence: z.boolean(),
        linkHosts: z.array(z.string()),
        wholeQuote: z.boolean(),
        asOf: z.boolean(),
        reviewCount: z.boolean(),
        noComparison: z.boolean(),
      }),
    ),
    reviewSites: z.object({ systems: z.array(z.string()), hosts: z.array(z.string()) }),
  })
  .parse(parse(readFileSync("src/guardrails/data/source-terms.yaml", "utf8")));

export type Platform = (typeof platforms)[number];

/** By the name that the source goes by, or by where its address leads. */
export function platformsOf({ system, url }: Source): readonly Platform[] {
  return platforms.filter(({ systems, linkHosts }) => systems.includes(system) || leadsTo(url, linkHosts));
}

/** What was written where reviews are collected is one, whatever the record calls it. */
export function isReview({ kind, source }: { readonly kind: string; readonly source: Source }): boolean {
  const isOnSite = reviewSites.systems.includes(source.system) || leadsTo(source.url, reviewSites.hosts);
  return kind === "review" || isOnSite || platformsOf(source).length > 0;
}

interface Source {
  readonly system: string;
  readonly url?: string | undefined;
}

export function leadsTo(url: string | undefined, hosts: readonly string[]): boolean {
  const hostname = url !== undefined && URL.canParse(url) ? new URL(url).hostname : "";
  return hosts.some((host) => `.${hostname}`.endsWith(`.${host}`));
}
