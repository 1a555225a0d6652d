import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePersonalData } from "./detector.ts";

const personalData = makePersonalData();

/** The names and postal addresses that are found. */
function found(text: string): readonly string[] {
  return personalData
    .detect(text, "names")
    .spans.map(({ kind, start, end }) => `${kind === "PERSON" ? "" : `${kind}: `}${text.slice(start, end)}`);
}

describe("finds people by name", () => {
  test.each([
    ["My name is Erika Mustermann.", "Erika Mustermann"],
    ["please call my wife jane about it", "jane"],
    ["Dear Mr. Sampleton, thank you.", "Mr. Sampleton"],
    ["I spoke to Dr. J. van der Muster yesterday", "Dr. J. van der Muster"],
    ["He said the demo by Priya Examplewala was the best.", "Priya Examplewala"],
    ["“Never again,” said Zephyrine.", "Zephyrine"],
    ["why is keiko so calm?", "keiko"],
    ["Take O'Sample's advice, said Ludmila", "Ludmila"],
    ["Mein Name ist Jörg Beispiel und ich leite den Einkauf.", "Jörg Beispiel"],
    ["Frau Mustermann hat uns in einer Woche umgestellt.", "Frau Mustermann"],
    ["Je m'appelle Camille Exemple et je dirige les ventes.", "Camille Exemple"],
    ["Me llamo Lucía Ejemplo y dirijo las operaciones.", "Lucía Ejemplo"],
    ["Mi chiamo Giulia Esempio e lavoro qui.", "Giulia Esempio"],
    ["Ik heet Femke Voorbeeld.", "Femke Voorbeeld"],
    ["🎉 Thanks, Björn Exempelsson! 🎉", "Björn Exempelsson"],
  ])("%s", (text, expected) => expect(found(text)).toContain(expected));
});

describe("takes places, companies, days and nouns for nobody", () => {
  test.each([
    "She moved here from Cuba last March and works in New York on Mondays.",
    "We rolled it out from Berlin to Lyon in the second quarter, with Excel and SAP.",
    "Acme Technologies is the partner of Globex GmbH and of the Example Foundation.",
    "Nordlicht Beispielspedition steuert Angebote, Aufträge und Nachträge von vier Standorten aus.",
    "Nach neun Tagen lief bei uns jeder Auftrag, und im zweiten Quartal hatte sich die Einführung bezahlt gemacht.",
    "Capitalised words such as Wisdom, Discipline and Onboarding stand for nobody.",
    "It will take May and June to mark the end; I hope you will.",
    "what are my options for a new card pin?",
    "CAN I SPEAK TO A REAL PERSON?!",
    "Ask the señora about it, or madame.",
    "We met on 3 January @ 5 pm, 2 @ 3 each, with a@@b and a-@xyz",
    "See linkedin.com/company/sample",
  ])("%s", (text) => expect(found(text)).toEqual([]));
});

describe("finds postal addresses", () => {
  test.each([
    ["We are at 12 Sample Street, Apt. 4, Springfield 12345.", "ADDRESS: 12 Sample Street, Apt. 4, Springfield 12345"],
    ["send it to 7 rue de l'Exemple, 75001 Paris please", "ADDRESS: 7 rue de l'Exemple, 75001 Paris"],
    ["Meine Adresse ist Musterstraße 5, 12345 Musterstadt.", "ADDRESS: Musterstraße 5, 12345 Musterstadt"],
    ["P.O. Box 101, Springfield", "ADDRESS: P.O. Box 101, Springfield"],
    ["my address is calle ejemplo 12, 28001 madrid", "ADDRESS: calle ejemplo 12, 28001 madrid"],
    ["My zip code is 12345", "ADDRESS: 12345"],
  ])("%s", (text, expected) => expect(found(text)).toEqual([expected]));

  test.each([
    "10 years down the road we are on a 4 lane highway to success.",
    "Section 3 of the contract takes 2 pages, room 12 and floor 3 included.",
    "Tickets fell from 38 to 6 a week in 14 days.",
  ])("but not in %s", (text) => expect(found(text)).toEqual([]));
});

const strengths = (text: string) => personalData.detect(text, "names").spans.map(({ strength }) => strength);

test.each([
  ["sure", "Ask Marco Rossi about it."],
  ["sure", "Grazie a Marco Rossi."],
  ["sure", "Danke an Herrn Müller."],
  ["sure", "Merci à Mme Dupont."],
  ["sure", "Merci à madame Dupont."],
  ["sure", "Merci à Pierre Dupont."],
  ["sure", "Grazie al signor Rossi."],
  ["sure", "Gracias a la señora García."],
  ["sure", "Gracias a María García."],
  ["sure", "Dank aan mevrouw De Vries."],
  ["sure", "Dank aan Jan de Vries."],
  ["sure", "See linkedin.com/in/jane-sample for more"],
  ["sure", "Thanks, @jane_sample!"],
  ["sure", "The team at Jane Sampleton did it."],
  ["sure", "How Peter Mustermann did it."],
  ["sure", "How Grace Mustermann did it."],
  ["likely", "How Jane did it."],
  ["likely", "How Jane Works did it."],
])("is %s of a full name, and of a part of one only with words beside it: %s", (strength, text) => {
  expect(strengths(text)).toEqual([strength]);
});

test("says how somebody is addressed, and names nobody by it", () => {
  for (const text of [
    "Was Ihre Kollegen sagen",
    "Per chi lavora con Lei",
    "Le Sue domande della settimana",
    "Para Ud. y Usted",
  ])
    expect(found(text)).toEqual([]);
  expect(found("Why is Sue so calm?")).toEqual(["Sue"]);
  expect(found("Ask Jane Ihre about it")).toEqual(["Jane"]);
});

test("masks people by number, the same one by the same", () => {
  const text = "Erika Mustermann wrote to Jörg Beispiel at jane@sample.example. Erika Mustermann waits.";
  expect(personalData.mask(text, "names").text).toBe("[name 1] wrote to [name 2] at [e-mail]. [name 1] waits.");
  expect(personalData.mask("I met Erika Mustermann.", "names").text).toBe("I met [name].");
});

test("finds no one in what it has masked", () => {
  const piece = fc.constantFrom(
    "Erika Mustermann",
    "jane",
    "Mr. Sampleton",
    "said",
    "my name is",
    "12 Sample Street",
    "Apt. 4",
    "Springfield",
    "and",
    ",",
    ".",
    "\n",
    "Luis",
    "[name 3]",
    "from",
    "the",
    "+49 30 901820",
    "👩‍💻",
    "é",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const masked = personalData.mask(pieces.join(" "), "names").text;
      expect(personalData.detect(masked, "names").spans).toEqual([]);
      expect(personalData.mask(masked, "names").text).toBe(masked);
    }),
    { numRuns: 300 },
  );
});

test("reads a hundred thousand characters for names, and says so", () => {
  expect(personalData.detect("Erika ".repeat(20_000), "names").readChars).toBe(100_000);
});
