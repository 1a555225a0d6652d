import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { AssetContent } from "../domain/asset.ts";
import { AppError } from "../domain/errors.ts";
import { once } from "../domain/once.ts";
import { type AssetKind, assetKind, term } from "../domain/vocabulary.ts";
import { isOnHost } from "./source-hosts.ts";
import type { SourcePlace } from "./source-terms.ts";

const limits = z.strictObject({
  kinds: z.record(assetKind, z.int().positive()),
  sources: z.array(
    z.strictObject({
      systems: z.array(term).min(1),
      hosts: z.array(z.string().min(1)),
      maxAgeDays: z.int().positive(),
      source: z.string().min(1),
    }),
  ),
});

export interface FreshnessLimits {
  /** Milliseconds; `own` is the deployer profile's table of days. */
  ofKind(kind: AssetKind, own: Readonly<Partial<Record<AssetKind, number>>>): number;
  /** Milliseconds; undefined where the source sets no limit. */
  ofSource(source: SourcePlace): number | undefined;
}

/** Throws `config` when the data file is not usable. */
export const loadFreshnessLimits = once((): FreshnessLimits => {
  const parsed = limits.safeParse(parse(readFileSync(new URL("./data/freshness.yaml", import.meta.url), "utf8")));
  if (!parsed.success) throw new AppError("config", `freshness.yaml: ${parsed.error.message}`);
  const { kinds, sources } = parsed.data;
  return {
    ofKind: (kind, own) => (own[kind] ?? kinds[kind]) * dayMs,
    ofSource({ system, url }) {
      const limits = sources.filter((one) => one.systems.includes(system) || isOnHost(url, one.hosts));
      return limits.length === 0 ? undefined : Math.min(...limits.map(({ maxAgeDays }) => maxAgeDays * dayMs));
    },
  };
});

/**
 * The last instant, milliseconds UTC, at which the asset's source lets it be shown, counted from the older of its dates;
 * Infinity where the source sets no limit.
 */
export function makeSourceEnd(limits: FreshnessLimits = loadFreshnessLimits()): (asset: AssetContent) => number {
  return ({ source, freshnessTimestamp }) => {
    const dates = [freshnessTimestamp, source.collectedAt ?? freshnessTimestamp].map((one) => Date.parse(one));
    return Math.min(...dates) + (limits.ofSource(source) ?? Number.POSITIVE_INFINITY);
  };
}

const dayMs = 86_400_000;
