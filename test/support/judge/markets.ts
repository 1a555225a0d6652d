import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { PlacementFacts } from "../../../src/domain/facts.ts";

const duties = z.object({
  trackingConsent: z.boolean(),
  reviewSelection: z.boolean(),
  reviewVerification: z.boolean(),
  reviewPolicy: z.boolean(),
  machineNotice: z.boolean(),
});

const { markets } = z
  .object({ markets: z.array(duties.extend({ countries: z.array(z.string()), capacities: z.array(z.string()) })) })
  .parse(parse(readFileSync("src/guardrails/data/country-table.yaml", "utf8")));

const all = {
  trackingConsent: true,
  reviewSelection: true,
  reviewVerification: true,
  reviewPolicy: true,
  machineNotice: true,
};

/** What showing something to this lead asks for; of a lead who is not known, everything. */
export function marketOf(facts: PlacementFacts): z.infer<typeof duties> {
  const { lead } = facts;
  if (!lead) return all;
  const rows = markets.filter(({ capacities }) => capacities.includes(capacityOf(facts)));
  return (
    rows.find(({ countries }) => countries.includes(lead.country)) ??
    rows.find(({ countries }) => countries.includes("*")) ??
    all
  );
}

/** As recorded; else derived from company e-mail and company; else as the deployer says. */
export function capacityOf({ lead, hasCompanyEmail, profile }: PlacementFacts): string {
  return lead?.capacity ?? (lead?.company && hasCompanyEmail ? "trade" : profile.defaultCapacity);
}
