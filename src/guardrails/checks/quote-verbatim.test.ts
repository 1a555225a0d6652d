import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Different, placementFacts } from "../../../test/support/placement-facts.ts";
import type { RenderedText } from "../../domain/facts.ts";
import { subjectOf } from "../subject.ts";
import { quoteVerbatim } from "./quote-verbatim.ts";

const whole = "We were live in nine days, and nobody had to work a weekend for it.";
const judged = (different: Different = {}, shown: Partial<RenderedText> = {}) => {
  const facts = placementFacts(different);
  const subject = subjectOf(facts.rendered === null ? facts : { ...facts, rendered: { ...facts.rendered, ...shown } });
  return quoteVerbatim.applies(subject) ? quoteVerbatim.examine(subject) : null;
};
const effectOf = (different: Different = {}, shown: Partial<RenderedText> = {}) =>
  judged(different, shown)
    ?.map(({ effect, about }) => (about ? `${effect} ${about}` : effect))
    .join("+") ?? "silent";
const allowed = { grant: { excerptsAllowed: true } };
const excerpt = (quote: string, kept: string, language = "en"): Different => {
  const start = quote.indexOf(kept);
  return { ...allowed, asset: { quote, language }, proposed: { excerpt: { start, end: start + kept.length } } };
};

describe("the quote", () => {
  test.each([
    ["the whole quote", "", null, {}, {}],
    [
      "typography and spaces apart",
      "",
      null,
      {},
      { quote: "“We were live in nine\u00a0days,\u2009 and nobody had to work a weekend for it.”" },
    ],
    ["one word more", "deny", null, {}, { quote: whole.replace("nine", "just nine") }],
    ["one word less", "deny", null, {}, { quote: whole.replace("had to work", "worked") }],
    ["other case", "deny", null, {}, { quote: whole.toUpperCase() }],
    ["a part shown as the whole", "deny", null, {}, { quote: "We were live in nine days" }],
    ["a mark of omission where nothing is left out", "deny", null, {}, { quote: `${whole} …` }],
    ["no quote where the content has one", "deny", null, {}, { quote: null }],
    ["an excerpt of everything", "", null, { proposed: { excerpt: { start: 0, end: whole.length } } }, {}],
    ["nothing rendered", "deny", null, { facts: { rendered: null } }, {}],
    ["another asset's content", "deny", null, { facts: { assetId: "asset-2" } }, {}],
    ["an asset without a quote", "silent", null, { asset: { kind: "statistic", quote: undefined } }, {}],
    [
      "a quote out of nowhere",
      "deny",
      null,
      { asset: { kind: "statistic", quote: undefined } },
      { quote: "Best tool ever" },
    ],
    ["a translation that nobody compared", "review version", null, { asset: { translatedFrom: "de" } }, {}],
  ])("%s: %s", (_why, effect, _, different, shown) => expect(effectOf(different, shown)).toBe(effect));

  const typography = fc.constantFrom(
    (text: string) => text.replaceAll(" ", "\u00a0"),
    (text: string) => text.replaceAll(" ", "\u2009 "),
    (text: string) => `“${text}”`,
    (text: string) => `  ${text}\n`,
    (text: string) => text.replaceAll("'", "’"),
    (text: string) => text.replaceAll('"', "«"),
    (text: string) => text.replaceAll("-", "–"),
    (text: string) => text.replaceAll("...", "…"),
    (text: string) => text.normalize("NFD"),
  );
  const said = fc
    .array(
      fc.constantFrom(
        "We",
        "didn't",
        "lose",
        "Müller's",
        "a",
        "single-day",
        "…",
        '"order"',
        "ça",
        "9%",
        "señal",
        "yes...",
      ),
      { minLength: 3, maxLength: 20 },
    )
    .map((words) => `${words.join(" ")} end.`);

  it("is shown in whatever typography", () => {
    fc.assert(
      fc.property(said, typography, (quote, set) => {
        expect(effectOf({ asset: { quote } }, { quote: set(quote) })).toBe("");
      }),
      { numRuns: 300 },
    );
  });

  it("has no letter changed, left out or put in", () => {
    fc.assert(
      fc.property(said, fc.nat(), fc.constantFrom("x", "é", "7", "N", ""), (quote, place, other) => {
        const letters = [...quote.matchAll(/[\p{L}\p{N}]/gu)];
        const at = letters[place % letters.length]?.index ?? 0;
        fc.pre(quote[at] !== other);
        expect(effectOf({ asset: { quote } }, { quote: quote.slice(0, at) + other + quote.slice(at + 1) })).toBe(
          "deny",
        );
        if (other !== "") {
          expect(effectOf({ asset: { quote } }, { quote: quote.slice(0, at) + other + quote.slice(at) })).toBe("deny");
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("an excerpt", () => {
  it("is asked about once per version and span, and shown with its cuts marked", () => {
    const different = { ...allowed, proposed: { excerpt: { start: 0, end: 25 } } };
    expect(placementFacts(different).rendered?.quote).toBe("We were live in nine days …");
    expect(judged(different)).toEqual([
      {
        rule: "quote.verbatim",
        effect: "review",
        about: "version",
        reason: "This excerpt (characters 0 to 25) leaves out what limits it, and has not been approved.",
        evidence: { assetVersion: 3, start: 0, end: 25, words: "nobody" },
      },
    ]);
    expect(effectOf(different, { quote: "We were live in nine days [...]" })).toBe("review version");
  });

  test.each([
    ["without a mark of the cut", { quote: "We were live in nine days" }],
    ["with the mark at the wrong end", { quote: "… We were live in nine days" }],
    ["with a word more", { quote: "We were live in just nine days …" }],
  ])("is denied %s", (_, shown) =>
    expect(effectOf({ ...allowed, proposed: { excerpt: { start: 0, end: 25 } } }, shown)).toBe("deny"),
  );

  it("is denied where the grant allows none", () => {
    expect(effectOf({ proposed: { excerpt: { start: 0, end: 25 } } })).toBe("deny");
  });

  test.each([
    ["Don't buy it for the colours.", "t buy it for the colours."],
    ["It took 1.5 days.", "5 days."],
    ["A cost-effective tool.", "effective tool."],
    ["Unhappy we were not.", "happy we were not."],
    ["We saved 40% of it.", "We saved 40"],
  ])("is not cut within a word: %s", (quote, kept) => {
    expect(judged(excerpt(quote, kept))?.map(({ reason }) => reason)).toEqual([
      "The excerpt begins or ends inside a word.",
    ]);
  });
});

describe("a span that is none", () => {
  const facts = placementFacts();
  const { version, content, rendered } = facts;
  if (version === null || content === null || rendered === null) throw new Error("the fixture has content");
  const reasonsOf = (change: object) =>
    quoteVerbatim.examine({ ...subjectOf(facts), ...change }).map(({ effect, reason }) => `${effect}: ${reason}`);
  const notInSource = ["deny: What is shown as a quote is not in the source version."];
  const spanning = (start: number, end: number) => reasonsOf({ content: { ...content, quote: { start, end } } });

  test.each([
    ["from before the beginning", -1, 67],
    ["of no length", 5, 5],
    ["backwards", 6, 5],
    ["to beyond the end", 0, 68],
  ])("is denied: %s", (_why, start, end) => expect(spanning(start, end)).toEqual(notInSource));

  it("is denied where either side has a quote and the other none", () => {
    expect(reasonsOf({ content: { ...content, quote: null } })).toEqual(notInSource);
    expect(reasonsOf({ rendered: { ...rendered, quote: null } })).toEqual(notInSource);
    const quoteless = { ...version, content: { ...version.content, quote: undefined } };
    expect(reasonsOf({ version: quoteless })).toEqual(notInSource);
  });

  it("is denied where version, content or what is shown is not known, and each is looked at", () => {
    const unknown = ["deny: What would be shown, or the source it quotes, is not known."];
    const silent = { ...content, quote: null };
    for (const change of [{ version: null }, { content: null }, { rendered: null }]) {
      const subject = { ...subjectOf(facts), content: silent, rendered: { ...rendered, quote: null }, ...change };
      expect(quoteVerbatim.applies(subject)).toBe(true);
      expect(reasonsOf(change)).toEqual(unknown);
    }
  });

  it("tells a mark of omission at the wrong place from other words", () => {
    const part = { ...allowed, proposed: { excerpt: { start: 0, end: 25 } } };
    expect(judged(part, { quote: "We were live in nine days" })?.[0]?.reason).toMatch(
      /^A cut in the quote is not marked/,
    );
    expect(judged(part, { quote: "We were live in ten days …" })?.[0]?.reason).toMatch(/is not in the source version/);
  });

  it("is asked about twice where it is an excerpt of a translation", () => {
    const quote = "It works. It is quick.";
    const translation = { quote, language: "en", translatedFrom: "de", kind: "testimonial" };
    const cut = { ...allowed, proposed: { excerpt: { start: 0, end: 9 } } };
    expect(effectOf({ ...cut, asset: translation })).toBe("review version+review version");
    expect(effectOf({ asset: translation })).toBe("review version");
    expect(effectOf({ ...cut, asset: { quote } })).toBe("review version");
  });

  it("may not leave out a word that turns its sense", () => {
    expect(judged(excerpt("I would not recommend it.", "recommend it."))).toMatchObject([
      { effect: "deny", reason: "The excerpt leaves out a word that turns its sense.", evidence: { words: "not" } },
    ]);
  });

  it("may be cut between characters of a script that writes no spaces", () => {
    expect(effectOf(excerpt("九日で稼働した。素晴らしい。", "九日で", "ja"))).toBe("review version");
  });
});
