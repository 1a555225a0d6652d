import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { once } from "../domain/once.ts";

const table = z.strictObject({
  source: z.string().min(1),
  version: z.string().min(1),
  zones: z.record(z.string().regex(/^[A-Z]{2}$/), z.array(z.string().min(1)).min(1)),
});

/** The IANA time zones of a country; none for a country that is not in the table. */
export type CountryZones = (country: string) => readonly string[];

/** Throws `config` when the data file is not usable. */
export const loadCountryZones = once((): CountryZones => {
  const parsed = table.safeParse(parse(readFileSync(new URL("./data/country-zones.yaml", import.meta.url), "utf8")));
  if (!parsed.success) throw new AppError("config", `country-zones.yaml: ${parsed.error.message}`);
  const zones = new Map(Object.entries(parsed.data.zones));
  return (country) => zones.get(country) ?? [];
});

/**
 * The zones of which one is the lead's: the recorded one; else every zone of the lead's country; else, where that is not
 * known either, the deployer's.
 */
export function zonesOfLead(
  { lead, profile }: Pick<PlacementFacts, "lead" | "profile">,
  zonesOf: CountryZones,
): readonly string[] {
  if (lead?.timezone !== undefined) return [lead.timezone];
  const ofCountry = lead === null ? [] : zonesOf(lead.country);
  return ofCountry.length > 0 ? ofCountry : [profile.defaultTimezone];
}
