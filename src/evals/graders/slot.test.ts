import { expect, it } from "vitest";
import { aMoment, aRun } from "../../../test/support/eval-runs.ts";
import { gradeSlots } from "./slot.ts";

const looking = (asset: string | null, seen: { asset: string | null } | null) =>
  aRun([aMoment(null, { seen })], { written: { steps: [{ look: { lead: "L-1", place: "pricing-hero", asset } }] } });

it.each([
  ["what was expected", looking("a-1", { asset: "a-1" }), [true]],
  ["nothing, as expected", looking(null, { asset: null }), [true]],
  ["another asset", looking("a-1", { asset: "a-2" }), [false]],
  ["nothing", looking("a-1", { asset: null }), [false]],
  ["something where nothing was expected", looking(null, { asset: "a-1" }), [false]],
  ["nobody looking", looking(null, null), [false]],
  ["no look", aRun([aMoment(null)]), []],
])("grades a page with %s", (_, run, passed) => {
  expect(gradeSlots(run).map((grade) => grade.passed)).toEqual(passed);
});

it("says who was to see what", () => {
  expect(gradeSlots(looking("a-1", { asset: null }))[0]?.words).toBe(
    "expected L-1 to see a-1 at pricing-hero, got nothing",
  );
});
