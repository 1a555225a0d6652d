import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment, aRun } from "../../../test/support/eval-runs.ts";
import { gradeRun } from "./grade-run.ts";

const gradersOf = (grades: ReturnType<typeof gradeRun>["grades"]) => grades.map(({ grader }) => grader);

it("grades what is expected of steps and of the whole, and what always holds", () => {
  const expected = { action: "show", assets: { anyOf: ["a-1"] }, rules: { fired: [] } } as const;
  const run = aRun([aMoment(aDecision(), { expected: structuredClone(expected) as object })]);
  const graded = gradeRun(run);
  expect(graded.passed).toBe(true);
  expect(gradersOf(graded.grades)).toEqual(["action", "asset", "rules", "trajectory", "explanation", "invariants"]);
  expect(graded.run).toBe(run);
});

it("fails for one wrong grade, and says which step it is of", () => {
  const { passed, grades } = gradeRun(
    aRun([aMoment(aDecision()), aMoment(aDenial(), { step: 1, expected: { action: "show" } })]),
  );
  expect(passed).toBe(false);
  expect(grades.filter((grade) => !grade.passed)).toMatchObject([{ grader: "action", step: 1 }]);
});

it("fails for a violation and for a fault, whatever is expected", () => {
  const violations = [{ invariant: "sent-once", words: "it went out twice", decisionId: null }];
  const violated = gradeRun(aRun([aMoment(aDecision())], { ending: { violations } }));
  expect(violated.passed).toBe(false);
  expect(violated.grades.at(-1)?.words).toBe("expected nothing that may never be, got sent-once: it went out twice");
  const faulty = gradeRun(aRun([], { fault: "The CRM does not answer." }));
  expect(faulty.passed).toBe(false);
  expect(faulty.grades.map(({ words }) => words)).toEqual([
    "expected a run without a fault, got The CRM does not answer.",
  ]);
});
