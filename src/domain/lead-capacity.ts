import type { LeadFacts } from "./lead.ts";
import type { Capacity } from "./vocabulary.ts";

/** As recorded; else trade when the e-mail address and the record both name a company; else the deployer's default. */
export function leadCapacity(lead: LeadFacts, hasCompanyEmail: boolean, fallback: Capacity): Capacity {
  if (lead.capacity !== undefined) return lead.capacity;
  return hasCompanyEmail && lead.company !== undefined ? "trade" : fallback;
}

/** Whether the lead is met for a company, be it not known for which. */
export function standsForCompany({ company, accountId, capacity }: LeadFacts): boolean {
  return company !== undefined || accountId !== undefined || capacity === "trade";
}
