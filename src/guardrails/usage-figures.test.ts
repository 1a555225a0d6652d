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
    ["Join 12,000 teams", "en", ["12,000"]],
    ["12,000 customers worldwide", "en", ["12,000"]],
    ["Twelve thousand happy customers", "en", ["Twelve thousand"]],
    ["9 of 10 teams would recommend us", "en", ["9 of 10"]],
    ["98% of customers renew", "en", ["98%"]],
    ["98% of all our customers renew", "en", ["98%"]],
    ["Ten customers, one tool", "en", ["Ten"]],
    ["Acme: 12.000 Kunden in Europa", "de", ["12.000"]],
    ["Mehr als 300 zufriedene Nutzerinnen", "de", ["300"]],
    ["1 200 entreprises, un outil", "fr", ["1 200"]],
    ["80 empresas y una herramienta", "es", ["80"]],
    ["80 tevreden klanten", "nl", ["80"]],
    ["80 clienti soddisfatti", "it", ["80"]],
    ["400 nöjda kunder", "sv", ["400"]],
    ["Ponad 4000 klientów", "pl", ["4000"]],
    ["Thousands trust us", "en", ["Thousands"]],
    ["Loved by hundreds of teams", "en", ["hundreds"]],
    ["Tausende Kunden", "de", ["Tausende"]],
    ["Des milliers d’entreprises", "fr", ["milliers"]],
    ["Miles de empresas", "es", ["Miles"]],
    ["Duizenden klanten", "nl", ["Duizenden"]],
    ["Migliaia di aziende", "it", ["Migliaia"]],
  ])("is found: %s", (title, language, found) => expect(ofTitle(title, language)).toEqual(found));

  test.each([
    ["Live in nine days", "en"],
    ["Forty schools, one rollout", "en"],
    ["Two teams use one tool", "en"],
    ["Nine customers, nine stories", "en"],
    ["40% fewer calls from customers", "en"],
    ["40 % weniger Anrufe für Kunden", "de"],
    ["After 12 months customers stay", "en"],
    ["Since 2019 customers have stayed", "en"],
    ["Saving $5,000 customers had lost", "en"],
    ["Thousands of orders a day", "en"],
    ["What customers of 12 industries say", "en"],
    ["Chosen by teams like yours", "en"],
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

  test("is looked for in no more time than a text is long", () => {
    const subject = subjectOf(placementFacts());
    const { rendered } = subject;
    if (rendered === null) throw new Error("the example is shown");
    const framing = `Customers of ${"1 or ".repeat(200_000)}`;
    const started = performance.now();
    usageFigures({ ...subject, rendered: { ...rendered, framing } });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
