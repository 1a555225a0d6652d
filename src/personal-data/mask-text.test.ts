import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePersonalData } from "./detector.ts";

const personalData = makePersonalData();
const mask = (text: string) => personalData.mask(text, "structured").text;

describe("keeps the sentence readable", () => {
  test.each([
    ["Write to jane@sample.example or call +1 415 555 2671.", "Write to [e-mail] or call [phone]."],
    ["Card 4111 1111 1111 1111, IBAN DE89370400440532013000!", "Card [card number], IBAN [IBAN]!"],
    ["SSN 219-09-9999 from 10.0.0.7", "SSN [social security number] from [IP address]"],
    ["token=Zq8Zq8Zq8Zq8Zq8Zq8", "token=[secret]"],
    ["postgres://app:hunter2@db.example/main", "postgres://[secret]/main"],
    ["👩‍💻 jane@sample.example 🎉", "👩‍💻 [e-mail] 🎉"],
    ["Nothing here.", "Nothing here."],
    ["", ""],
  ])("%s", (text, expected) => expect(mask(text)).toBe(expected));
});

const values = [
  "jane@sample.example",
  "+49 30 901820",
  "(415) 555-2671",
  "4111 1111 1111 1111",
  "DE89 3704 0044 0532 0130 00",
  "219-09-9999",
  "12345678Z",
  "192.168.12.7",
  "2001:db8::8a2e:370:7334",
  "AKIAIOSFODNN7EXAMPLE",
  "86095742719",
  "D1234567",
];
const piece = fc.oneof(
  fc.constantFrom(...values),
  fc.constantFrom(
    " ",
    ", ",
    "\n",
    "-",
    ".",
    "@",
    ":",
    "[",
    "]",
    "[name 2]",
    "[e-mail]",
    "tel. ",
    "token: ",
    "Steuer-ID ",
    "driver's license ",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.stringMatching(/^[\d ().+-]{1,12}$/),
);
const texts = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));

test("finds nothing more in what it has masked, and changes it no more", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const masked = mask(text);
      expect(personalData.detect(masked, "structured").spans).toEqual([]);
      expect(mask(masked)).toBe(masked);
    }),
    { numRuns: 500 },
  );
});

test("leaves no value behind that stands between spaces", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...values.slice(0, 10)), { minLength: 1, maxLength: 6 }), (some) => {
      const masked = mask(some.map((value) => `see ${value}, then`).join(" "));
      for (const value of some) expect(masked).not.toContain(value);
    }),
  );
});

test("what is too long to read is left out and told", () => {
  const long = `${"word ".repeat(250_000)}jane@sample.example`;
  const { text, leftOutChars } = personalData.mask(long, "structured");
  expect(leftOutChars).toBe(long.length - 1_000_000);
  expect(text).toHaveLength(1_000_000);
  expect(personalData.detect(long, "structured").readChars).toBe(1_000_000);
});
