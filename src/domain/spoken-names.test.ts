import { expect, test } from "vitest";
import { saysName, spokenNames } from "./spoken-names.ts";

test.each([
  ["Umbrella Corp.", ["Umbrella Corp.", "Umbrella"]],
  ["Umbrella", ["Umbrella"]],
  [" The Umbrella Company ", ["The Umbrella Company", "Umbrella"]],
  ["Sample.com", ["Sample.com", "Samplecom"]],
  ["Xy AG", ["Xy AG"]],
])("%s", (name, said) => expect(spokenNames(name)).toEqual(said));

test.each([
  [true, "Why they left Umbrella"],
  [true, "umbrella, and why they left"],
  [true, "Umbrella Corp. was left"],
  [false, "Umbrellas for everyone"],
  [false, "A subumbrella"],
  [true, "A subumbrella of Umbrella"],
  [false, "No other is named"],
])("%s: %s", (isSaid, text) => expect(saysName(text, "Umbrella Corp.")).toBe(isSaid));
