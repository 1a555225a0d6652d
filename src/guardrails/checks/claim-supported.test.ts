import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Different, placementFacts } from "../../../test/support/placement-facts.ts";
import type { Finding } from "../../domain/finding.ts";
import { subjectOf } from "../subject.ts";
import { makeClaimSupported } from "./claim-supported.ts";

const check = makeClaimSupported();
const judged = (framing: string, different: Different = {}): readonly Finding[] =>
  check.examine(subjectOf(placementFacts({ ...different, proposed: { framing } })));
const effects = (framing: string, different: Different = {}) => [
  ...new Set(judged(framing, different).map(({ effect }) => effect)),
];
const quoting = (quote: string, language = "en", more: object = {}): Different => ({
  asset: { quote, title: "A title", claims: [], language, ...more },
});

describe("a figure is traced by value and unit", () => {
  test.each([
    ["Live in 9 days", {}],
    ["Live in nine days", {}],
    ["Nine-day rollout", {}],
    ["Live in ٩ days", {}],
    ["Wie es nach neun Tagen war", {}],
    ["Live in 216 hours", {}],
    ["3x the orders", quoting("Orders tripled within a year.")],
    ["Three times the orders", quoting("Orders tripled within a year.")],
    ["Dreimal so viele Aufträge", quoting("Die Aufträge haben sich verdreifacht.", "de")],
    ["Twice the orders", quoting("We doubled our orders.")],
    ["Saved $1.2m", quoting("It saved us 1,200,000 USD.")],
    ["Saved 1.234,5 EUR", quoting("Gespart: 1.234,50 €", "de")],
    ["One third fewer calls", quoting("Calls fell by a third.")],
    ["50% fewer calls", quoting("Calls fell by half.")],
    ["47 percent fewer calls", quoting("Calls fell by 47 per cent.")],
    ["Forty schools on it", quoting("All 40 schools were on it.")],
    ["A quarter less work", quoting("We do a quarter less of it.")],
    ["Nine of ten stayed", quoting("9 out of 10 stayed.")],
    ["Soixante et onze commandes", quoting("Il y a 71 commandes.", "fr")],
    ["Treinta y cinco días", quoting("Fueron 35 días.", "es")],
    ["Venticinque giorni", quoting("Sono stati 25 giorni.", "it")],
    ["Binnen dertig dagen", quoting("Het duurde 30 dagen.", "nl")],
    ["Van sechs Tagen auf zwei", quoting("Zwei Tage statt sechs.", "de")],
    ["By 5 pm", quoting("The answer came at 17:00.")],
    ["On 12 March", quoting("We went live on March 12.")],
    ["Since 2019", quoting("We have used it since 2019.")],
    [
      "Saved 31 hours",
      quoting("A quote", "en", { claims: [{ metric: "hours-saved", value: 31, unit: "hour/month" }] }),
    ],
    ["The 40 questions and what was made of them", quoting("Vierzig Fragen, vierzig Antworten: das war es.", "de")],
  ])("supported: %s", (framing, different) => expect(effects(framing, different)).toEqual(["review"]));

  test.each([
    ["Live in 7 days", {}],
    ["Live in seven days", {}],
    ["Live in sieben Tagen", {}],
    ["Live in 9 weeks", {}],
    ["9% faster", {}],
    ["Live in 9 words", {}],
    ["9 times faster", {}],
    ["€9 a day", {}],
    ["Live in ７ days", {}],
    ["Half the work", {}],
    ["Doubled their revenue", {}],
    ["Revenue verdoppelt", {}],
    ["Cut by a third", {}],
    ["A tenfold return", {}],
    ["Hundreds of teams", {}],
    ["Two million orders", {}],
    ["Deux semaines", {}],
    ["La mitad del trabajo", {}],
    ["In half an hour", {}],
    ["In a week", {}],
    ["Since 2019", {}],
    ["By 12 March", {}],
    ["At 16:40", {}],
    ["SOC2 in place", {}],
    ["9 of 10 stayed", quoting("9 teams, 10 sites.")],
    ["1.234 orders", quoting("We had 1.234 seconds of downtime.")],
    ["Nine days and ten nights", {}],
    ["Live in fu\u0308nf Tagen", {}],
    ["Live in n\u0332ine\u0332teen\u0332 days", {}],
    ["Live in 1\u03369\u0336 days", {}],
    ["It is 1O0% faster", {}],
    ["100\u066a of it", quoting("All 100 teams use it.")],
    ["2½ days", {}],
    ["Live in Ⅻ days", {}],
    ["Live in 〇 days", {}],
    ["Live in 𐄇 days", {}],
    ["Live in ㊿ days", {}],
    ["Ⅻ sites", quoting("We have XII sites.")],
  ])("denied: %s", (framing, different) => expect(effects(framing, different)).toEqual(["deny"]));

  test.each(["Your first weeks", "One of us", "What is due at once", "From a team that uses it", "See one more story"])(
    "no figure at all: %s",
    (framing) => expect(effects(framing)).toEqual(["review"]),
  );

  it("takes a numeral that is no digit from the asset as it stands", () => {
    expect(effects("Ⅻ sites", quoting("We have Ⅻ sites."))).toEqual(["review"]);
  });

  it("denies whatever number the asset does not have, in whatever words", () => {
    const unit = fc.constantFrom("days", "%", "hours", "times", "customers", " percent", "", "Tage", "million dollars");
    const frame = fc.constantFrom("Live in # ", "# of it", "Now # more", "From # on");
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9_999_999 }), unit, frame, (value, counted, words) => {
        fc.pre(value !== 9 && value !== 216);
        expect(effects(words.replace("#", `${value} ${counted}`))).toEqual(["deny"]);
        expect(effects(words.replace("#", `${value.toLocaleString("en-US")} ${counted}`))).toEqual(["deny"]);
      }),
      { numRuns: 300 },
    );
  });

  it("finds the number of the asset however it is written", () => {
    const forms = ["#", "# ", "in # of"];
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999_999 }), fc.constantFrom(...forms), (value, form) => {
        const written = form.replace("#", `${value.toLocaleString("en-US")} orders`);
        expect(effects(`Now ${written}`, quoting(`We had ${value} orders.`))).toEqual(["review"]);
      }),
      // What may be a year after "in", with a word that it counts, is still what it counts.
      { numRuns: 300, examples: [[1950, "in # of"]] },
    );
  });
});

describe("a name is the asset's, the brand's or the playbook's", () => {
  const competitor = { profile: { competitors: ["Flowmatic"] } };
  test.each([
    ["What others in Logistics say", {}],
    ["How Globex went live", {}],
    ["Why Head of Sales Operations teams like it", {}],
    ["What Acme customers say", {}],
    ["See How Others In Your Field Did It", {}],
    ["Teams in Germany like it", {}],
    ["Onboarding without weekend work", {}],
    ["Découvrez ce que disent les équipes", quoting("Très bien.", "fr")],
    ["Was die Kunden im Einkauf sagen", quoting("Sehr gut.", "de")],
    ["For {{company}}, from {{ industry }}", {}],
    ["Works with Contoso", quoting("It works with Contoso, at last.")],
    ["Recommended by Contoso Bank", quoting("It works with CONTOSO bank, at last.")],
    ["Used by Acme teams", {}],
    ["What others in logistics say", { profile: { competitors: ["Logistics AG"] } }],
  ])("supported: %s", (framing, different) => expect(effects(framing, different)).toEqual(["review"]));

  test.each([
    ["Hear it from Anna Schmidt", {}],
    ["Trusted by SAP and IBM", {}],
    ["Trusted by siemens", {}],
    ["Trusted by Live Nation", quoting("We are live in every nation.")],
    ["Contoso cut the work", {}],
    ["Why Contoso chose us", {}],
    ["CONTOSO GmbH chose us", {}],
    ["As good as HubSpot", {}],
    ["Contoso's favourite", {}],
    ["what flowmatic can't do", competitor],
    ["what flowmatic can't do", { profile: { competitors: ["Flowmatic Inc."] } }],
    ["why acmeless teams left", { profile: { competitors: ["Acmeless Ltd"] } }],
    ["Better than Flowmatic", competitor],
    ["This is for Initech AG", {}],
    ["Découvrez comment Carrefour a gagné", quoting("Très bien.", "fr")],
    ["Wie Anna Schmidt es sah", quoting("Sehr gut.", "de")],
    ["Was HubSpot nicht kann", quoting("Sehr gut.", "de")],
  ])("denied: %s", (framing, different) => expect(effects(framing, different)).toEqual(["deny"]));

  it("takes the names that the brand file lists", () => {
    const voice = { forbidden: [], names: [], knownNames: ["Contoso"], patterns: [], maxFramingChars: {} };
    const tone = { maxExclamations: 1, allowShouting: false };
    const facts = { voice: { ...voice, tone, comparisons: "review" as const } };
    expect(effects("Works with Contoso", { facts })).toEqual(["review"]);
    expect(effects("Works with Contoso")).toEqual(["deny"]);
  });

  it("denies whatever made-up company or product stands in a sentence", () => {
    const part = fc.constantFrom("Zor", "Quel", "Bran", "Vex", "Tul", "Mip", "Kro", "Fen", "Jax", "Lum");
    const name = fc
      .tuple(
        part,
        part.map((one) => one.toLowerCase()),
        fc.constantFrom("ex", "ia", "on", "ix"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        name,
        fc.constantFrom("Why # chose it", "Trusted by #", "Better with #", "Read what # made of it"),
        (made, words) => {
          expect(effects(words.replace("#", made))).toContain("deny");
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("the finding", () => {
  it("quotes what has no support, and says where it stands", () => {
    const [finding] = judged("Live in 9 days, not in 30 days");
    expect(finding).toMatchObject({ effect: "deny", evidence: { figures: [{ text: "30 days", start: 23, end: 30 }] } });
  });

  it("says for what has support where it was found", () => {
    const [finding] = judged("Live in 9 days");
    expect(finding?.evidence).toMatchObject({
      supported: [{ text: "9 days", start: 8, end: 14, by: { in: "quote", text: "nine days", start: 16, end: 25 } }],
    });
  });

  it("does not repeat a person's name", () => {
    expect(JSON.stringify(judged("Hear it from Anna Schmidt"))).not.toContain("Schmidt");
    expect(JSON.stringify(judged("Why Contoso chose us"))).toContain("Contoso");
  });

  test.each([
    "The best there is",
    "The only way",
    "Guaranteed",
    "#1 in its field",
    "Every customer stays",
    "Führend am Markt",
    "Toujours à l'heure",
  ])("asks about what no customer can know: %s", (framing) => {
    const reasons = judged(framing).map(({ effect, reason }) => `${effect}: ${reason}`);
    expect(reasons).toEqual([
      "review: The framing has a superlative or an absolute that the asset does not have.",
      "review: The framing is not the playbook's own, and nobody has read it.",
    ]);
  });

  it("takes a superlative that the asset has for the asset's", () => {
    expect(judged("The best there is", quoting("It is the best there is."))).toHaveLength(1);
  });
});

describe("the playbook's own words, and none", () => {
  it("asks nothing about the template", () => {
    expect(judged("What others in {{industry}} say")).toEqual([]);
  });

  test.each([["Hello {{email}}"], ["Hello {{ name }}"], ["{{"]])("denies a field that is not offered: %s", (framing) =>
    expect(effects(framing)).toEqual(["deny"]),
  );

  test.each([
    ["template", { definition: null }],
    ["words shown", { rendered: null }],
    ["content", { content: null }],
    ["version", { version: null }],
  ])("denies where the %s is not known", (_, facts) => {
    expect(check.examine(subjectOf(placementFacts({ facts }))).map(({ effect }) => effect)).toEqual(["deny"]);
  });

  it("reads what is shown as well as what is hashed", () => {
    const facts = placementFacts();
    if (facts.rendered === null) throw new Error("the fixture has content");
    const shown = { ...facts, rendered: { ...facts.rendered, framing: "Live in 7 days" } };
    expect(check.examine(subjectOf(shown)).map(({ effect }) => effect)).toContain("deny");
  });
});

describe("an asset whose body is made to be read for long", () => {
  test.each(["1-", "9:", "12 ", "1.1.2026 ", "½", "nine ", "hundert", "cento"])("is read at once: %s", (unit) => {
    const body = unit.repeat(50_000 / unit.length).slice(0, 50_000);
    const before = process.cpuUsage();
    expect(effects("Live in nine days", { asset: { body } })).toEqual(["review"]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(1.5);
  });
});

describe("what is found", () => {
  it("is told with what it is, a person's name left out", () => {
    const [company] = judged("Whoever wants to may ask Vandelay or else Anna Schmidt about whatever they need");
    expect(company?.evidence.names).toMatchObject([{ text: "Vandelay" }, { text: "[name]" }]);
    const [unread] = judged("Live in nine days");
    expect(Object.keys(unread?.evidence ?? {})).toEqual(["supported"]);
    const [, doubted] = judged("Vandelay");
    expect([unread?.effect, doubted]).toEqual(["review", undefined]);
  });

  it("has what may be a name beside it, for the person who reads", () => {
    const doubtful = judged("Mark what others say").map(({ evidence }) => evidence.doubtful);
    expect(doubtful).toMatchObject([[{ text: "Mark" }]]);
  });

  it("is denied where the version is not known, though the rest is", () => {
    const subject = { ...subjectOf(placementFacts({ proposed: { framing: "A team like yours" } })), version: null };
    expect(check.examine(subject)).toMatchObject([{ effect: "deny", reason: expect.stringMatching(/is not known/) }]);
  });

  it("is nothing where a page's place has a subject, which only e-mail shows", () => {
    expect(check.examine(subjectOf(placementFacts({ definition: { subject: "Hello" } })))).toEqual([]);
  });
});

describe("a figure is read", () => {
  test.each([
    ["review", "Live by 12th of March", quoting("We went live on March 12.")],
    ["deny", "Ranked #5 of all", {}],
    ["deny", "They ship 100 orders", quoting("We ship two thousand three hundred orders.")],
    ["review", "They ship 2,300 orders", quoting("We ship two thousand three hundred orders.")],
  ])("%s: %s", (effect, framing, different) => expect(effects(framing, different)).toEqual([effect]));
});
