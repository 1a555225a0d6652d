import { expect, test } from "vitest";
import { baseLanguage, textLanguage } from "./text-language.ts";

test.each([
  ["en", "What the others say of it"],
  ["de", "Was die Kunden und wir sagen"],
  ["fr", "Ce que les équipes et nous disons"],
  ["es", "Lo que los equipos y nosotros"],
  ["it", "Quello che gli altri e voi"],
  ["nl", "Wat de klanten en wij zeggen"],
  ["de", "WAS DIE KUNDEN SAGEN"],
  ["en", "the"],
  [null, "lo"],
  [null, "the und"],
  ["en", "the und of"],
  [null, "Vandelay"],
  [null, ""],
])("%s: %s", (language, text) => expect(textLanguage(text)).toBe(language));

test("the base of a language's tag", () => {
  expect(["de-CH", "EN", "fr", ""].map(baseLanguage)).toEqual(["de", "en", "fr", ""]);
});
