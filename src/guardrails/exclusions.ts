import { isSameGroup } from "../domain/company-group.ts";
import { type CompanyNaming, companyNaming } from "../domain/company-in-text.ts";
import { companyKey } from "../domain/company-name.ts";
import { excludedCompanies } from "../domain/covering-grant.ts";
import type { GrantTerms } from "../domain/grant.ts";
import { standsForCompany } from "../domain/lead-capacity.ts";
import { makeNameDictionary } from "./checks/claims/name-dictionary.ts";
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
  const hits: string[] = [];
  if (company !== "") {
    const isOf = (name: string) => isSameGroup(name, lead?.company?.name ?? "");
    if (own !== undefined && isOf(own)) hits.push("own-company");
    if (facts.profile.competitors.some(isOf)) hits.push("competitor");
    if (excluded.some(isOf)) hits.push("grant");
  }
  return {
    companyNeeded:
      lead === null ||
      excluded.length > 0 ||
      (standsForCompany(lead) && (own !== undefined || facts.profile.competitors.length > 0)),
    companyKnown: company !== "",
    hits,
  };
}

/**
 * Whether the words that are shown name the endorser's company, which masking it in the attribution does not undo.
 * `perhaps` is looked for where the grant masks it, and in the asset's own words alone, about which a person can be asked
 * once: ours can be written otherwise. Undefined when the endorser or what is shown is not known.
 */
export function namingOfCompany({ facts, version, content, rendered, grant }: Subject): CompanyNaming | undefined {
  if (version === null || content === null || rendered === null) return undefined;
  if (version.endorserId === null) return "not";
  if (facts.endorser === null) return undefined;
  const { company } = facts.endorser;
  if (company === undefined) return "not";
  const isCovered = grant !== null && coversCompany(grant.terms);
  const naming = (text: string) => companyNaming(text, company, isCovered ? undefined : isCommonWord);
  const own = [content.framing, rendered.framing, rendered.subject ?? "", ...rendered.links.map(({ text }) => text)];
  if (own.some((text) => naming(text) !== "not")) return "named";
  const assets = [version.content.title, rendered.quote ?? "", ...rendered.disclosures].map(naming);
  return assets.find((one) => one === "named") ?? assets.find((one) => one === "perhaps") ?? "not";
}

function coversCompany({ elements, attribution }: GrantTerms): boolean {
  return elements.includes("company") && (attribution === "full" || attribution === "initials");
}

const kindOf = makeNameDictionary();

/** "Target" and "Berlin" are in titles that have no company in mind. */
function isCommonWord(word: string): boolean {
  const kind = kindOf(word);
  return kind === "common" || kind === "place";
}
