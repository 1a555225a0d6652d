import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { unrecordedResults } from "./stated-results.ts";

function resultsOf(quote: string, language = "en", asset: object = {}): readonly string[] {
  const { version } = placementFacts({ asset: { claims: [], title: "A title", quote, language, ...asset } });
  if (version === null) throw new Error("the example has a version");
  return unrecordedResults(version);
}

describe("a result that no claim records", () => {
  test.each([
    ["Calls are down 40%.", "en", ["40%"]],
    ["Forty per cent of our calls never come.", "en", ["Forty per cent"]],
    ["We closed a third more renewals.", "en", ["a third"]],
    ["Five hours less manual work. Per week.", "en", ["Five hours"]],
    ["It saved us $12,000 in a year.", "en", ["$12,000", "in a year"]],
    ["Our meeting went from an hour to fifteen minutes.", "en", ["fifteen minutes"]],
    ["We were live in nine days.", "en", ["nine days"]],
    ["It doubled our orders.", "en", ["doubled"]],
    ["31 Stunden im Monat weniger.", "de", ["31 Stunden"]],
    ["Wir sind um 20 Prozent schneller.", "de", ["20 Prozent"]],
    ["Dreimal schneller als vorher!", "de", ["Dreimal"]],
    ["Zwei Tage statt sechs.", "de", ["Zwei Tage", "sechs"]],
    ["Nous avons gagné trois semaines.", "fr", ["trois semaines"]],
    ["Cinq heures de moins par semaine", "fr", ["Cinq heures"]],
    ["Pasó de seis días a dos.", "es", ["seis días", "dos"]],
    ["Een derde minder telefoontjes", "nl", ["Een derde"]],
    ["Tre ore in meno al giorno", "it", ["Tre ore"]],
    ["Telefonów jest o 40% mniej.", "pl", ["40%"]],
    ["Vi sparade 30 % av tiden.", "sv", ["30 %"]],
    ["Uptime was 99.9% over the year; nobody called.", "en", ["99.9%"]],
  ])("is found: %s", (quote, language, found) => expect(resultsOf(quote, language)).toEqual(found));

  test.each([
    ["We have worked with them for more than ten years.", "en"],
    ["For two years no more lost orders.", "en"],
    ["The import failed twice and nobody told us for three days.", "en"],
    ["A third of our orders come in the last week.", "en"],
    ["Forty questions, forty answers.", "en"],
    ["Since 2019 we have used it in 12 branches.", "en"],
    ["My assistant is 61 years old, and more patient than I am.", "en"],
    ["Their engineer took four days and drank our coffee.", "en"],
    ["It costs us €90 a month.", "en"],
    ["Seit zwei Jahren haben wir keine Ausfälle mehr.", "de"],
    ["In drei Monaten hatten wir nicht mehr Rückfragen als sonst.", "de"],
    ["Um 16:40 Uhr ging jemand ans Telefon.", "de"],
    ["Ma vendeuse a soixante et un ans.", "fr"],
    ["En siete meses no hemos tenido ninguna retención.", "es"],
    ["Voor het eerst in negen jaar hadden we geen uitzendkracht.", "nl"],
    ["Metà del vino parte sotto Natale.", "it"],
  ])("is not read into what counts something else: %s", (quote, language) =>
    expect(resultsOf(quote, language)).toEqual([]),
  );

  test("is looked for in the title as well, and in all that is claimed nowhere", () => {
    expect(resultsOf("We like it.", "en", { title: "40% fewer calls" })).toEqual(["40%"]);
    expect(resultsOf("40% fewer calls", "en", { quote: undefined })).toEqual([]);
  });

  test("is none where the record claims it, or a statistic shows what it rests on", () => {
    const claims = [{ metric: "calls", value: 40, unit: "percent" }];
    expect(resultsOf("Calls are down 40%.", "en", { claims })).toEqual([]);
    expect(resultsOf("Calls are down by forty per cent.", "en", { claims })).toEqual([]);
    expect(resultsOf("Calls are down 40%.", "en", { kind: "statistic" })).toEqual([]);
    const statistic = {
      query: "q",
      from: "2026-01-01T00:00:00Z",
      to: "2026-02-01T00:00:00Z",
      count: 9,
      coverage: "all",
    };
    expect(resultsOf("Calls are down 40%.", "en", { statistic })).toEqual([]);
  });

  test("is one beside another that the record claims", () => {
    const claims = [{ metric: "time-to-live", value: 9, unit: "day" }];
    const quote = "We were live in nine days.";
    expect(resultsOf(quote, "en", { claims, title: "98% of customers renew" })).toEqual(["98%"]);
    expect(resultsOf(`${quote} Calls are down 9%.`, "en", { claims })).toEqual(["9%"]);
    expect(resultsOf("We were live in eight days.", "en", { claims })).toEqual(["eight days"]);
  });
});
