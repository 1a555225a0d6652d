import { expect, test } from "vitest";
import { companyKey, namesCompany } from "./company-name.ts";

test.each([
  ["Globex GmbH & Co. KG", "GLOBEX"],
  ["Société Générale S.A.", "societe generale"],
  ["Müller-Straße AG", "Muller Strasse"],
  ["O'Reilly, Inc.", "OReilly"],
  ["Zamówienia Sp. z o.o.", "zamówienia"],
  ["  Initech\u00a0Ltd. ", "initech limited"],
])("%s and %s are one company", (a, b) => expect(companyKey(a)).toBe(companyKey(b)));

test.each([
  ["Globex", "Globex Logistics"],
  ["AG", "SA"],
  ["株式会社日立", "株式会社東芝"],
])("%s and %s are two", (a, b) => expect(companyKey(a)).not.toBe(companyKey(b)));

test("signs alone name nobody", () => expect(companyKey("–––")).toBe(""));

test.each([
  ["How Globex went live", "Globex GmbH & Co. KG", true],
  ["How GLOBEX went live", "Globex GmbH & Co. KG", true],
  ["On target again", "Target, Inc.", false],
  ["Globex GmbH & Co. KG went live", "Globex GmbH & Co. KG", true],
  ["Globex's first week", "Globex, Inc.", true],
  ["At Acme  Freight we wait", "Acme Freight Ltd.", true],
  ["We hit our target", "Target Corp.", false],
  [`Seen at Acme${" ".repeat(5000)}Freight`, "Acme Freight", true],
  ["Seen at Acme\n\u00a0Freight", "Acme Freight", true],
  ["Acme is no freight", "Acme Freight", false],
  ["AcmeFreight", "Acme Freight", false],
  ["Acmes, then Acme Freight", "Acme Freight", true],
  ["No name stands here", "", false],
  ["\u{1d400}Globex, \u{10400}Globex", "Globex", false],
  ["Globex\u{10400}", "Globex", false],
  ["WEISS GMBH at Straße 1", "Weiß GmbH", true],
  ["Globexia went live", "Globex", false],
  ["Cafe\u0301 Muster", "Café Muster", true],
  ["A mainframe, politely asked", "Insurer (name withheld)", false],
])("%s names %s: %s", (text, name, expected) => {
  expect(namesCompany(text, name)).toBe(expected);
});
