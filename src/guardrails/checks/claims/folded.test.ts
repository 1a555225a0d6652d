import { expect, test } from "vitest";
import { fold } from "./folded.ts";

test.each([
  ["plain, größer – “so”", "plain, größer – “so”"],
  ["fu\u0308nf", "fünf"],
  ["9\u0335", "9"],
  ["n\u0332ine", "nine"],
  ["\u0308x", "\u0308x"],
  ["\u0928\u0940", "\u0928\u0940"],
  ["２½", "2 1/2"],
  ["½", " 1/2"],
  ["٠ ٩", "0 9"],
  ["\u{1D7D7}\u{1D7CE}\u{1D7E1}", "909"],
  ["100\u066a", "100%"],
  ["ﬁve", "five"],
])("%j is read as %j", (given, text) => expect(fold(given).text).toBe(text));

test.each([
  ["plain", 1, 3, "la"],
  ["fu\u0308nf Tage", 0, 4, "fu\u0308nf"],
  ["fu\u0308nf Tage", 5, 9, "Tage"],
  ["ﬁve days", 0, 4, "ﬁve"],
  ["a \u{1D7D7} b", 2, 3, "\u{1D7D7}"],
  ["a \u{1D7D7}", 2, 3, "\u{1D7D7}"],
  ["a ９ b", 2, 3, "９"],
  ["2½ x", 2, 5, "½"],
  ["\uffff½", 0, 1, "\uffff"],
])("of %j, %i to %i stood in %j", (given, start, end, words) => {
  const [from, to] = fold(given).original(start, end);
  expect(given.slice(from, to)).toBe(words);
});
