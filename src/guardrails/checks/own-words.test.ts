import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { placementFacts } from "../../../test/support/placement-facts.ts";
import { brand, brandVoice } from "../../domain/brand.ts";
import type { PlacementFacts } from "../../domain/facts.ts";
import { makeGuardrail } from "../cedar-guardrail.ts";
import type { Guardrail } from "../guardrail.ts";

let guardrail: Guardrail;
beforeAll(async () => {
  guardrail = await makeGuardrail();
});

/** The strongest effect of a rule; null where it said nothing. */
function effectOf(rule: string, facts: PlacementFacts): string | null {
  const effects = guardrail
    .judge(facts)
    .findings.filter((one) => one.rule === rule)
    .map((one) => one.effect);
  return (["deny", "review", "allow"] as const).find((effect) => effects.includes(effect)) ?? null;
}

const framing = (text: string, more: Parameters<typeof placementFacts>[0] = {}) =>
  placementFacts({ ...more, proposed: { framing: text } });

describe("review.complete", () => {
  const basis = { query: "reviews of 2026", from: "2026-01-01T00:00:00Z", to: "2026-11-01T00:00:00Z", count: 40 };
  const over = (coverage: string, to = basis.to) => ({ asset: { statistic: { ...basis, coverage, to } } });
  test.each([
    ["deny", "all of them", framing("All our reviews say so")],
    ["deny", "an average", framing("Average rating of teams like yours")],
    ["deny", "out of five", placementFacts({ asset: { title: "4.8 out of 5 stars" } })],
    ["deny", "in German", placementFacts({ asset: { title: "Alle Bewertungen auf einen Blick" } })],
    ["deny", "some that were selected", placementFacts({ asset: { title: "All reviews", ...over("selected").asset } })],
    [
      "deny",
      "a window that has not ended",
      placementFacts({ asset: { title: "All reviews", ...over("all", "2027-01-01T00:00:00Z").asset } }),
    ],
    ["allow", "a statistic over all", placementFacts({ asset: { title: "All reviews", ...over("all").asset } })],
    [null, "nothing of the kind", placementFacts()],
    ["deny", "nothing rendered", placementFacts({ facts: { rendered: null } })],
  ])("%s: %s", (effect, _why, facts) => expect(effectOf("review.complete", facts)).toBe(effect));
});

describe("sentiment.fit", () => {
  const quote = (text: string, more: object = {}) => placementFacts({ asset: { quote: text, ...more } });
  test.each([
    ["review", "words against it", quote("It was awful and we lost a year.")],
    ["allow", "words that tell nothing", quote("We use it on two floors.")],
    ["allow", "words for it", quote("A great tool, and the best support.")],
    ["allow", "recorded as speaking for it", quote("We use it on two floors.", { sentiment: "positive" })],
    ["review", "recorded as speaking against it", quote("A great tool.", { sentiment: "negative" })],
    ["review", "recorded as both", quote("A great tool.", { sentiment: "mixed" })],
    ["allow", "another language", quote("Ein großartiges Werkzeug.", { language: "de" })],
    [
      "allow",
      "another language, recorded",
      quote("Ein großartiges Werkzeug.", { language: "de", sentiment: "positive" }),
    ],
  ])("%s: %s", (effect, _why, facts) => expect(effectOf("sentiment.fit", facts)).toBe(effect));

  test("asks about the version", () => {
    const found = guardrail.judge(quote("It was awful.")).findings.find((one) => one.rule === "sentiment.fit");
    expect(found).toMatchObject({ effect: "review", about: "version" });
  });
});

describe("profile.special", () => {
  test.each([
    "How others live with your diagnosis",
    "As a single mother you need time",
    "Now that you are over 50, plan ahead",
    "For people of your faith",
    "Get out of your debts",
    "Was tun mit Ihrer Krankheit",
    "Vivre avec votre maladie",
    "Vive con tu enfermedad",
    "Convivere con la tua malattia",
    "Uscire dai vostri debiti",
    "Leven met uw ziekte",
    "Voor mensen van jouw geloof",
    "Na je scheiding",
    "Jak żyć z Twoją chorobą",
    "Dla osób Państwa wyznania",
    "Wyjdź ze swoich długów",
    "Så lever andra med din sjukdom",
    "För dig och din tro",
    "Bli av med era skulder",
  ])("deny: %s", (text) => expect(effectOf("profile.special", framing(text))).toBe("deny"));

  test.each([
    "How teams of every age and size work",
    "What others in {{industry}} say",
    "Your team will be live in days",
    "Black Friday without black spreadsheets",
    "As a finance lead you want figures",
    "For healthcare providers and their patients",
    "Wie Ihr Team schneller wird",
    "Weight and volume in one view",
    "Meno dipendenza dai fogli di calcolo",
    "La vostra squadra, subito operativa",
    "Dank u voor uw geloof in ons",
    "Wat anderen van onze dienst vinden",
    "Uw scheiding van taken, vastgelegd",
    "Je gids voor de eerste week",
    "Państwa długi proces zamówień, skrócony",
    "Dziękujemy za Państwa wiarę w nasz zespół",
    "Co mówią inni o Twojej branży",
    "Så arbetar andra i er bransch",
    "Tack för er tro på oss",
    "Ert team, igång på några dagar",
  ])("allow: %s", (text) => expect(effectOf("profile.special", framing(text))).toBe("allow"));

  test("deny: nothing rendered", () =>
    expect(effectOf("profile.special", placementFacts({ facts: { rendered: null } }))).toBe("deny"));
});

describe("brand.voice", () => {
  const voice = brandVoice.parse({
    forbidden: ["cheap", "game changer"],
    names: [{ form: "Tidewise", wrong: ["TideWise", "TIDEWISE"] }],
    patterns: [
      { pattern: "\\bsynerg(y|ies)\\b", reason: "say what it does", effect: "review" },
      { pattern: "free (of charge|forever)", reason: "nothing is free", effect: "deny" },
    ],
    maxFramingChars: { web: 60 },
  });
  const spoken = (text: string, change: object = {}) => framing(text, { facts: { voice: { ...voice, ...change } } });
  test.each([
    ["allow", "as it should be", spoken("What others say of it")],
    ["deny", "a forbidden word", spoken("A Cheap way to do it")],
    ["deny", "a forbidden phrase over two spaces", spoken("A game  changer")],
    ["deny", "a forbidden word in full-width letters", spoken("A ｃｈｅａｐ way to do it")],
    ["deny", "a forbidden word with marks on it", spoken("A c\u0332h\u0332e\u0332a\u0332p\u0332 way to do it")],
    ["allow", "a word that holds a forbidden one", spoken("The cheapest words of all are quoted")],
    ["review", "a name in another form", spoken("How TideWise works")],
    ["review", "a pattern", spoken("It brings SYNERGIES")],
    ["deny", "a pattern that denies", spoken("It is free forever")],
    ["review", "too long", spoken("x".repeat(61))],
    ["review", "too loud", spoken("Look! Now!")],
    ["review", "shouting", spoken("READ THIS NOW PLEASE")],
    ["review", "a comparison", spoken("Better than any other tool")],
    ["deny", "a comparison where none is allowed", spoken("Unlike other tools", { comparisons: "deny" })],
    ["allow", "a comparison where it may be", spoken("Faster than any other", { comparisons: "allow" })],
    ["review", "a competitor", spoken("Not Umbrella Corp. at all")],
    [null, "no voice", framing("A cheap way")],
    ["deny", "nothing rendered", placementFacts({ facts: { voice, rendered: null } })],
  ])("%s: %s", (effect, _why, facts) => expect(effectOf("brand.voice", facts)).toBe(effect));

  test("the competitors are the profile's of the moment, though the voice is the one of before", () => {
    const rivals = (...competitors: string[]) => {
      const facts = framing("Not Globex at all", { facts: { voice } });
      return effectOf("brand.voice", { ...facts, profile: { ...facts.profile, competitors } });
    };
    expect([rivals("Initech"), rivals("Globex"), rivals("Initech")]).toEqual(["allow", "review", "allow"]);
  });

  test.each(["no-brainer", "24/7", "C++ (or so)", "a.b", "[sic]", "so|so", "$$$", "100% {sure}", "back\\slash"])(
    "takes the word %s as it is written",
    (word) => {
      expect(effectOf("brand.voice", spoken(`Well, ${word} it is`, { forbidden: [word] }))).toBe("deny");
      expect(effectOf("brand.voice", spoken("Well, it is", { forbidden: [word] }))).toBe("allow");
    },
  );

  test.each([
    ["(a+)+$", "repeats a repetition"],
    ["(unclosed", "no RE2 pattern"],
    ["(?=ahead)", "no RE2 pattern"],
    ["(a)\\1", "no RE2 pattern"],
  ])("the pattern %s is refused when the file is read", (pattern, why) => {
    const parsed = brand.safeParse({ ...file, voice: { patterns: [{ pattern, reason: "x", effect: "deny" }] } });
    expect(parsed.error?.issues[0]).toMatchObject({
      path: ["voice", "patterns", 0, "pattern"],
      message: expect.stringContaining(why),
    });
  });
  const file = { sender: { name: "Acme", address: "hello@acme.example" }, logoText: "Acme" };
});

describe("whatever the words are", () => {
  test("a figure that nothing bears out is never let through", () => {
    const units = fc.constantFrom(" days", "%", "x", " weeks", " customers", " €", "");
    const numbers = fc.integer({ min: 10, max: 100_000 });
    fc.assert(
      fc.property(numbers, units, fc.constantFrom("They saved ", "Live in ", "It is "), (number, unit, before) => {
        expect(effectOf("claim.supported", framing(`${before}${number}${unit}`))).toBe("deny");
      }),
      { numRuns: 300 },
    );
  });

  test("one letter more or less is no quote any more", () => {
    const facts = placementFacts();
    const quote = facts.rendered?.quote ?? "";
    fc.assert(
      fc.property(fc.nat(quote.length - 1), fc.constantFrom("x", "", "9"), (at, letter) => {
        const changed = quote.slice(0, at) + letter + quote.slice(at + 1);
        fc.pre(changed.replace(/\s+/g, " ").trim() !== quote && /[\p{L}\p{N}]/u.test(quote.charAt(at)));
        const shown = facts.rendered && { ...facts.rendered, quote: changed };
        expect(effectOf("quote.verbatim", placementFacts({ facts: { rendered: shown } }))).toBe("deny");
      }),
      { numRuns: 200 },
    );
  });

  test("a megabyte of text is denied at once, wherever it stands", () => {
    const long = "ignore the 9 days of Acme and ".repeat(35_000);
    const facts = placementFacts();
    const { content, rendered, version } = facts;
    if (!content || !rendered || !version) throw new Error("nothing is shown");
    for (const change of [
      { content: { ...content, framing: long } },
      { rendered: { ...rendered, framing: long } },
      { rendered: { ...rendered, quote: long } },
      { rendered: { ...rendered, disclosures: [long] } },
      { version: { ...version, content: { ...version.content, title: long } } },
    ]) {
      const started = performance.now();
      const { verdict } = guardrail.judge({ ...facts, ...change });
      expect(performance.now() - started).toBeLessThan(500);
      expect(verdict.effect).toBe("deny");
    }
  });
});
