import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assetContent } from "../../domain/asset.ts";
import { companyKey } from "../../domain/company-name.ts";
import { allowedChannels, allowedTerritories, coveringGrant, isGrantValid } from "../../domain/covering-grant.ts";
import type { Grant } from "../../domain/facts.ts";
import { grantTerms } from "../../domain/grant.ts";
import { grantId } from "../../domain/ids.ts";
import { attributionMode, channelName, element } from "../../domain/vocabulary.ts";
import type { ProofDocument } from "./document.ts";
import { reads } from "./languages.ts";
import { makeProofIndex, type ProofIndex } from "./proof-index.ts";
import { SEGMENT_WEIGHTS, WEIGHTS } from "./scoring.ts";
import type { ProofQuery } from "./search.ts";

const NOW = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;
const at = (days: number) => new Date(NOW + days * DAY).toISOString();

const query: ProofQuery = {
  now: NOW,
  limit: 100,
  channel: "web",
  territory: "DE",
  purpose: "nurture",
  languages: ["en"],
  elements: ["quote", "name"],
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

describe("filters", () => {
  test("let exactly those through that the rules would, over any catalogue and after any changes", () => {
    fc.assert(
      fc.property(fc.array(documents, { minLength: 1, maxLength: 25 }), queries, (list, asked) => {
        const { index, current } = indexed(list);
        const expected = [...current.values()].filter((document) => wouldPass(document, asked)).map(idOf);
        expect(index.search(asked).hits.map(idOf).sort()).toEqual(expected.sort());
        expect(index.size).toBe(current.size);
      }),
      { numRuns: 400 },
    );
  });

  test("name the rules in the way of what they rule out, and only of that", () => {
    fc.assert(
      fc.property(fc.array(documents, { minLength: 1, maxLength: 25 }), queries, (list, asked) => {
        const { index, current } = indexed(list);
        const { ruledOut } = index.search({ ...asked, limit: 3 });
        expect(ruledOut.length).toBeLessThanOrEqual(5);
        for (const { assetId, rejectedBy } of ruledOut) {
          const document = current.get(assetId);
          if (document === undefined) throw new Error("unknown asset");
          expect(rejectedBy).toEqual(rulesAgainst(document, asked));
          expect(rejectedBy).not.toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test.each<[string, Partial<Parameters<typeof make>[1]>, Partial<ProofQuery>, readonly string[]]>([
    ["a revoked grant", { grants: [grantOf({}, { revokedAt: 1 })] }, {}, ["grant.valid"]],
    ["a grant that is not given", { grants: [grantOf({ consentStatus: "pending" })] }, {}, ["grant.valid"]],
    ["a grant that begins later", { grants: [grantOf({ validFrom: at(1) })] }, {}, ["grant.valid"]],
    ["a grant that ends now", { grants: [grantOf({ validUntil: at(0) })] }, {}, ["grant.valid"]],
    ["no grant", { grants: [] }, {}, ["grant.valid"]],
    ["another channel", {}, { channel: "email" }, ["grant.channel"]],
    ["a narrower asset", { content: { channelAllowances: ["email"] } }, {}, ["grant.channel"]],
    ["another country", { grants: [grantOf({ territories: ["FR"] })] }, {}, ["grant.territory"]],
    ["another jurisdiction", { content: { jurisdiction: "US" } }, {}, ["grant.territory"]],
    ["a country unknown", {}, { territory: "" }, ["grant.territory"]],
    ["another purpose", {}, { purpose: "advertising" }, ["grant.purpose"]],
    ["the quote not covered", { grants: [grantOf({ elements: ["name"] })] }, {}, ["grant.elements"]],
    ["a place without quotes", {}, { elements: ["name"] }, ["grant.elements"]],
    ["a status", { isActive: false }, {}, ["asset.current"]],
    [
      "its own company",
      { endorser: { relationship: "customer", company: "Globex GmbH" } },
      { company: "globex" },
      ["endorser.exclusions"],
    ],
    [
      "an excluded company",
      { grants: [grantOf({ excludes: { companies: ["Initech"], reason: "nda" } })] },
      { company: " INITECH " },
      ["endorser.exclusions"],
    ],
    [
      "a company unknown, with exclusions",
      { grants: [grantOf({ excludes: { companies: ["Initech"], reason: "nda" } })] },
      {},
      ["endorser.exclusions"],
    ],
    ["a showing before", {}, { excludeAssets: new Set(["a"]) }, ["contact.repeat"]],
  ])("%s rules an asset out", (_, change, asked, rules) => {
    const index = filled([
      make("a", {
        content: { themes: ["t"] },
        ...change,
        ...(change.content ? { content: { themes: ["t"], ...change.content } } : {}),
      }),
    ]);
    const found = index.search({ ...query, ...asked, themes: ["t"] });
    expect(found.hits).toEqual([]);
    expect(found.ruledOut.map((near) => near.rejectedBy)).toEqual([rules]);
  });

  test("age rules nothing out: it comes after all that is fresh, with the rule that asks, and where there is room", () => {
    const old = { freshnessTimestamp: at(-10) };
    const index = filled([
      make("old", { content: { ...old, themes: ["t"] } }),
      make("ahead", { content: { freshnessTimestamp: at(2) } }),
      make("fresh", {}),
    ]);
    const asked = { ...query, themes: ["t"], freshAfter: { review: NOW - 9 * DAY } };
    const found = index.search(asked);
    expect(found.hits.map(({ assetId, asks }) => [assetId, asks])).toEqual([
      ["fresh", undefined],
      ["old", ["asset.fresh"]],
      ["ahead", ["asset.fresh"]],
    ]);
    const narrow = index.search({ ...asked, limit: 1 });
    expect(narrow.hits.map(idOf)).toEqual(["fresh"]);
    expect(narrow.ruledOut).toMatchObject([{ assetId: "old", rejectedBy: ["asset.fresh"] }]);
  });

  test("what is masked does not rule out; another language does, and no rule is named", () => {
    const index = filled([make("a", { grants: [grantOf({ elements: ["quote"], attribution: "anonymous" })] })]);
    expect(index.search(query).hits.map(idOf)).toEqual(["a"]);
    expect(index.search({ ...query, languages: ["de"] })).toEqual({ hits: [], ruledOut: [] });
    expect(index.search({ ...query, languages: ["de", "en-GB"] }).hits).toHaveLength(1);
  });

  test.each([
    ["de-AT", "de", true],
    ["pt-BR", "pt-PT", true],
    ["zh-Hans", "zh-Hant", false],
    ["zh", "zh-Hant-TW", true],
    ["de", "nds", false],
  ])("who asks for %s: %s is read: %s", (wanted, offered, readable) => {
    expect(reads(wanted, offered)).toBe(readable);
  });
});

describe("scores", () => {
  test("weights add up to one, so that a score is 0..1 and the weighted sum of its parts", () => {
    expect(Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(Object.values(SEGMENT_WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    fc.assert(
      fc.property(fc.array(documents, { minLength: 1, maxLength: 10 }), queries, (list, asked) => {
        for (const { score, parts } of filled(list).search({ ...asked, ...everything }).hits) {
          const sum = Object.entries(WEIGHTS).reduce((total, [part, weight]) => total + weight * (parts[part] ?? 0), 0);
          expect(score).toBeCloseTo(sum, 9);
          for (const part of Object.values(parts)) expect(part >= 0 && part <= 1).toBe(true);
        }
      }),
    );
  });

  test("what suits better comes first: by segment, theme, objection, kind, product, words, age", () => {
    const better: readonly [Parameters<typeof make>[1], Partial<ProofQuery>][] = [
      [{ content: { audienceSegment: segment({ personas: ["revops"] }) } }, { persona: "revops" }],
      [{ endorser: { relationship: "customer", industry: "logistics" } }, { industry: "logistics" }],
      [{ content: { audienceSegment: segment({ companySizes: ["11-50"] }) } }, { companySize: "11-50" }],
      [{ content: { audienceSegment: segment({ stages: ["decision"] }) } }, { stage: "decision" }],
      [{ content: { themes: ["x"] } }, { themes: ["y", "x"] }],
      [{ content: { objections: ["x"] } }, { objections: ["x"] }],
      [{ content: { kind: "case-study" } }, { kinds: ["case-study", "review"] }],
      [{ content: { productContext: ["core"] } }, { products: ["core"] }],
      [{ content: { title: "Paid for itself in weeks" } }, { text: "Will it pay? When has it paid for itself?" }],
      [{ content: { freshnessTimestamp: at(-1) } }, {}],
    ];
    for (const [change, asked] of better) {
      const found = filled([make("a", {}), make("b", change)]).search({ ...query, ...asked });
      expect(found.hits.map(idOf)).toEqual(["b", "a"]);
    }
  });

  test("a neighbouring size is better than a distant one, and saying nothing better than naming others", () => {
    const sized = (size: "1-10" | "51-200" | "5001+") => ({
      content: { audienceSegment: segment({ companySizes: [size] }) },
    });
    const index = filled([make("a", sized("5001+")), make("b", sized("51-200")), make("c", sized("1-10"))]);
    const hits = index.search({ ...query, companySize: "11-50" }).hits;
    expect(hits.map((hit) => [hit.assetId, hit.parts.segment])).toEqual([
      ["b", 0.5],
      ["c", 0.5],
      ["a", 0],
    ]);
  });

  test("ties go by id, whatever the order of adding; the limit cuts", () => {
    const ids = ["d", "b", "a", "c", "e"];
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, { minLength: 5 }), fc.nat(6), (order, limit) => {
        const index = filled(order.map((id) => make(id, {})));
        expect(index.search({ ...query, limit }).hits.map(idOf)).toEqual(["a", "b", "c", "d", "e"].slice(0, limit));
      }),
    );
  });

  test("the five that would have suited best are named of what was ruled out", () => {
    const off = { isActive: false };
    const index = filled([
      ...Array.from({ length: 40 }, (_, i) => make(`m${i}`, { ...off, content: { themes: ["x"] } })),
      make("z", { ...off, content: { themes: ["x"], audienceSegment: segment({ industries: ["logistics"] }) } }),
    ]);
    const { ruledOut } = index.search({ ...query, themes: ["x"], industry: "logistics" });
    expect(ruledOut).toHaveLength(5);
    expect(ruledOut[0]?.assetId).toBe("z");
  });
});

const everything = {
  text: "paid",
  kinds: ["review" as const],
  themes: ["x", "y"],
  objections: ["o"],
  products: ["core"],
  persona: "revops",
  industry: "logistics",
  companySize: "11-50" as const,
  stage: "decision" as const,
};

const days = fc.integer({ min: -3, max: 3 });
const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const grants = fc
  .record(
    {
      grantId: fc.constantFrom("g1", "g2", "g3", "g4"),
      consentStatus: fc.constantFrom("granted", "granted", "granted", "pending", "expired"),
      revokedAt: fc.constantFrom(null, null, null, 5),
      channels: some(channelName.options),
      territories: some(["DE", "FR", "*"]),
      purposes: some(["nurture", "expansion"]),
      elements: some(element.options),
      attribution: fc.constantFrom(...attributionMode.options),
      validFrom: fc.option(days, { nil: undefined }),
      validUntil: fc.option(days, { nil: undefined }),
      excludes: fc.option(fc.constant({ companies: ["Initech", "Hooli Inc"], reason: "nda" }), {
        nil: undefined,
        freq: 5,
      }),
    },
    { requiredKeys: ["grantId", "consentStatus", "revokedAt", "channels", "territories", "purposes", "elements"] },
  )
  .map(
    ({ grantId: id, revokedAt, validFrom, validUntil, ...terms }): Grant => ({
      grantId: grantId.parse(id),
      revokedAt,
      terms: grantTerms.parse({
        ...dropUndefined(terms),
        license: "l",
        ...(validFrom === undefined ? {} : { validFrom: at(validFrom) }),
        ...(validUntil === undefined ? {} : { validUntil: at(validUntil) }),
      }),
    }),
  );
const documents = fc
  .record({
    id: fc.constantFrom(..."abcdefghijklmnop"),
    isActive: fc.constantFrom(true, true, true, false),
    kind: fc.constantFrom("review", "testimonial", "case-study", "logo"),
    quote: fc.boolean(),
    language: fc.constantFrom("en", "en-GB", "de"),
    jurisdiction: fc.option(fc.constantFrom("DE", "FR"), { nil: undefined, freq: 3 }),
    channelAllowances: fc.option(some(channelName.options), { nil: undefined, freq: 3 }),
    fresh: days,
    company: fc.option(fc.constantFrom("Globex", "Initech"), { nil: undefined }),
    themes: fc.subarray(["x", "y"]),
    grants: fc.uniqueArray(grants, { maxLength: 3, selector: (grant) => grant.grantId }),
  })
  .map(({ id, isActive, fresh, quote, company, grants: held, ...content }) =>
    make(id, {
      isActive,
      content: {
        ...dropUndefined(content),
        freshnessTimestamp: at(fresh),
        ...(quote ? {} : { quote: undefined }),
      },
      endorser: company === undefined ? null : { relationship: "customer", company },
      grants: held,
    }),
  );
const queries = fc
  .record({
    channel: fc.constantFrom(...channelName.options),
    territory: fc.constantFrom("DE", "FR", "US", ""),
    purpose: fc.constantFrom("nurture", "nurture", "expansion"),
    languages: some(["en", "de"]),
    elements: some(element.options),
    company: fc.constantFrom(null, "globex", "initech", "hooli", "other"),
    excludeAssets: fc.subarray(["a", "b", "c"]).map((ids) => new Set(ids)),
    freshAfter: fc.constantFrom({}, { review: NOW - DAY }, { review: NOW, logo: NOW + DAY }),
    themes: fc.subarray(["x", "y"]),
    text: fc.constantFrom("", "paid weeks"),
  })
  .map((asked): ProofQuery => ({ ...query, ...asked }));

/** The rules in words of the domain, one asset at a time. */
function rulesAgainst(document: ProofDocument, asked: ProofQuery): readonly string[] {
  const { content, endorser } = document;
  const grant = coveringGrant(document.grants, asked);
  const found: string[] = [];
  if (!document.isActive) found.push("asset.current");
  if (grant === null || !isGrantValid(grant, NOW)) found.push("grant.valid");
  if (grant !== null) {
    const territories = allowedTerritories(grant, content);
    if (!allowedChannels(grant, content).includes(asked.channel)) found.push("grant.channel");
    if (asked.territory === "" || !(territories.includes("*") || territories.includes(asked.territory))) {
      found.push("grant.territory");
    }
    if (!grant.terms.purposes.includes(asked.purpose)) found.push("grant.purpose");
    if (!isProofShown(document, grant, asked)) found.push("grant.elements");
  }
  const fresh = Date.parse(content.freshnessTimestamp);
  if (fresh < (asked.freshAfter[content.kind] ?? -Infinity) || fresh > NOW + DAY) found.push("asset.fresh");
  const company = asked.company === null ? null : companyKey(asked.company);
  const excluded = document.grants
    .filter(({ terms, revokedAt }) => revokedAt === null && !(terms.validUntil && Date.parse(terms.validUntil) <= NOW))
    .flatMap(({ terms }) => terms.excludes?.companies ?? []);
  const isOwn = endorser?.company !== undefined && companyKey(endorser.company) === company;
  const isExcluded = excluded.length > 0 && (company === null || excluded.some((name) => companyKey(name) === company));
  if (isOwn || isExcluded) found.push("endorser.exclusions");
  if (asked.excludeAssets.has(document.assetId)) found.push("contact.repeat");
  return found;
}

function isProofShown({ content }: ProofDocument, { terms }: Grant, asked: ProofQuery): boolean {
  const shows = (one: "quote" | "logo") => asked.elements.includes(one) && terms.elements.includes(one);
  if (content.kind === "logo") return shows("logo") && ["full", "initials"].includes(terms.attribution);
  if (content.kind === "case-study") return true;
  return content.quote !== undefined && shows("quote");
}

function wouldPass(document: ProofDocument, asked: ProofQuery): boolean {
  return (
    asked.languages.some((language) => reads(language, document.content.language)) &&
    rulesAgainst(document, asked).every((rule) => rule === "asset.fresh")
  );
}

/** Puts them in turn, so that later ones replace earlier ones of the same id; compacts half way. */
function indexed(list: readonly ProofDocument[]) {
  const index = makeProofIndex((term) => term);
  const current = new Map<string, ProofDocument>();
  list.forEach((document, i) => {
    if (i === list.length >> 1) index.compact();
    index.put(document);
    current.set(document.assetId, document);
  });
  return { index, current };
}

function filled(list: readonly ProofDocument[]): ProofIndex {
  return indexed(list).index;
}

function make(
  id: string,
  change: {
    readonly content?: Record<string, unknown>;
    readonly endorser?: ProofDocument["endorser"];
    readonly grants?: readonly Grant[];
    readonly isActive?: boolean;
  },
): ProofDocument {
  return {
    assetId: id,
    version: 1,
    isActive: change.isActive ?? true,
    content: assetContent.parse(
      dropUndefined({
        kind: "review",
        title: "Title",
        quote: "Words",
        language: "en",
        source: { system: "s", verified: true },
        freshnessTimestamp: at(-2),
        ...change.content,
      }),
    ),
    endorser: change.endorser ?? null,
    grants: change.grants ?? [grantOf({})],
  };
}

function grantOf(terms: Record<string, unknown>, { revokedAt = null }: { revokedAt?: number | null } = {}): Grant {
  return {
    grantId: grantId.parse("g"),
    revokedAt,
    terms: grantTerms.parse({
      license: "l",
      consentStatus: "granted",
      channels: ["web"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote", "name"],
      ...terms,
    }),
  };
}

function segment(part: Record<string, readonly string[]>) {
  return { personas: [], industries: [], companySizes: [], stages: [], ...part };
}

function dropUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function idOf({ assetId }: { readonly assetId: string }): string {
  return assetId;
}
