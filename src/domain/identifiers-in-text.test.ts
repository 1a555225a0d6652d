import { expect, test } from "vitest";
import { identifiersIn } from "./identifiers-in-text.ts";

const person = { name: "Zoë van der Berg-Müller", email: "zoe@example.com", phone: "+4930123456" };

test.each<[string, readonly string[]]>([
  ["Zoë, see how it went", ["name"]],
  ["For the Müllers and Frau Müller", ["name"]],
  ["Write to anybody@example.org", ["email"]],
  ["Call +1 (415) 555-0100", ["phone"]],
  ["Call 030 123456", ["phone"]],
  ["What others in {{industry}} say about Bergen, 2019 to 2024", []],
  ["Van, of the sea", []],
  ["der Kunde van", []],
  ["", []],
])("%s", (text, found) => {
  expect(identifiersIn(text, person)).toEqual(found);
});

test("of nobody known, addresses and numbers are found all the same", () => {
  expect(identifiersIn("Zoë: zoe@example.com, +49 30 123456", null)).toEqual(["email", "phone"]);
});
