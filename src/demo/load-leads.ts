import type { Taxonomy } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import { type LeadId, leadId } from "../domain/ids.ts";
import type { ConsentRecord, LeadFacts } from "../domain/lead.ts";
import type { DemoDeps } from "./demo-deps.ts";
import type { LeadCard, LeadView } from "./view.ts";

/** The sample's leads that are still there, in the order of the sample. */
export async function loadLeadCards(deps: DemoDeps): Promise<readonly LeadCard[]> {
  const cards = await Promise.all((deps.sample?.leads ?? []).map((id) => card(deps, leadId.parse(id))));
  return cards.filter((one) => one !== null);
}

export async function loadLead(deps: DemoDeps, id: LeadId): Promise<LeadView> {
  const { store, crm, deployment } = deps;
  const known = await crm.lead(store.read, id);
  const shown = await card(deps, id);
  if (known === null || shown === null) throw new AppError("not-found", "This lead of the sample is gone.");
  const { consents, suppressions } = await crm.rights(store.read, id);
  const { facts } = known;
  return {
    ...shown,
    facts,
    timezone: facts.timezone ?? deployment.profile.defaultTimezone,
    industry: label(deployment.taxonomy.terms, "industries", facts.company?.industry),
    consent: consentWords(consents.filter(({ channel }) => channel === "email")),
    objections: suppressions.map(({ scope, reason }) => `${reason} (${scope === "all" ? "everything" : scope})`),
  };
}

async function card({ store, crm, deployment }: DemoDeps, id: LeadId): Promise<LeadCard | null> {
  const known = await crm.lead(store.read, id);
  if (known === null) return null;
  const { facts } = known;
  const identity = await crm.identity(store.read, id);
  return {
    leadId: id,
    name: identity?.name ?? id,
    persona: label(deployment.taxonomy.terms, "personas", facts.persona),
    company: facts.company?.name ?? "a private person",
    country: countryName(facts.country),
    stage: facts.stage,
  };
}

export function label(terms: Taxonomy, vocabulary: keyof Taxonomy, used: string | undefined): string {
  return terms[vocabulary].find(({ term }) => term === used)?.label ?? used ?? "";
}

const countries = new Intl.DisplayNames("en", { type: "region" });

function countryName(code: LeadFacts["country"]): string {
  return countries.of(code) ?? code;
}

function consentWords(records: readonly ConsentRecord[]): string {
  const [newest] = records.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (newest === undefined) return "no record for e-mail";
  const { basis, status, expiresAt } = newest;
  const until = status === "granted" && expiresAt ? `, until ${expiresAt.slice(0, 10)}` : "";
  return `e-mail: ${basis.replaceAll("-", " ")}, ${status}${until}`;
}
