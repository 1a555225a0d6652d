import { expect, test } from "vitest";
import { quotedWords } from "./quoted-words.ts";

const quote = "We were live in nine days. Nobody worked a weekend.";

test.each([
  ["the whole", 0, quote.length, quote],
  ["its beginning", 0, 26, "We were live in nine days. …"],
  ["its end", 27, quote.length, "… Nobody worked a weekend."],
  ["its middle, without the spaces around it", 7, 16, "… live in …"],
  ["all but the full stop", 0, quote.length - 1, "We were live in nine days. Nobody worked a weekend"],
  ["nothing but a space", 26, 27, null],
  ["a span outside", 0, 99, null],
  ["a span turned round", 9, 3, null],
  ["a span that begins before", -1, 9, null],
])("%s", (_, start, end, shown) => expect(quotedWords(quote, { start, end })).toBe(shown));

test.each([
  ["before its beginning", { start: -4, end: 10 }],
  ["of no length", { start: 3, end: 3 }],
])("a span of a quote that is none: %s", (_why, span) => expect(quotedWords("Great tool", span)).toBeNull());

test("a whole quote keeps its spaces, and an excerpt those at the end that is not cut", () => {
  expect(quotedWords(" It works. ", { start: 0, end: 11 })).toBe(" It works. ");
  expect(quotedWords(" It works. It is quick.", { start: 0, end: 11 })).toBe(" It works. …");
  expect(quotedWords("We like it. It works. ", { start: 11, end: 22 })).toBe("… It works.");
});
