import { expect, test } from "vitest";
import { companyKey } from "./company-name.ts";

test.each([
  ["Globex GmbH & Co. KG", "GLOBEX"],
  ["Société Générale S.A.", "societe generale"],
  ["Müller-Straße AG", "Muller Strasse"],
  ["O'Reilly, Inc.", "OReilly"],
  ["Zamówienia Sp. z o.o.", "zamówienia"],
  ["  Initech\u00a0Ltd. ", "initech limited"],
  ["The Umbrella Company", "Umbrella Corp."],
  ["Umbrella (UK) Ltd", "Umbrella"],
  ["Mueller GmbH", "Müller"],
  ["Muller", "MÜLLER"],
  ["Łódź Ærø", "lodz aero"],
  ["O’Reilly", "O'Reilly"],
])("%s and %s are one company", (a, b) => expect(companyKey(a)).toBe(companyKey(b)));

test.each([
  ["Globex", "Globex Logistics"],
  ["AG", "SA"],
  ["The", "AG"],
  ["(Holding)", "(Group)"],
  ["株式会社日立", "株式会社東芝"],
])("%s and %s are two", (a, b) => expect(companyKey(a)).not.toBe(companyKey(b)));

test("signs alone name nobody", () => expect(companyKey("–––")).toBe(""));
