import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { type Composition, composeContent, contentHash } from "./compose-content.ts";
import { content } from "./content.ts";
import type { DisplayDuties } from "./display-duties.ts";
import { proposedPlacement } from "./plan.ts";
import { attributionMode, element } from "./vocabulary.ts";

type Different = Parameters<typeof placementFacts>[0];

const noDuties: DisplayDuties = {
  selection: false,
  verification: false,
  reviewPolicy: false,
  machineNotice: false,
  asOf: false,
  reviewCount: false,
};

function compositionOf(
  different: Different = {},
  proposed: object = {},
  duties: Partial<DisplayDuties> = {},
): Composition {
  const { version, definition, grants, endorser, profile, planner, framingBy } = placementFacts(different);
  const grant = grants[0]?.terms;
  if (!version || !definition || !grant) throw new Error("the fixture has all of it");
  return {
    version,
    definition,
    grant,
    endorser,
    disclosing: { duties: { ...noDuties, ...duties }, profile, planner, framingBy },
    proposed: proposedPlacement.parse({
      assetId: "asset-1",
      assetVersion: 3,
      touchpoint: { channel: "web", place: "pricing-hero" },
      ...proposed,
    }),
  };
}

function composed(different: Different = {}, proposed: object = {}, duties: Partial<DisplayDuties> = {}) {
  const result = composeContent(compositionOf(different, proposed, duties));
  if ("problem" in result) throw new Error(result.problem);
  return result.content;
}

describe("content", () => {
  test("is what the place wants and the grant covers, with the template's merge fields unresolved", () => {
    expect(composed()).toEqual({
      assetId: "asset-1",
      assetVersion: 3,
      endorserId: "e-1",
      touchpoint: { channel: "web", place: "pricing-hero" },
      language: "en",
      elements: ["quote", "name", "role", "company"],
      attribution: "full",
      attributedAs: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      quote: { start: 0, end: 67 },
      framing: "What others in {{industry}} say",
      disclosures: [],
      links: [
        { url: "https://www.acme.example/customers", text: "More stories" },
        { url: "https://www.acme.example/globex", text: "Source" },
      ],
    });
  });

  test("links to the source where that tells no name that the grant does not cover", () => {
    const source = (of: Different) => composed(of).links.filter(({ text }) => text === "Source").length;
    const unnamed = { elements: ["quote", "role", "company"] };
    expect(source({})).toBe(1);
    expect(source({ grant: unnamed })).toBe(0);
    expect(source({ grant: { attribution: "initials" } })).toBe(0);
    expect(source({ grant: unnamed, asset: { kind: "award" } })).toBe(1);
    expect(source({ grant: { ...unnamed, attribution: "initials" }, asset: { kind: "award" } })).toBe(0);
    expect(source({ grant: unnamed, endorser: null })).toBe(1);
  });

  test("of an e-mail has the template's subject, and its hash is bound to it", () => {
    const email = { channel: "email", place: "step-1", subject: "A word on {{company}}" };
    const at = { touchpoint: { channel: "email", place: "step-1" } };
    const made = composed({ definition: email }, at);
    expect(made.subject).toBe(email.subject);
    expect(contentHash(composed({ definition: { ...email, subject: "Another" } }, at))).not.toBe(contentHash(made));
    // A page has none, whatever its playbook says: hashes of pages stay what they were.
    expect("subject" in composed({ definition: { subject: "A subject" } })).toBe(false);
    const without = compositionOf({ definition: { channel: "email", place: "step-1" } }, at);
    expect(composeContent(without)).toEqual({ problem: "The touchpoint has no subject for an e-mail." });
  });

  test.each(["initials", "role-only", "anonymous"])(
    "attribution %s does not link to where the name stands",
    (attribution) => {
      const { links } = composed({ grant: { attribution } });
      expect(links).toEqual([{ url: "https://www.acme.example/customers", text: "More stories" }]);
    },
  );

  test.each([
    ["full", ["quote", "name", "role", "company", "logo", "photo"]],
    ["initials", ["quote", "name", "role", "company", "logo"]],
    ["role-only", ["quote", "role"]],
    ["anonymous", ["quote"]],
  ])("attribution %s leaves %j", (attribution, elements) => {
    const all = element.options;
    expect(composed({ grant: { attribution, elements: all }, definition: { elements: all } }).elements).toEqual(
      elements,
    );
  });

  test("never shows an element that place, grant or attribution mode leaves out", () => {
    const some = fc.uniqueArray(fc.constantFrom(...element.options), { minLength: 1 });
    fc.assert(
      fc.property(some, some, fc.constantFrom(...attributionMode.options), (wanted, covered, attribution) => {
        const result = composeContent(
          compositionOf({ definition: { elements: wanted }, grant: { elements: covered, attribution } }),
        );
        if ("problem" in result) return;
        for (const one of result.content.elements) {
          expect(wanted).toContain(one);
          expect(covered).toContain(one);
        }
        expect(result.content.quote !== null).toBe(result.content.elements.includes("quote"));
        if (attribution !== "full") expect(result.content.elements).not.toContain("photo");
        expect(content.parse(result.content)).toEqual(result.content);
      }),
    );
  });

  test("what the endorser's record does not have is not shown", () => {
    expect(composed({ endorser: { relationship: "customer" } }).elements).toEqual(["quote", "name"]);
    expect(composed({ endorser: null }).elements).toEqual(["quote"]);
  });

  test("discloses connection and insider, in the asset's language", () => {
    const incentive = { kind: "gift-card", conditionedOnSentiment: false, text: "Received a gift card." };
    const asset = { language: "de-AT", source: { system: "g2", verified: true, incentive } };
    expect(composed({ asset, endorser: { relationship: "partner" } }).disclosures).toEqual([
      { kind: "connection", text: "Received a gift card." },
      { kind: "insider", text: "Die bewertende Person ist Geschäftspartner des Anbieters." },
    ]);
    const inOwn = (language: string) =>
      composed({ asset: { language }, endorser: { relationship: "employee" } }).disclosures.map(({ text }) => text);
    expect(inOwn("pl")).toEqual(["Autor opinii jest pracownikiem dostawcy."]);
    expect(inOwn("sv-FI")).toEqual(["Recensenten är anställd hos leverantören."]);
    expect(composed({ asset: { language: "fi" }, endorser: { relationship: "employee" } }).disclosures).toEqual([
      { kind: "insider", text: "The reviewer is an employee of the provider." },
    ]);
  });

  test("says what the use asks for, once each, after what the records call for", () => {
    const source = { system: "gartner", verified: true, collectedAt: "2026-10-01T00:00:00Z", reviewCount: 120 };
    const claims = [{ metric: "payback", value: 3, unit: "month", generallyExpected: "Most take a year." }];
    const profile = {
      reviewVerification: "Checked against orders.",
      reviewPolicyUrl: "https://www.acme.example/reviews",
    };
    const all = { selection: true, verification: true, reviewPolicy: true, asOf: true, reviewCount: true };
    const made = composed({ asset: { kind: "review", language: "de", claims, source }, profile }, {}, all);
    expect(made.disclosures).toEqual([
      { kind: "typical", text: "Most take a year." },
      { kind: "selection", text: "Ausgewählte Zitate." },
      { kind: "verification", text: "Checked against orders." },
      { kind: "source", text: "Stand 2026-10-01, 120 Bewertungen" },
    ]);
    expect(made.links.at(-1)).toEqual({ url: profile.reviewPolicyUrl, text: "Unsere Regeln für Bewertungen" });
    expect(composed({ asset: { source }, profile }, {}, { asOf: false, reviewCount: true }).disclosures).toEqual([
      { kind: "source", text: "120 reviews" },
    ]);
    expect(composed({ asset: { source, language: "pl" } }, {}, { asOf: true, reviewCount: true }).disclosures).toEqual([
      { kind: "source", text: "Stan na 2026-10-01, liczba opinii: 120" },
    ]);
  });

  test("says that the source checked the reviewer where the profile does not say how, and nothing that nobody checked", () => {
    const by = (method: string, language = "en") => {
      const source = { system: "portal", verified: true, method };
      return composed({ asset: { kind: "review", source, language } }, {}, { verification: true }).disclosures;
    };
    expect(by("verified-purchase")).toEqual([{ kind: "verification", text: "The reviewer’s purchase was verified." }]);
    expect(by("verified-user", "nl-BE")).toEqual([
      { kind: "verification", text: "Er is gecontroleerd dat de beoordelaar het product heeft gebruikt." },
    ]);
    for (const method of ["interview", "survey", "order number asked for", "not verified", "Verified-Purchase"])
      expect(by(method), method).toEqual([]);
    const bare = { kind: "review", source: { system: "gartner", verified: true } };
    expect(composed({ asset: bare }, {}, { verification: true, asOf: true, reviewPolicy: true })).toMatchObject({
      disclosures: [],
      links: [{ text: "More stories" }],
    });
  });

  test("says whose client an adviser's was, and what was paid, where the profile is an adviser's", () => {
    const adviser = { clientStatus: "A client.", compensation: "Not paid.", conflicts: "No conflicts." };
    const asset = { source: { system: "interview", verified: true, adviser } };
    expect(composed({ asset }).disclosures).toEqual([]);
    expect(composed({ asset, profile: { regulated: ["sec-adviser"] } }).disclosures).toEqual(
      ["A client.", "Not paid.", "No conflicts."].map((text) => ({ kind: "adviser", text })),
    );
  });

  test("marks a model's words where the profile wants that, and tells who chats that a machine answers", () => {
    const marked = { kind: "ai", text: "The introduction was written by AI." };
    const by = (framingBy: "template" | "planner" | "person", kind: string, marksModelText = true) =>
      composed({ profile: { marksModelText }, facts: { framingBy, planner: { kind, version: "1" } } }).disclosures;
    expect(by("planner", "llm")).toEqual([marked]);
    expect([...by("person", "llm"), ...by("template", "llm"), ...by("planner", "llm", false)]).toEqual([]);
    expect(by("planner", "rules")).toEqual([]);
    const unknown = composed({ profile: { marksModelText: true }, facts: { framingBy: "planner", planner: null } });
    expect(unknown.disclosures).toEqual([marked]);
    const chat = { definition: { channel: "chat", place: "window" } };
    const there = { touchpoint: { channel: "chat", place: "window" } };
    expect(composed(chat, there, { machineNotice: true }).disclosures).toEqual([
      { kind: "ai", text: "You are chatting with an automated system." },
    ]);
    expect(composed({}, {}, { machineNotice: true }).disclosures).toEqual([]);
  });

  test.each<[string, Different, object]>([
    ["another asset", {}, { assetId: "asset-2" }],
    ["another version", {}, { assetVersion: 2 }],
    ["another touchpoint", {}, { touchpoint: { channel: "web", place: "other" } }],
    ["a framing with half of a character", {}, { framing: "Live \ud83d in days" }],
    ["an excerpt past the end", {}, { excerpt: { start: 0, end: 68 } }],
    ["an excerpt of nothing", {}, { excerpt: { start: 5, end: 5 } }],
    ["an excerpt that cuts a character", { asset: { quote: "Good 👍 work" } }, { excerpt: { start: 0, end: 6 } }],
    [
      "an excerpt of a quote that is not shown",
      { asset: { kind: "statistic", quote: undefined } },
      { excerpt: { start: 0, end: 1 } },
    ],
    ["a testimonial whose quote is not covered", { grant: { elements: ["name"] } }, {}],
    ["a logo that is not covered", { asset: { kind: "logo", quote: undefined } }, {}],
  ])("is a problem for %s", (_why, different, proposed) => {
    expect(composeContent(compositionOf(different, proposed))).toHaveProperty("problem");
  });

  test("its hash changes with anything shown and with nothing else", () => {
    const hash = contentHash(composed());
    const endorser = { relationship: "customer", role: "Head of Logistics", company: "Globex" } as const;
    const known = contentHash(composed({ endorser }));
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(contentHash(composed({ lead: { company: { name: "Another" } } }))).toBe(hash);
    expect(contentHash(composed({}, { framing: "Other words" }))).not.toBe(hash);
    expect(contentHash(composed({}, { excerpt: { start: 0, end: 25 } }))).not.toBe(hash);
    expect(contentHash(composed({ grant: { attribution: "initials" } }))).not.toBe(hash);
    expect(contentHash(composed({ endorser: { ...endorser, role: "Head of Buying" } }))).not.toBe(known);
    const checked = { ...endorser, currentCustomerCheckedAt: "2026-10-31T00:00:00Z" };
    expect(contentHash(composed({ endorser: checked }))).toBe(known);
  });
});
