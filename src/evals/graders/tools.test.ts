import { expect, it } from "vitest";
import { aDecision, aMoment, traceOf } from "../../../test/support/eval-runs.ts";
import { gradeTools } from "./tools.ts";

const decision = aDecision();
const names = [
  "observe",
  "plan",
  "search-proof",
  "check-license",
  "check-license",
  "guardrail",
  "act",
  "publish-proof",
];
const trace = [...traceOf(decision.decisionId, names), ...traceOf("dec_another", ["plan", "lookup-lead"])];
const moment = aMoment(decision, { trace });

it.each([
  ["in order", { called: ["search-proof", "publish-proof"] }, true],
  ["in another order", { called: ["publish-proof", "search-proof"] }, false],
  ["more often than it was", { called: ["search-proof", "search-proof"] }, false],
  ["by another decision", { called: ["lookup-lead"] }, false],
  ["never", { never: ["lookup-lead"] }, true],
  ["though never", { never: ["lookup-lead", "publish-proof"] }, false],
  ["as often as may be", { atMost: 4 }, true],
  ["too often", { atMost: 3 }, false],
])("grades a tool called %s", (_, tools, passed) => {
  expect(gradeTools(moment, { tools }).map((grade) => grade.passed)).toEqual([passed]);
});

it("says what was called, and nothing where nothing is expected", () => {
  expect(gradeTools(aMoment(decision, { trace: [] }), { tools: { called: ["search-proof"] } })[0]?.words).toBe(
    "expected the tools search-proof, got no tool call",
  );
  expect(gradeTools(moment, {})).toEqual([]);
});
