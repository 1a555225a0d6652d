import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment, aPlacement } from "../../../test/support/eval-runs.ts";
import { gradeVerdict } from "./verdict.ts";

const of = (...verdicts: string[]) =>
  aMoment(aDecision({ placements: verdicts.map((verdict) => aPlacement("a-1", { verdict })) }));

it.each([
  ["allow", of("allow"), "allow", true],
  ["review beating allow", of("allow", "review"), "review", true],
  ["hold beating review", of("review", "hold"), "hold", true],
  ["deny beating hold", of("hold", "deny", "allow"), "deny", true],
  ["another", of("allow"), "deny", false],
  ["nothing that was judged", of(), "allow", false],
  ["no decision", aMoment(null), "deny", false],
] as const)("grades %s", (_, moment, verdict, passed) => {
  expect(gradeVerdict(moment, { verdict }).map((grade) => grade.passed)).toEqual([passed]);
});

it("says what came, and nothing where nothing is expected", () => {
  expect(gradeVerdict(aMoment(aDenial()), { verdict: "hold" })[0]?.words).toBe("expected the verdict hold, got deny");
  expect(gradeVerdict(of("allow"), {})).toEqual([]);
});
