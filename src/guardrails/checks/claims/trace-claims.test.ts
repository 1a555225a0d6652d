import { describe, expect, test } from "vitest";
import { type Different, placementFacts } from "../../../../test/support/placement-facts.ts";
import { brandVoice } from "../../../domain/brand.ts";
import { subjectOf } from "../../subject.ts";
import { boastsIn } from "./boasts.ts";
import { makeTracer } from "./trace-claims.ts";

const trace = makeTracer();
const traced = (framing: string, different: Different = {}) => trace(framing, subjectOf(placementFacts(different)));
const quoting = (quote: string, more: object = {}): Different => ({
  asset: { quote, title: "A title", claims: [], language: "en", ...more },
});
const figures = (framing: string, different: Different) => traced(framing, different).figures.map(({ text }) => text);
const names = (framing: string, different: Different) => traced(framing, different).names.map(({ text }) => text);

describe("a figure is borne out", () => {
  test("by the place's own words, its link's too", () => {
    const link = { url: "https://www.acme.example/", text: "40 stories" };
    expect(figures("More of 40 stories", { definition: { link } })).toEqual([]);
    expect(figures("More of 41 stories", { definition: { link } })).toEqual(["41"]);
  });

  test("by the body, and by a claim, which is quoted as it is recorded", () => {
    expect(figures("It saves 31 hours", quoting("A quote", { body: "It saves 31 hours." }))).toEqual([]);
    const claims = [
      { metric: "seats", value: 5, unit: "seat" },
      { metric: "hours-saved", value: 31, unit: "hour/month" },
    ];
    expect(traced("It saves 31 hours", quoting("A quote", { claims })).supported).toEqual([
      {
        text: "31 hours",
        start: 9,
        end: 17,
        by: { text: "hours-saved: 31 hour/month", start: 14, end: 40, in: "claims" },
      },
    ]);
  });

  test("not by a number that counts nothing, unless it is told in another language", () => {
    const bare = quoting("It is 9.");
    expect(figures("Shipped 9 orders", bare)).toEqual(["9"]);
    expect(figures("They have shipped 9 orders with it", bare)).toEqual(["9"]);
    expect(figures("Das sind 9 Aufträge bei der Firma", bare)).toEqual([]);
  });

  test("not by its value in another unit", () => {
    expect(figures("It is 777600 now", quoting("It took 9 days."))).toEqual(["777600"]);
    expect(figures("Das waren 9 Tage bei der Firma", quoting("It is 777600."))).toEqual(["9 Tage"]);
  });
});

describe("a name", () => {
  test("of a competitor or of the lead's company is foreign however it is written, from three letters on", () => {
    const rivals = (...competitors: string[]) => ({ profile: { competitors } });
    expect(names("better than flowmatic", rivals("Flowmatic"))).toEqual(["flowmatic"]);
    expect(names("better than sap", rivals("SAP"))).toEqual(["sap"]);
    expect(names("better than hp", rivals("HP"))).toEqual([]);
    expect(names("why initech ag likes it", {})).toEqual(["initech ag"]);
    expect(names("why initech ag likes it", { lead: null })).toEqual([]);
    const left = { ...quoting("We left Flowmatic."), ...rivals("Flowmatic") };
    expect(names("they left flowmatic", left)).toEqual([]);
  });

  const voice = (spoken: object) => ({ facts: { voice: brandVoice.parse(spoken) } });
  const segment = (part: string) => quoting("A quote", { audienceSegment: { [part]: ["contoso-way"] } });
  test.each<[string, Different]>([
    ["the company's name", { profile: { name: "Contoso" } }],
    ["a brand", { profile: { brands: ["Contoso"] } }],
    ["a name of the voice", voice({ knownNames: ["Contoso"] })],
    ["a form of the voice", voice({ names: [{ form: "Contoso", wrong: ["CONTOSO"] }] })],
    ["the sector", { profile: { sector: "contoso-way" } }],
    ["the lead's industry", { lead: { company: { name: "Initech AG", industry: "contoso-way" } } }],
    ["the lead's persona", { lead: { persona: "contoso-way" } }],
    ["the lead's product", { lead: { productInterest: ["contoso-way"] } }],
    ["the asset's product", quoting("A quote", { productContext: ["contoso-way"] })],
    ["the asset's theme", quoting("A quote", { themes: ["contoso-way"] })],
    ["the asset's industry", segment("industries")],
    ["the asset's persona", segment("personas")],
  ])("is our own: %s", (_why, different) => {
    expect(names("we like Contoso then", different)).toEqual([]);
    expect(names("we like Contoso then", quoting("A quote"))).toEqual(["Contoso"]);
  });

  test("that is sure is not among those that are doubtful", () => {
    const { names: sure, doubtful } = traced("in Berlin we asked Vandelay");
    expect([sure, doubtful].map((some) => some.map(({ text }) => text))).toEqual([["Vandelay"], ["Berlin"]]);
  });
});

test("words that end as a superlative does and are none", () => {
  expect(boastsIn("the latest test of interest").map(({ text }) => text)).toEqual([]);
  expect(boastsIn("The fastest, and the best").map(({ text }) => text)).toEqual(["fastest", "best"]);
});
