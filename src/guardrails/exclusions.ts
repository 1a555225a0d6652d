import { companyKey, namesCompany } from "../domain/company-name.ts";
import { excludedCompanies } from "../domain/covering-grant.ts";
import type { Subject } from "./subject.ts";

/**
 * What rules the lead's company out. Asked of a lead who stands for a company (company, account, or recorded as trade),
 * and of every lead when a grant names companies. Null when the endorser of the version is not known.
 */
export function companyExclusions({ facts, version }: Subject) {
  if (version === null || (version.endorserId !== null && facts.endorser === null)) return null;
  const own = version.endorserId === null ? undefined : facts.endorser?.company;
  const excluded = excludedCompanies(facts.grants, facts.now);
  const { lead } = facts;
  const company = lead?.company === undefined ? "" : companyKey(lead.company.name);
  const standsForCompany = lead?.company !== undefined || lead?.accountId !== undefined || lead?.capacity === "trade";
  const hits: string[] = [];
  if (company !== "") {
    if (own !== undefined && companyKey(own) === company) hits.push("own-company");
    if (facts.profile.competitors.some((name) => companyKey(name) === company)) hits.push("competitor");
    if (excluded.some((name) => companyKey(name) === company)) hits.push("grant");
  }
  return {
    companyNeeded:
      lead === null ||
      excluded.length > 0 ||
      (standsForCompany && (own !== undefined || facts.profile.competitors.length > 0)),
    companyKnown: company !== "",
    hits,
  };
}

/**
 * Whether the words that are shown name the endorser's company, which masking it in the attribution does not undo.
 * Undefined when the endorser or what is shown is not known.
 */
export function namesEndorsersCompany({ facts, version, content, rendered }: Subject): boolean | undefined {
  if (version === null || content === null || rendered === null) return undefined;
  if (version.endorserId === null) return false;
  if (facts.endorser === null) return undefined;
  const { company } = facts.endorser;
  if (company === undefined) return false;
  const texts = [
    version.content.title,
    rendered.quote ?? "",
    content.framing,
    rendered.framing,
    rendered.subject ?? "",
    ...rendered.disclosures,
    ...rendered.links.map(({ text }) => text),
  ];
  return texts.some((text) => namesCompany(text, company));
}
