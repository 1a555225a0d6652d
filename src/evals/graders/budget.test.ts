import { expect, it } from "vitest";
import { aDecision, aMoment } from "../../../test/support/eval-runs.ts";
import { gradeBudget } from "./budget.ts";

const decision = aDecision();
const moment = aMoment(decision); // Five steps, 12 ms, nobody counted tokens.
const llm = { kind: "llm", version: "m-1" } as const;

it.each([
  ["steps that suffice", moment, { steps: 5 }, [true]],
  ["steps that do not", moment, { steps: 4 }, [false]],
  ["milliseconds that suffice", moment, { ms: 12 }, [true]],
  ["milliseconds that do not", moment, { ms: 11 }, [false]],
  ["tokens of a planner without a model", moment, { tokens: 0 }, [true]],
  ["tokens that nobody counted", { ...moment, planner: llm }, { tokens: 0 }, [false]],
  ["tokens that suffice", { ...moment, planner: llm, tokens: 900 }, { tokens: 900 }, [true]],
  ["tokens that do not", { ...moment, planner: llm, tokens: 901 }, { tokens: 900 }, [false]],
  ["all of them", moment, { steps: 5, tokens: 0, ms: 1 }, [true, true, false]],
])("grades %s", (_, given, budget, passed) => {
  expect(gradeBudget(given, { budget }).map((grade) => grade.passed)).toEqual(passed);
});

it("says what it took, and nothing where nothing is expected", () => {
  expect(gradeBudget(moment, { budget: { steps: 4 } })[0]?.words).toBe("expected at most 4 steps, got 5");
  expect(gradeBudget(moment, {})).toEqual([]);
});
