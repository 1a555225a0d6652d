import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { AssetContent } from "../domain/asset.ts";
import { AppError } from "../domain/errors.ts";
import { type AssetKind, assetKind, term } from "../domain/vocabulary.ts";

const limits = z.strictObject({
  kinds: z.record(assetKind, z.int().positive()),
  sources: z.array(
    z.strictObject({ systems: z.array(term).min(1), maxAgeDays: z.int().positive(), source: z.string().min(1) }),
  ),
});

export interface FreshnessLimits {
  /** Milliseconds; `own` is the deployer profile's table of days. */
  ofKind(kind: AssetKind, own: Readonly<Partial<Record<AssetKind, number>>>): number;
  /** Milliseconds; undefined where the source sets no limit. */
  ofSource(system: string): number | undefined;
}

/** Throws `config` when the data file is not usable. */
export function loadFreshnessLimits(): FreshnessLimits {
  const parsed = limits.safeParse(parse(readFileSync(new URL("./data/freshness.yaml", import.meta.url), "utf8")));
  if (!parsed.success) throw new AppError("config", `freshness.yaml: ${parsed.error.message}`);
  const { kinds } = parsed.data;
  const sources = new Map(
    parsed.data.sources.flatMap(({ systems, maxAgeDays }) => systems.map((system) => [system, maxAgeDays * dayMs])),
  );
  return {
    ofKind: (kind, own) => (own[kind] ?? kinds[kind]) * dayMs,
    ofSource: (system) => sources.get(system),
  };
}

/**
 * The last instant, milliseconds UTC, at which the asset's source lets it be shown, counted from the older of its dates;
 * Infinity where the source sets no limit.
 */
export function makeSourceEnd(limits: FreshnessLimits = loadFreshnessLimits()): (asset: AssetContent) => number {
  return ({ source, freshnessTimestamp }) => {
    const dates = [freshnessTimestamp, source.collectedAt ?? freshnessTimestamp].map((one) => Date.parse(one));
    return Math.min(...dates) + (limits.ofSource(source.system) ?? Number.POSITIVE_INFINITY);
  };
}

const dayMs = 86_400_000;
