import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { subjectOf } from "./subject.ts";
import { usageFigures } from "./usage-figures.ts";

const ofTitle = (title: string, language = "en") =>
  usageFigures(subjectOf(placementFacts({ asset: { title, language } })));

describe("how many use it, in the deploying company's own words", () => {
  test.each([
    ["Trusted by 4,000 companies", "en", ["4,000"]],
    ["Used by over four thousand teams", "en", ["four thousand"]],
    ["4,000 finance teams rely on Acme", "en", ["4,000"]],
    ["Nine of ten hospitals use us", "en", ["Nine of ten"]],
    ["Über 4.000 Unternehmen vertrauen Acme", "de", ["4.000"]],
    ["Im Einsatz bei mehr als 300 Betrieben", "de", ["300"]],
    ["Utilisé par 1 200 entreprises", "fr", ["1 200"]],
    ["Elegido por 80 bodegas", "es", ["80"]],
    ["80 scholen werken met Acme", "nl", ["80"]],
    ["80 aziende usano Acme ogni giorno", "it", ["80"]],
    ["Ponad 4000 firm korzysta z Acme", "pl", ["4000"]],
    ["Används av 400 företag", "sv", ["400"]],
  ])("is found: %s", (title, language, found) => expect(ofTitle(title, language)).toEqual(found));

  test.each([
    ["Live in nine days", "en"],
    ["Forty schools, one rollout", "en"],
    ["Two teams use one tool", "en"],
    ["The list that saved nine accounts", "en"],
    ["Trusted by our night shift", "en"],
    ["We use 12 of their reports", "en"],
    ["Acme, chosen by the whole team in 2025", "en"],
    ["Dreimal so viele Pakete, dieselben Leute", "de"],
    ["Musterwerk arbeitet mit Acme", "de"],
    ["Deux bureaux, deux langues, une commande", "fr"],
  ])("is not read into other words: %s", (title, language) => expect(ofTitle(title, language)).toEqual([]));

  test("is looked for in framing and subject as well, and not in what the endorser said", () => {
    const words = "Trusted by 4,000 companies";
    const of = (different: object) => usageFigures(subjectOf(placementFacts(different)));
    expect(of({ definition: { framing: words } })).toEqual(["4,000"]);
    expect(of({ definition: { channel: "email", place: "step-1", subject: words } })).toEqual(["4,000"]);
    expect(of({ asset: { quote: words } })).toEqual([]);
    expect(of({ facts: { version: null } })).toEqual([]);
  });
});
