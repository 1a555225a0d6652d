import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment } from "../../../test/support/eval-runs.ts";
import { gradeRules } from "./rules.ts";

const shown = aMoment(aDecision());
const denied = aMoment(aDenial());

it.each([
  ["the rules that fired", denied, { fired: ["consent.channel"] }, [true]],
  ["none that fired", shown, { fired: [] }, [true]],
  ["one too few", denied, { fired: ["consent.channel", "grant.valid"] }, [false]],
  ["one too many", denied, { fired: [] }, [false]],
  ["no decision", aMoment(null), { fired: [], held: ["grant.valid"] }, [false, false]],
  ["a rule that allowed", denied, { held: ["grant.valid"] }, [true]],
  ["a rule that was not asked", denied, { held: ["asset.fresh"] }, [false]],
  ["a rule that fired and was to allow", denied, { held: ["consent.channel"] }, [false]],
  ["a rule against a candidate", shown, { against: { "a-3": ["grant.territory"] } }, [true]],
  ["a rule against what was placed", denied, { against: { "a-1": ["consent.channel"] } }, [true]],
  ["no rule against it", shown, { against: { "a-2": ["grant.territory"] } }, [false]],
  ["no such candidate", shown, { against: { "a-9": ["grant.territory"] } }, [false]],
  ["nothing", denied, {}, []],
])("grades %s", (_, moment, rules, passed) => {
  expect(gradeRules(moment, { rules }).map((grade) => grade.passed)).toEqual(passed);
});

it("says which did not fire and which fired as well", () => {
  expect(gradeRules(denied, { rules: { fired: ["asset.fresh"] } })[0]?.words).toBe(
    "expected asset.fresh to fire, got consent.channel (did not fire: asset.fresh; fired as well: consent.channel)",
  );
  expect(gradeRules(denied, {})).toEqual([]);
});
