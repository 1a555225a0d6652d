import { expect, test } from "vitest";
import { isAmbiguous, mayBeginNumber, numberWord } from "./number-words.ts";

test.each([
  ["zero", 0, "en it"],
  ["one", 1, "en"],
  ["nineteen", 19, "en"],
  ["twenty", 20, "en"],
  ["twenty one", 21, "en"],
  ["ninety nine", 99, "en"],
  ["hundred", 100, "en"],
  ["einundzwanzig", 21, "de"],
  ["zweiundzwanzig", 22, "de"],
  ["neunundneunzig", 99, "de"],
  ["dreissig", 30, "de"],
  ["treinta y uno", 31, "es"],
  ["veintidós", 22, "es"],
  ["veintitrés", 23, "es"],
  ["veintiséis", 26, "es"],
  ["trentatré", 33, "it"],
  ["centodue", 102, "it nl de"],
  ["milleduecento", 1200, "it"],
  ["millemila", 1_000_000, "it nl de"],
  ["anderthalb", 1.5, "de"],
  ["zweieinhalb", 2.5, "de"],
  ["zwölfeinhalb", 12.5, "de"],
  ["drieënhalf", 3.5, "nl"],
  ["septante et un", 71, "fr"],
  ["nonante neuf", 99, "fr"],
  ["veintidos", 22, "es"],
  ["treintiuno", null, ""],
  ["veinte y dos", 22, "es"],
  ["ventuno", 21, "it"],
  ["ventidue", 22, "it"],
  ["eenentwintig", 21, "nl"],
  ["tweeëntwintig", 22, "nl"],
  ["vingt et un", 21, "fr"],
  ["vingt deux", 22, "fr"],
  ["soixante", 60, "fr"],
  ["soixante neuf", 69, "fr"],
  ["soixante dix", 70, "fr"],
  ["soixante et onze", 71, "fr"],
  ["soixante douze", 72, "fr"],
  ["soixante dix neuf", 79, "fr"],
  ["quatre vingts", 80, "fr"],
  ["quatre vingt", null, ""],
  ["quatre vingt un", 81, "fr"],
  ["quatre vingt et un", null, ""],
  ["quatre vingt dix", 90, "fr"],
  ["quatre vingt onze", 91, "fr"],
  ["quatre vingt dix neuf", 99, "fr"],
  ["dix sept", 17, "fr"],
  ["quinientas", 500, "es"],
  ["mille", 1000, "fr it"],
  ["un", 1, "fr es it"],
  ["hunderteins", 101, "de nl it"],
  ["zweihundert", 200, "de nl it"],
  ["zweihundertundfünf", 205, "de nl it"],
  ["dreitausendzweihundert", 3200, "de nl it"],
  ["tweehonderdenvijf", 205, "de nl it"],
  ["zweihunderttausend", 200_000, "de nl it"],
  ["zweihundertfünftausendundeins", 205_001, "de nl it"],
  ["honderdduizend", 100_000, "de nl it"],
  ["centomila", 100_000, "de nl it"],
  ["vierduizend", 4000, "de nl it"],
  ["tremila", 3000, "de nl it"],
  ["trecento", 300, "de nl it"],
  ["xhundert", null, ""],
  ["hundertx", null, ""],
  ["tausend", 1000, "de"],
  ["word", null, ""],
  ["", null, ""],
])("%s is %s in %s", (word, value, languages) => {
  const read = numberWord(word);
  expect(read?.value ?? null).toBe(value);
  expect([...(read?.languages ?? [])].sort()).toEqual(languages.split(" ").filter(Boolean).sort());
});

test("a word that is too long for a number is none", () => {
  const long = "siebenhundertsiebenundsiebzigtausendsiebenhundertsiebenundsiebzig";
  expect(numberWord(long)?.value).toBe(777_777);
  expect(numberWord(`${"ein".repeat(30)}hundert`)).toBeNull();
});

test.each([
  [true, "twenty"],
  [true, "soixante"],
  [true, "quatre"],
  [true, "zweihundert"],
  [true, "tausendeins"],
  [false, "word"],
  [false, "et"],
])("a number may begin so, %s: %s", (may, word) => expect(mayBeginNumber(word)).toBe(may));

test.each([
  [true, "once"],
  [false, "two"],
])("is another word elsewhere, %s: %s", (is, word) => expect(isAmbiguous(word)).toBe(is));
