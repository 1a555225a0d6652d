import { createReadStream, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ImportedLine, readCanonicalJsonl } from "../src/catalogue/importers/canonical-jsonl.ts";
import type { AssetInput } from "../src/domain/asset.ts";
import { taxonomy } from "../src/domain/deployer-profile.ts";
import { cloudEventEnvelope, eventData } from "../src/domain/event.ts";
import type { LeadInput } from "../src/domain/lead.ts";

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

  it("has 20 assets and 12 leads in at least 6 countries, and every line is accepted", () => {
    expect(assets).toHaveLength(20);
    expect(leads).toHaveLength(12);
    expect(new Set(leads.map(({ country }) => country)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(assets.map(({ assetId }) => assetId)).size).toBe(20);
    expect(new Set(leads.map(({ leadId }) => leadId)).size).toBe(12);
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
    expect(new Set(grants.map(({ consentStatus }) => consentStatus))).toEqual(
      new Set(["granted", "pending", "declined", "revoked"]),
    );
    expect(grants.some(({ validUntil }) => validUntil && Date.parse(validUntil) < NOW)).toBe(true);
    expect(grants.some(({ excludes }) => excludes?.companies.includes("Hanse Beispiel Logistik"))).toBe(true);
    expect(new Set(grants.map(({ attribution }) => attribution))).toEqual(new Set(["full", "initials", "anonymous"]));
    expect(assets.some(({ freshnessTimestamp }) => Date.parse(freshnessTimestamp) < NOW - 730 * 86_400_000)).toBe(true);
    expect(assets.filter(({ source }) => source.incentive)).toHaveLength(2);
    expect(new Set(assets.map(({ language }) => language)).size).toBeGreaterThanOrEqual(4);
  });

  it("reaches nobody: addresses are reserved ones, and pages are under reserved names", () => {
    const reserved = /(^|[@.])example\.(com|org|net)$/;
    const addresses = leads.flatMap((lead: LeadInput) => (lead.email ? [lead.email] : []));
    expect(addresses.filter((address) => !reserved.test(address))).toEqual([]);
    const hosts = [...JSON.stringify(assets).matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host ?? "");
    expect(hosts.filter((host) => !reserved.test(host) && !host.endsWith(".example"))).toEqual([]);
  });

  it("has six events that intake knows, each for a lead of the sample", () => {
    const ids = new Set<string>(leads.map(({ leadId }) => leadId));
    const lines = readFileSync(file("sample/events.jsonl"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      const envelope = cloudEventEnvelope.parse(JSON.parse(line));
      const schema = Object.entries(eventData).find(([type]) => type === envelope.type)?.[1];
      expect(schema?.safeParse(envelope.data).success, line).toBe(true);
      expect(ids).toContain(envelope.subject);
    }
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
