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
