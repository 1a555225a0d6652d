import { expect, it } from "vitest";
import { aMoment, aRun } from "../../../test/support/eval-runs.ts";
import { gradeSlots } from "./slot.ts";

const looking = (asset: string | null, saw: { asset: string | null } | null, words: object = {}) =>
  aRun([aMoment(null, { seen: saw && { ...saw, text: saw.asset === null ? "" : "It works.\nE. M." } })], {
    written: { steps: [{ look: { lead: "L-1", place: "pricing-hero", asset, ...words } }] },
  });

it.each([
  ["what was expected", looking("a-1", { asset: "a-1" }), [true]],
  ["nothing, as expected", looking(null, { asset: null }), [true]],
  ["another asset", looking("a-1", { asset: "a-2" }), [false]],
  ["nothing", looking("a-1", { asset: null }), [false]],
  ["something where nothing was expected", looking(null, { asset: "a-1" }), [false]],
  ["nobody looking", looking(null, null), [false]],
  ["the words", looking("a-1", { asset: "a-1" }, { shows: ["works", "E. M."] }), [true, true]],
  ["a word too few", looking("a-1", { asset: "a-1" }, { shows: ["works", "Erika"] }), [true, false]],
  ["no word too many", looking("a-1", { asset: "a-1" }, { hides: ["Erika"] }), [true, true]],
  ["a word too many", looking("a-1", { asset: "a-1" }, { hides: ["Erika", "E. M."] }), [true, false]],
  [
    "words on an empty page",
    looking("a-1", { asset: null }, { shows: ["works"], hides: ["Erika"] }),
    [false, false, true],
  ],
  ["no look", aRun([aMoment(null)]), []],
])("grades a page with %s", (_, run, passed) => {
  expect(gradeSlots(run).map((grade) => grade.passed)).toEqual(passed);
});

it("says who was to see what", () => {
  expect(gradeSlots(looking("a-1", { asset: null }))[0]?.words).toBe(
    "expected L-1 to see a-1 at pricing-hero, got nothing",
  );
});

it("says which words were to be read, and what was", () => {
  expect(gradeSlots(looking("a-1", { asset: "a-1" }, { hides: ["E. M."] }))[1]?.words).toBe(
    'expected L-1 not to read "E. M.", got "It works.\nE. M."',
  );
});
