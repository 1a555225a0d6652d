import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { testVault } from "../../test/support/vault.ts";
import { makeAuditLog } from "../audit/sql-audit-log.ts";
import { makeCatalogue } from "../catalogue/sql-catalogue.ts";
import { makeClearances } from "../clearances/sql-clearances.ts";
import { makeEmbeddedCrm } from "../crm/embedded-crm.ts";
import { loadDeployment } from "../deployment/load-deployment.ts";
import { assetId, leadId } from "../domain/ids.ts";
import { makeInbox } from "../intake/sql-inbox.ts";
import { databaseTarget, importRecords, type RecordTarget } from "./import-records.ts";
import { importers } from "./importers.ts";
import { loadSample } from "./load-sample.ts";

const asset = {
  assetId: "a-1",
  kind: "review",
  title: "Worth it",
  language: "en",
  source: { system: "interview", verified: true },
  freshnessTimestamp: "2026-11-01T00:00:00Z",
};
const lead = { leadId: "L-1", country: "DE", stage: "evaluation", email: "jo@example.com" };

let opened: TestStore;
beforeEach(async () => {
  opened = await openTestStore();
});
afterEach(() => opened.close());

function rooms() {
  const runtime = testRuntime();
  const { clock, ids } = runtime;
  const vault = testVault(runtime);
  const audit = makeAuditLog({ vault, clock, ids });
  const terms = loadDeployment({ configDir: "data", playbooksDir: "data/playbooks" }).taxonomy;
  const { store } = opened;
  const catalogue = makeCatalogue({ vault, audit, clock, terms });
  const inbox = makeInbox({ vault, clock });
  // Nothing is live before there is any asset.
  const recall = { refuseVersion: async () => [], endVersion: async () => undefined };
  const profile = { clearanceDays: 365 };
  return {
    store,
    runtime,
    catalogue,
    clearances: makeClearances({ audit, inbox, recall, vault, catalogue, profile, clock, ids }),
    crm: makeEmbeddedCrm({ vault, audit, clock, terms }),
  };
}

const importing = (lines: readonly object[], target: RecordTarget, atOnce?: number) => {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const read = importers.canonical(chunk(text), { file: "f.jsonl" });
  return importRecords(read, target, { file: "f.jsonl", ...(atOnce !== undefined && { atOnce }) });
};

/** What a target needs besides assets. */
const others: Omit<RecordTarget, "putAsset"> = {
  putLead: async () => "created",
  putAccount: async () => "created",
  putOpportunity: async () => "created",
};

describe("an import", () => {
  it("writes what is right, names what is wrong by line, and stops at nothing", async () => {
    const { store, catalogue, crm } = rooms();
    const lines = [
      asset,
      { ...asset, assetId: "a-2", themes: ["onbording"] },
      { nothing: 1 },
      lead,
      { ...lead, country: "Germany" },
    ];
    const report = await importing(lines, databaseTarget({ store, catalogue, crm }));
    expect(report.assets).toEqual({ created: 1, versioned: 0, unchanged: 0 });
    expect(report.leads).toEqual({ created: 1, replaced: 0 });
    expect(report.refused.map(({ line }) => line)).toEqual([2, 3, 5]);
    for (const { line, message } of report.refused) expect(message.startsWith(`f.jsonl:${line}: `)).toBe(true);
    expect(report.refused[0]?.fields).toEqual([
      { pointer: "/themes/0", message: expect.stringContaining("onboarding") },
    ]);
    expect(JSON.stringify(report)).not.toContain("jo@example.com");
    expect(await catalogue.asset(store.read, assetId.parse("a-1"))).toMatchObject({ currentVersion: 1 });
    expect(await catalogue.asset(store.read, assetId.parse("a-2"))).toBeNull();
    expect(await crm.lead(store.read, leadId.parse("L-1"))).not.toBeNull();
  });

  it("lets the later of two lines about one record stand, and takes the same again as unchanged", async () => {
    const { store, catalogue, crm } = rooms();
    const target = databaseTarget({ store, catalogue, crm });
    const twice = await importing([asset, lead, { ...asset, title: "Worth more" }, { ...lead, country: "FR" }], target);
    expect(twice).toMatchObject({
      assets: { created: 1, versioned: 1 },
      leads: { created: 1, replaced: 1 },
      refused: [],
    });
    expect((await crm.lead(store.read, leadId.parse("L-1")))?.facts.country).toBe("FR");
    const again = await importing([{ ...asset, title: "Worth more" }], target);
    expect(again.assets).toEqual({ created: 0, versioned: 0, unchanged: 1 });
  });

  it("takes accounts, their deals and their leads from one file, each after what it refers to", async () => {
    const { store, catalogue, crm } = rooms();
    const target = databaseTarget({ store, catalogue, crm });
    // Slow enough that everything behind it would be there first.
    const slow: RecordTarget = {
      ...target,
      async putAccount(account) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return target.putAccount(account);
      },
    };
    const account = { accountId: "A-1", name: "Hanse Beispiel", industry: "logistics", size: "51-200" };
    const deal = { opportunityId: "O-1", accountId: "A-1", stage: "proposal", amountMinor: 5, currency: "EUR" };
    const lines = [account, deal, { ...lead, accountId: "A-1", opportunity: { id: "O-1", stage: "proposal" } }];
    const report = await importing([...lines, { ...deal, opportunityId: "O-2", accountId: "A-9" }], slow);
    expect(report).toMatchObject({
      accounts: { created: 1, replaced: 0 },
      opportunities: { created: 1, replaced: 0 },
      leads: { created: 1, replaced: 0 },
      refused: [{ line: 4, fields: [{ pointer: "/accountId" }] }],
    });
    expect((await crm.lead(store.read, leadId.parse("L-1")))?.facts).toMatchObject({
      company: { name: "Hanse Beispiel", industry: "logistics", size: "51-200" },
      opportunity: { id: "O-1", stage: "proposal", amountMinor: 5, currency: "EUR" },
    });
    expect((await importing(lines, target)).accounts).toEqual({ created: 0, replaced: 1 });
  });

  it("has no more than it may at once", async () => {
    let now = 0;
    let most = 0;
    const target: RecordTarget = {
      async putAsset() {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now -= 1;
        return "created";
      },
      ...others,
    };
    const many = Array.from({ length: 20 }, (_, i) => ({ ...asset, assetId: `a-${i}` }));
    expect((await importing(many, target, 3)).assets.created).toBe(20);
    expect(most).toBe(3);
  });

  it("ends at a fault that is not the line's", async () => {
    const target: RecordTarget = { putAsset: () => Promise.reject(new Error("disk")), ...others };
    await expect(importing([asset], target)).rejects.toThrow("disk");
  });
});

describe("the sample", () => {
  const config = { sampleData: "auto", configDir: "data" } as const;

  it("is loaded into an empty database, once", async () => {
    const into = rooms();
    expect(await loadSample({ ...into, config })).toEqual({ assets: linesOf("assets"), leads: linesOf("leads") });
    expect(await loadSample({ ...into, config })).toBeNull();
    const version = await into.catalogue.version(into.store.read, assetId.parse("nordlicht-in-neun-tagen-live"), 1);
    const age = into.runtime.clock.now() - Date.parse(version?.content.freshnessTimestamp ?? "");
    expect(age).toBe(41 * 86_400_000);
  });

  it("is left out when the settings say so, when there is anything already, and when there is none", async () => {
    const into = rooms();
    expect(await loadSample({ ...into, config: { ...config, sampleData: "off" } })).toBeNull();
    expect(await loadSample({ ...into, config: { ...config, configDir: "docs" } })).toBeNull();
    await importing([lead], databaseTarget(into));
    expect(await loadSample({ ...into, config })).toBeNull();
    expect(await into.catalogue.listAssets(into.store.read, { after: null, limit: 1 })).toEqual([]);
  });

  it("brings accounts before those who name them", async () => {
    const into = rooms();
    const configDir = mkdtempSync(join(tmpdir(), "vouchsafe-sample-"));
    mkdirSync(join(configDir, "sample"));
    const account = { accountId: "A-1", name: "Hanse Beispiel" };
    const deal = { opportunityId: "O-1", accountId: "A-1", stage: "demo", openedAt: { $daysAgo: 1 } };
    writeFileSync(join(configDir, "sample/accounts.jsonl"), `${JSON.stringify(account)}\n${JSON.stringify(deal)}\n`);
    writeFileSync(join(configDir, "sample/assets.jsonl"), `${JSON.stringify(asset)}\n`);
    writeFileSync(join(configDir, "sample/leads.jsonl"), `${JSON.stringify({ ...lead, accountId: "A-1" })}\n`);
    expect(await loadSample({ ...into, config: { ...config, configDir } })).toEqual({ assets: 1, leads: 1 });
    rmSync(configDir, { recursive: true });
    expect((await into.crm.lead(into.store.read, leadId.parse("L-1")))?.facts.company?.name).toBe("Hanse Beispiel");
  });

  it("brings what people have said of its assets, and names a line that can't be used", async () => {
    const into = rooms();
    const configDir = mkdtempSync(join(tmpdir(), "vouchsafe-sample-"));
    mkdirSync(join(configDir, "sample"));
    const write = (name: string, ...lines: unknown[]) =>
      writeFileSync(join(configDir, `sample/${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    write("assets", asset);
    write("leads", lead);
    const said = { assetId: "a-1", rule: "claim.typical", reason: "Is it typical?" };
    const load = () => loadSample({ ...into, config: { ...config, configDir } });
    write("clearances", { ...said, verdict: "clear" }, { ...said, verdict: "maybe" });
    await expect(load()).rejects.toMatchObject({
      code: "config",
      message: expect.stringContaining("jsonl:2: verdict"),
    });
    write("clearances", { ...said, assetId: "a-9", verdict: "clear" });
    await expect(load()).rejects.toMatchObject({ code: "config", message: expect.stringContaining("a-9") });
    write("clearances", { ...said, verdict: "clear", days: 7 }, { ...said, rule: "asset.fresh", verdict: "ask" });
    expect(await load()).toEqual({ assets: 1, leads: 1 });
    rmSync(configDir, { recursive: true });
    const now = into.runtime.clock.now();
    expect(await into.clearances.ofVersion(into.store.read, "a-1", 1)).toEqual([
      { question: "claim.typical|Is it typical?", verdict: "cleared", expiresAt: now + 7 * 86_400_000 },
    ]);
    const open = await into.clearances.list(into.store.read, { state: "open", after: null, limit: 10 });
    expect(open).toMatchObject([{ rule: "asset.fresh", openedBy: null }]);
  });

  it("is loaded whole or not at all", async () => {
    const into = rooms();
    const configDir = mkdtempSync(join(tmpdir(), "vouchsafe-sample-"));
    mkdirSync(join(configDir, "sample"));
    writeFileSync(join(configDir, "sample/assets.jsonl"), `${JSON.stringify(asset)}\n`);
    writeFileSync(join(configDir, "sample/leads.jsonl"), `${JSON.stringify({ ...lead, persona: "astronaut" })}\n`);
    await expect(loadSample({ ...into, config: { ...config, configDir } })).rejects.toMatchObject({ code: "invalid" });
    rmSync(configDir, { recursive: true });
    expect(await into.catalogue.listAssets(into.store.read, { after: null, limit: 1 })).toEqual([]);
  });
});

function linesOf(name: string): number {
  return readFileSync(`data/sample/${name}.jsonl`, "utf8").trim().split("\n").length;
}

async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
