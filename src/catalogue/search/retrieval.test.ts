import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assetContent } from "../../domain/asset.ts";
import { grantTerms } from "../../domain/grant.ts";
import { grantId } from "../../domain/ids.ts";
import { makeProofIndex } from "./proof-index.ts";

// Public development data that lies beside the repository, not in it.
const folder = join(import.meta.dirname, "..", "..", "..", "..", "shared", "data", "retrieval-dev");
const isThere = existsSync(join(folder, "corpus.jsonl"));

/** Measured 0.360; the margin is for changes that trade a little here for more elsewhere. */
const FLOOR = 0.34;

test.skipIf(!isThere)("finds what long task descriptions are about (skipped without ../shared/data)", () => {
  const index = makeProofIndex((term) => term);
  const grant = {
    grantId: grantId.parse("g"),
    revokedAt: null,
    terms: grantTerms.parse({
      license: "l",
      consentStatus: "granted",
      channels: ["web"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote"],
    }),
  };
  const documentNames: string[] = [];
  for (const { id, title, text } of lines<{ id: string; title: string; text: string }>("corpus.jsonl")) {
    documentNames.push(id);
    index.put({
      assetId: id,
      version: 1,
      isActive: true,
      content: assetContent.parse({
        kind: "case-study",
        title: title.slice(0, 200),
        body: text,
        language: "en",
        source: { system: "dev", verified: true },
        freshnessTimestamp: "2026-10-01T00:00:00Z",
      }),
      endorser: null,
      grants: [grant],
    });
  }
  index.compact();
  const relevant = new Map<string, Set<string>>();
  for (const line of readFileSync(join(folder, "qrels.tsv"), "utf8").trim().split("\n")) {
    const [query = "", document = ""] = line.split("\t");
    relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
  }
  const queries = lines<{ id: string; text: string }>("queries.jsonl");
  const gains = queries.map(({ id, text }) => {
    const { hits } = index.search({
      now: Date.UTC(2026, 10, 1),
      limit: 10,
      channel: "web",
      territory: "US",
      purpose: "nurture",
      languages: ["en"],
      elements: ["quote"],
      company: null,
      excludeAssets: new Set(),
      freshAfter: {},
      text,
      kinds: [],
      themes: [],
      objections: [],
      products: [],
      persona: null,
      industry: null,
      companySize: null,
      stage: null,
    });
    return ndcg(
      hits.map((hit) => hit.assetId),
      relevant.get(id) ?? new Set(),
    );
  });
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  console.log(`nDCG@10 over ${queries.length} queries and ${documentNames.length} documents: ${mean.toFixed(4)}`);
  expect(mean).toBeGreaterThan(FLOOR);
});

/** Binary gains: the sum of 1 / log2(rank + 1) over what is relevant, by what the best order would give. */
function ndcg(found: readonly string[], relevant: ReadonlySet<string>): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 2);
  const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, rank) => gain(rank));
  const got = found.map((id, rank) => (relevant.has(id) ? gain(rank) : 0));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return ideal.length === 0 ? 0 : sum(got) / sum(ideal);
}

function lines<T>(file: string): readonly T[] {
  return readFileSync(join(folder, file), "utf8")
    .trim()
    .split("\n")
    .map((line): T => JSON.parse(line));
}
