import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testRuntime } from "../../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../../test/support/store.ts";
import { testVault } from "../../../test/support/vault.ts";
import { makeAuditLog } from "../../audit/sql-audit-log.ts";
import { makeTermIndex } from "../../deployment/term-index.ts";
import { assetInput } from "../../domain/asset.ts";
import { assetId } from "../../domain/ids.ts";
import type { Catalogue } from "../catalogue.ts";
import { makeCatalogue } from "../sql-catalogue.ts";
import { makeProofSearch } from "./proof-search.ts";
import type { ProofQuery, ProofSearch } from "./search.ts";

const runtime = testRuntime();
const term = (name: string, label = name) => ({ term: name, label, phrases: [] });
const terms = makeTermIndex({
  personas: [],
  industries: [],
  products: [],
  themes: [],
  objections: [term("too-expensive", "It costs too much")],
  purposes: [term("nurture")],
});
const query: ProofQuery = {
  now: runtime.clock.now(),
  limit: 10,
  channel: "web",
  territory: "DE",
  purpose: "nurture",
  languages: ["en"],
  elements: ["quote"],
  company: null,
  excludeAssets: new Set(),
  freshAfter: {},
  text: "",
  kinds: [],
  themes: [],
  objections: [],
  products: [],
  persona: null,
  industry: null,
  companySize: null,
  stage: null,
};

let db: TestStore;
let catalogue: Catalogue;

beforeEach(async () => {
  db = await openTestStore();
  const vault = testVault(runtime);
  const audit = makeAuditLog({ vault, clock: runtime.clock, ids: runtime.ids });
  catalogue = makeCatalogue({ vault, audit, clock: runtime.clock, terms });
});
afterEach(() => db.close());

describe("the index", () => {
  test("is empty over an empty catalogue, and holds what is there at start over more than a page", async () => {
    expect((await makeProofSearch({ store: db.store, terms })).size).toBe(0);
    await db.store.write(async (trx) => {
      for (let i = 0; i < 1005; i++) await catalogue.putAsset(trx, input(`a-${i}`));
    });
    const search = await makeProofSearch({ store: db.store, terms });
    expect(search.size).toBe(1005);
    expect(ids(search, { limit: 2000 })).toHaveLength(1005);
  });

  test("finds an asset by its quote, and by the words of the objection that it answers", async () => {
    await put("plain", { quote: "We like the colours." });
    await put("answer", { objections: ["too-expensive"] });
    const search = await makeProofSearch({ store: db.store, terms });
    expect(ids(search, { text: "which colour?" })[0]).toBe("plain");
    expect(ids(search, { text: "it costs a lot" })[0]).toBe("answer");
  });

  test("sees what has changed after a refresh, not before", async () => {
    await put("a");
    const search = await makeProofSearch({ store: db.store, terms });
    await put("b");
    await put("a", { title: "Another title" });
    expect(ids(search)).toEqual(["a"]);
    await search.refresh();
    expect(search.search(query).hits.map((hit) => [hit.assetId, hit.version])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect(search.size).toBe(2);
  });

  test("follows status, new terms of a grant, and its end", async () => {
    await put("a");
    const search = await makeProofSearch({ store: db.store, terms });
    const a = assetId.parse("a");

    await db.store.write((trx) => catalogue.setStatus(trx, a, "disputed"));
    await search.refresh();
    expect(ruledOut(search)).toEqual([["a", ["asset.current"]]]);
    await db.store.write((trx) => catalogue.setStatus(trx, a, "active"));

    await put("a", {}, { territories: ["FR"] });
    await search.refresh();
    expect(ruledOut(search)).toEqual([["a", ["grant.territory"]]]);
    await put("a");
    await search.refresh();
    expect(ids(search)).toEqual(["a"]);

    await db.store.write((trx) => catalogue.revokeGrants(trx, a, "asked to"));
    await search.refresh();
    expect(ids(search)).toEqual([]);
    expect(ruledOut(search)).toEqual([["a", ["grant.valid"]]]);
  });

  test("is current for every caller of refresh, however many call at once", async () => {
    const search = await makeProofSearch({ store: db.store, terms });
    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        await put(`a-${i}`);
        await search.refresh();
        expect(ids(search, { limit: 100 })).toContain(`a-${i}`);
      }),
    );
    expect(search.size).toBe(30);
  });

  test("stays whole when so much has changed that it is made anew", async () => {
    await put("a");
    await put("b");
    const search = await makeProofSearch({ store: db.store, terms, maxWasted: 3 });
    for (let round = 0; round < 9; round++) {
      await put("a", { title: `Title ${round}` });
      await search.refresh();
    }
    expect(search.search(query).hits.map((hit) => [hit.assetId, hit.version])).toEqual([
      ["a", 10],
      ["b", 1],
    ]);
  });

  test("answers from what it has when a refresh can't read", async () => {
    const search = await makeProofSearch({ store: db.store, terms });
    await put("a");
    await db.store.read.destroy();
    await expect(search.refresh()).rejects.toThrow();
    expect(search.search(query)).toEqual({ hits: [], ruledOut: [] });
  });
});

function input(id: string, change: object = {}, terms: object = {}) {
  return assetInput.parse({
    assetId: id,
    kind: "review",
    title: "Title",
    quote: "Words",
    language: "en",
    source: { system: "s", verified: true },
    freshnessTimestamp: "2026-09-30T00:00:00Z",
    grant: {
      license: "l",
      consentStatus: "granted",
      channels: ["web"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote"],
      ...terms,
    },
    ...change,
  });
}

function put(id: string, change: object = {}, terms: object = {}) {
  return db.store.write((trx) => catalogue.putAsset(trx, input(id, change, terms)));
}

function ids(search: ProofSearch, asked: Partial<ProofQuery> = {}): readonly string[] {
  return search.search({ ...query, ...asked }).hits.map((hit) => hit.assetId);
}

/** Found by the text that all of them share. */
function ruledOut(search: ProofSearch) {
  const { ruledOut: near } = search.search({ ...query, text: "title" });
  return near.map((hit) => [hit.assetId, hit.rejectedBy]);
}
