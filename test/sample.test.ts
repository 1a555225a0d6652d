import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkTerms } from "../src/catalogue/check-terms.ts";
import { type ImportedLine, readCanonicalJsonl } from "../src/catalogue/importers/canonical-jsonl.ts";
import { makeTermIndex } from "../src/deployment/term-index.ts";
import { type AssetInput, assetInput } from "../src/domain/asset.ts";
import { isGrantValid } from "../src/domain/covering-grant.ts";
import { deployerProfile, taxonomy } from "../src/domain/deployer-profile.ts";
import { cloudEventEnvelope, eventData, eventTypes } from "../src/domain/event.ts";
import { consentStatus } from "../src/domain/grant.ts";
import { grantId } from "../src/domain/ids.ts";
import { consentRecord, type LeadInput } from "../src/domain/lead.ts";
import { playbook } from "../src/domain/playbook.ts";
import { assetKind, attributionMode, buyingRole, capacity, stage } from "../src/domain/vocabulary.ts";

const NOW = Date.UTC(2026, 10, 1, 12);
const file = (name: string) => fileURLToPath(new URL(`../data/${name}`, import.meta.url));

describe("the sample", async () => {
  const assets = (await load("sample/assets.jsonl")).flatMap((line) => (line.kind === "asset" ? [line.asset] : []));
  const leads = (await load("sample/leads.jsonl")).flatMap((line) => (line.kind === "lead" ? [line.lead] : []));
  const terms = taxonomy.parse(parse(readFileSync(file("taxonomy.yaml"), "utf8")));
  const known = Object.fromEntries(
    Object.entries(terms).map(([vocabulary, entries]) => [vocabulary, new Set(entries.map(({ term }) => term))]),
  );
  const unknown = (vocabulary: string, used: readonly (string | undefined)[]) =>
    used.filter((term) => term !== undefined && !known[vocabulary]?.has(term));

  it("has the assets, leads and events that the README counts, and every line is accepted", () => {
    const countries = new Set(leads.map(({ country }) => country)).size;
    const languages = new Set(assets.map(({ language }) => language)).size;
    const playbooks = readdirSync(file("playbooks")).length;
    expect(readFileSync(file("../README.md"), "utf8")).toContain(
      `${assets.length} assets in ${languages} languages, ${leads.length} leads in ${countries} countries, ${playbooks} playbooks`,
    );
    expect(assets.length).toBeGreaterThanOrEqual(80);
    expect(leads.length).toBeGreaterThanOrEqual(60);
    expect(new Set(assets.map(({ assetId }) => assetId)).size).toBe(assets.length);
    expect(new Set(leads.map(({ leadId }) => leadId)).size).toBe(leads.length);
    expect(new Set(assets.map(({ kind }) => kind))).toEqual(new Set(assetKind.options));
  });

  it("has proof that may be shown for every stage, in every language but one", () => {
    const usable = assets.filter(
      ({ grant }) => grant && isGrantValid({ grantId: grantId.parse("any"), revokedAt: null, terms: grant }, NOW),
    );
    const stages = (language: string) =>
      new Set(usable.filter((asset) => asset.language === language).flatMap((asset) => asset.audienceSegment.stages));
    for (const language of ["de", "en", "fr", "es", "nl"]) {
      expect(
        stage.options.filter((one) => !stages(language).has(one)),
        language,
      ).toEqual([]);
    }
    // The Italian customers are new: none has a contract that comes up.
    expect(stage.options.filter((one) => !stages("it").has(one))).toEqual(["renewal"]);
  });

  it("says everything in words of its own", () => {
    const quotes = assets.flatMap(({ quote }) => (quote === undefined ? [] : [quote]));
    expect(new Set(quotes).size).toBe(quotes.length);
    expect(quotes.filter((quote) => quote.length > 400)).toEqual([]);
    // The first three words of no two quotes of a language are the same: no sentence was made by swapping words.
    const openings = assets.flatMap(({ quote, language }) =>
      quote === undefined ? [] : [`${language} ${quote.split(/\s+/).slice(0, 3).join(" ")}`],
    );
    expect(openings.filter((opening, at) => openings.indexOf(opening) !== at)).toEqual([]);
    expect(assets.filter(({ kind, body }) => kind === "case-study" && body === undefined)).toEqual([]);
    expect(assets.filter(({ kind, claims }) => kind === "statistic" && claims.length === 0)).toEqual([]);
    const unproved = assets.filter(({ claims }) => claims.some(({ substantiation }) => substantiation === undefined));
    expect(unproved.map(({ assetId }) => assetId)).toEqual([]);
  });

  it("uses the taxonomy's terms only", () => {
    const used = (read: (asset: AssetInput) => readonly (string | undefined)[]) => assets.flatMap(read);
    expect(unknown("personas", [...used((a) => a.audienceSegment.personas), ...leads.map((l) => l.persona)])).toEqual(
      [],
    );
    expect(
      unknown(
        "industries",
        used((a) => [...a.audienceSegment.industries, a.endorser?.industry]),
      ),
    ).toEqual([]);
    expect(
      unknown(
        "industries",
        leads.map((l) => l.company?.industry),
      ),
    ).toEqual([]);
    expect(unknown("products", [...used((a) => a.productContext), ...leads.flatMap((l) => l.productInterest)])).toEqual(
      [],
    );
    expect(
      unknown(
        "themes",
        used((a) => a.themes),
      ),
    ).toEqual([]);
    expect(
      unknown(
        "objections",
        used((a) => a.objections),
      ),
    ).toEqual([]);
    expect(
      unknown(
        "purposes",
        used((a) => a.grant?.purposes ?? []),
      ),
    ).toEqual([]);
    expect(
      unknown(
        "purposes",
        leads.flatMap((l) => l.consents.map(({ purpose }) => purpose)),
      ),
    ).toEqual([]);
  });

  it("shows every way in which proof may not be shown", () => {
    const grants = assets.flatMap(({ grant }) => (grant ? [grant] : []));
    expect(new Set(grants.map(({ consentStatus }) => consentStatus))).toEqual(new Set(consentStatus.options));
    expect(grants.some(({ validUntil }) => validUntil && Date.parse(validUntil) < NOW)).toBe(true);
    expect(grants.some(({ validFrom }) => validFrom && Date.parse(validFrom) > NOW)).toBe(true);
    expect(grants.some(({ excludes }) => excludes?.companies.includes("Hanse Beispiel Logistik"))).toBe(true);
    expect(grants.some(({ excerptsAllowed }) => excerptsAllowed)).toBe(true);
    expect(grants.some(({ maxUses }) => maxUses?.count === 1)).toBe(true);
    expect(grants.some(({ channels }) => channels.length === 1)).toBe(true);
    expect(new Set(grants.map(({ attribution }) => attribution))).toEqual(new Set(attributionMode.options));
    expect(assets.some(({ jurisdiction }) => jurisdiction === "CA")).toBe(true);
    expect(assets.some(({ freshnessTimestamp }) => Date.parse(freshnessTimestamp) < NOW - 730 * 86_400_000)).toBe(true);
    expect(new Set(assets.flatMap(({ source }) => source.incentive?.kind ?? []))).toEqual(
      new Set(["gift-card", "partnership", "donation"]),
    );
    const relationships = new Set(assets.map(({ endorser }) => endorser?.relationship));
    expect([...relationships]).toEqual(
      expect.arrayContaining(["customer", "employee", "investor", "partner", "analyst"]),
    );
  });

  it("has leads of every kind: capacity, consent, role, stage, some in one account, some at a competitor", () => {
    expect(new Set(leads.map(({ capacity }) => capacity))).toEqual(new Set(capacity.options));
    expect(new Set(leads.map((lead) => lead.stage))).toEqual(new Set(stage.options));
    expect(new Set(leads.flatMap((lead) => lead.buyingRole ?? []))).toEqual(new Set(buyingRole.options));
    expect(new Set(leads.map(({ timezone }) => timezone)).size).toBeGreaterThanOrEqual(12);
    const consents = leads.flatMap((lead) => lead.consents);
    expect(new Set(consents.map(({ status }) => status))).toEqual(new Set(consentRecord.shape.status.options));
    expect(leads.filter(({ consents: given }) => given.length === 0).length).toBeGreaterThan(0);
    expect(consents.some(({ expiresAt }) => expiresAt && Date.parse(expiresAt) < NOW)).toBe(true);
    expect(consents.some(({ doubleOptInAt }) => doubleOptInAt !== undefined)).toBe(true);
    expect(leads.filter(({ accountId }) => accountId === "A-77")).toHaveLength(3);
    const profile = deployerProfile.parse(parse(readFileSync(file("deployer.yaml"), "utf8")));
    const companies = leads.map(({ company }) => company?.name);
    for (const competitor of profile.competitors) expect(companies).toContain(competitor);
    expect(leads.filter((lead) => !profile.markets.includes(lead.country)).map(({ leadId }) => leadId)).toEqual([]);
    // A lead who stands for a company that is not named is shown nothing: it could be a competitor.
    expect(leads.filter((lead) => lead.capacity === "trade" && !lead.company).map(({ leadId }) => leadId)).toEqual([]);
  });

  it("reaches nobody: addresses are reserved ones, and pages are under reserved names", () => {
    const reserved = /(^|[@.])example\.(com|org|net)$/;
    const addresses = leads.flatMap((lead: LeadInput) => (lead.email ? [lead.email] : []));
    expect(addresses.filter((address) => !reserved.test(address))).toEqual([]);
    const hosts = [...JSON.stringify(assets).matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host ?? "");
    expect(hosts.filter((host) => !reserved.test(host) && !host.endsWith(".example"))).toEqual([]);
  });

  it("has accounts and deals that agree with what the leads say of them", () => {
    const lines = readFileSync(file("sample/accounts.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const accounts = new Map(lines.filter((line) => !line.opportunityId).map((line) => [line.accountId, line]));
    const deals = new Map(lines.filter((line) => line.opportunityId).map((line) => [line.opportunityId, line]));
    expect(accounts.size + deals.size).toBe(lines.length);
    expect([...deals.values()].filter(({ accountId }) => !accounts.has(accountId))).toEqual([]);
    for (const { leadId, accountId, company, opportunity } of leads) {
      if (accountId === undefined) continue;
      const { name, industry, size } = accounts.get(accountId) ?? {};
      expect({ name, industry, size }, leadId).toEqual(company);
      if (opportunity === undefined) continue;
      const deal = deals.get(opportunity.id);
      expect(deal, leadId).toMatchObject({
        accountId,
        stage: opportunity.stage,
        amountMinor: opportunity.amountMinor,
        currency: opportunity.currency,
      });
      expect(NOW - deal.openedAt.$daysAgo * 86_400_000, leadId).toBe(Date.parse(opportunity.openedAt ?? ""));
    }
    expect(new Set(leads.flatMap(({ opportunity }) => opportunity?.id ?? []))).toEqual(new Set(deals.keys()));
    const hosts = [...accounts.values()].map(({ website }) => new URL(website).hostname);
    expect(hosts.filter((host) => !/\.example\.(com|org|net)$/.test(host))).toEqual([]);
  });

  it("has telephone numbers that are set aside for fiction only", () => {
    // NANP 555-01XX; Ofcom, Bundesnetzagentur, ARCEP, ACMA and PTS keep ranges for film and print.
    const fictitious = /^\+(1[0-9]{3}55501|447700900|4930231250|4930231251|3319900|614915701|468465004)/;
    const numbers = leads.flatMap(({ phone }) => phone ?? []);
    expect(numbers.length).toBeGreaterThanOrEqual(8);
    expect(numbers.filter((number) => !fictitious.test(number))).toEqual([]);
  });

  it("has events of every type, each for a lead or an asset of the sample", () => {
    const ids = new Set<string>([...leads.map(({ leadId }) => leadId), ...assets.map(({ assetId }) => assetId)]);
    const lines = readFileSync(file("sample/events.jsonl"), "utf8").trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(40);
    const types = new Set<string>();
    const names = new Set<string>();
    for (const line of lines) {
      const envelope = cloudEventEnvelope.parse(JSON.parse(line));
      const schema = Object.entries(eventData).find(([type]) => type === envelope.type)?.[1];
      expect(schema?.safeParse(envelope.data).success, line).toBe(true);
      expect(ids).toContain(envelope.subject);
      types.add(envelope.type);
      names.add(envelope.id);
    }
    expect(types).toEqual(new Set(eventTypes));
    expect(names.size).toBe(lines.length);
  });
});

describe("the templates to copy", () => {
  it("are a playbook and an asset that are accepted as they stand", () => {
    const book = playbook.parse(parse(readFileSync(file("templates/playbook.yaml"), "utf8")));
    expect(Object.keys(book).sort()).toEqual(Object.keys(playbook.shape).sort());
    const line = JSON.parse(readFileSync(file("templates/asset.jsonl"), "utf8"));
    expect(assetInput.parse(line)).toMatchObject({ assetId: "my-customer-first-quote" });
  });

  it("use the taxonomy's terms", () => {
    const terms = makeTermIndex(taxonomy.parse(parse(readFileSync(file("taxonomy.yaml"), "utf8"))));
    const asset = assetInput.parse(JSON.parse(readFileSync(file("templates/asset.jsonl"), "utf8")));
    expect(checkTerms(asset, terms)).toEqual([]);
    const { when, prefer, purpose } = playbook.parse(parse(readFileSync(file("templates/playbook.yaml"), "utf8")));
    const problems = [
      ...when.personas.map((term) => terms.problem("personas", term)),
      ...prefer.themes.map((term) => terms.problem("themes", term)),
      terms.problem("purposes", purpose),
    ];
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  it("say of the asset in many lines what stands in the one", () => {
    const explained = readFileSync(file("templates/asset.jsonc"), "utf8").replace(/^\s*\/\/.*$/gm, "");
    expect(JSON.parse(explained)).toEqual(JSON.parse(readFileSync(file("templates/asset.jsonl"), "utf8")));
  });
});

async function load(name: string): Promise<ImportedLine[]> {
  const found: ImportedLine[] = [];
  for await (const line of readCanonicalJsonl(createReadStream(file(name)), { file: name, relativeTo: NOW })) {
    if (line.kind === "error") throw new Error(line.message);
    found.push(line);
  }
  return found;
}
