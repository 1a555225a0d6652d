import { expect, it } from "vitest";
import { aDecision, aMoment, traceOf } from "../../../test/support/eval-runs.ts";
import { openTestService } from "../../../test/support/service.ts";
import { gradeTrajectory, readTools } from "./trajectory.ts";

const decision = aDecision();
const grade = (...names: string[]) =>
  gradeTrajectory(aMoment(decision, { trace: traceOf(decision.decisionId, names) }), {});

it.each([
  ["shown", ["observe", "plan", "search-proof", "check-license", "guardrail", "act", "publish-proof", "report"]],
  ["nothing to plan", ["observe", "report"]],
  ["planned anew", ["observe", "plan", "plan", "guardrail", "plan", "guardrail", "report"]],
  ["asked, and answered", ["observe", "plan", "guardrail", "guardrail", "act", "publish-proof", "report"]],
  ["answered in a later step", ["guardrail", "act", "publish-proof", "report"]],
  ["held, and judged anew", ["observe", "plan", "guardrail", "report", "observe", "plan", "report"]],
  ["failed, and run again", ["observe!", "observe", "plan!", "observe", "plan", "report"]],
])("lets pass a run that was %s", (_, names) => {
  expect(grade(...names).map(({ passed }) => passed)).toEqual([true]);
});

it.each([
  ["acts without the guardrail", ["observe", "plan", "act", "publish-proof", "report"], "act after plan"],
  ["acts first", ["act", "publish-proof"], "act after nothing"],
  ["skips the plan", ["observe", "guardrail", "report"], "guardrail after observe"],
  ["goes on after a fault", ["observe", "plan!", "guardrail!", "act"], "act after guardrail"],
  ["publishes while planning", ["observe", "plan", "publish-proof"], "publish-proof called in plan"],
  ["searches while acting", ["guardrail", "act", "search-proof"], "search-proof called in act"],
  ["calls what is no tool", ["observe", "plan", "drop-tables"], "drop-tables called in plan"],
  ["calls a tool outside of a node", ["search-proof"], "search-proof called in no node"],
])("catches a run that %s", (_, names, words) => {
  const [found] = grade(...names);
  expect(found?.passed).toBe(false);
  expect(found?.words).toContain(words);
});

it("follows each decision by itself, and says nothing where nothing ran", () => {
  const one = traceOf(decision.decisionId, ["observe", "plan"]);
  const other = traceOf("dec_another", ["observe", "report"]);
  const [mixed] = gradeTrajectory(aMoment(decision, { trace: [...one, ...other] }), {});
  expect(mixed?.passed).toBe(true);
  expect(grade()).toEqual([]);
});

it("knows every tool there is", async () => {
  const service = await openTestService();
  try {
    expect(service.vouchsafe.tools.read.map(({ name }) => name).toSorted()).toEqual([...readTools].toSorted());
  } finally {
    await service.close();
  }
});
