import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment, aPlacement } from "../../../test/support/eval-runs.ts";
import { gradeAssets } from "./assets.ts";

const shown = aMoment(aDecision());
const denied = aMoment(aDenial());
const both = aMoment(
  aDecision({
    placements: [aPlacement("a-1"), aPlacement("a-2", { touchpoint: { channel: "email", place: "nurture-2" } })],
  }),
);

it.each([
  ["one of those", shown, { assets: { anyOf: ["a-2", "a-1"] } }, [true]],
  ["another", shown, { assets: { anyOf: ["a-2"] } }, [false]],
  ["one of two that is another", both, { assets: { anyOf: ["a-1"] } }, [false]],
  ["nothing placed", denied, { assets: { anyOf: ["a-1"] } }, [false]],
  ["none of those", shown, { assets: { noneOf: ["a-2"] } }, [true]],
  ["what the rules struck out", denied, { assets: { noneOf: ["a-1"] } }, [true]],
  ["what may not be", both, { assets: { noneOf: ["a-2"] } }, [false]],
  ["no decision", aMoment(null), { assets: { anyOf: ["a-1"], noneOf: ["a-2"] }, at: [] }, [false, false, false]],
  ["the touchpoints in any order", both, { at: ["email/nurture-2", "web/pricing-hero"] }, [true]],
  ["a touchpoint too few", both, { at: ["email/nurture-2"] }, [false]],
  ["a touchpoint too many", shown, { at: ["web/pricing-hero", "email/nurture-2"] }, [false]],
  ["no touchpoint", denied, { at: [] }, [true]],
  ["nothing", shown, { assets: { grades: { "a-1": 3 } } }, []],
] as const)("grades %s", (_, moment, expected, passed) => {
  expect(gradeAssets(moment, structuredClone(expected) as object).map((grade) => grade.passed)).toEqual(passed);
});

it("says what was expected and what came", () => {
  expect(gradeAssets(denied, { assets: { anyOf: ["a-1"] } })[0]?.words).toBe(
    "expected a-1 to be placed, got nothing (denied: consent.channel: No consent.)",
  );
  expect(gradeAssets(both, { at: ["web/docs"] })[0]?.words).toBe(
    "expected web/docs, got web/pricing-hero, email/nurture-2",
  );
});
