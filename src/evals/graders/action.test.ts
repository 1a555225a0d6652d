import { expect, it } from "vitest";
import { aDecision, aDenial, aMoment } from "../../../test/support/eval-runs.ts";
import { gradeAction } from "./action.ts";

const shown = aMoment(aDecision());
const denied = aMoment(aDenial());
const refused = aMoment(null, { action: "refuse", refusal: { code: "invalid", message: "No such lead." } });

it.each([
  ["the action that came", shown, { action: "show" }, [true]],
  ["a refusal", refused, { action: "refuse" }, [true]],
  ["another action", denied, { action: "show" }, [false]],
  ["no decision at all", aMoment(null), { action: "nothing" }, [false]],
  ["the status", denied, { action: "nothing", status: "denied" }, [true, true]],
  ["another status of the same action", denied, { action: "nothing", status: "no-action" }, [true, false]],
  ["the playbook", shown, { playbook: "evaluation-proof" }, [true]],
  ["another playbook", shown, { playbook: "renewal" }, [false]],
  ["no playbook where one answered", shown, { playbook: null }, [false]],
  ["no playbook", aMoment(aDecision({ playbook: null })), { playbook: null }, [true]],
  ["no playbook where there is no decision", refused, { playbook: null }, [false]],
  ["nothing", shown, {}, []],
] as const)("grades %s", (_, moment, expected, passed) => {
  expect(gradeAction(moment, expected).map((grade) => grade.passed)).toEqual(passed);
});

it("says what was expected and what came", () => {
  const [wrong] = gradeAction(denied, { action: "show" });
  expect(wrong).toMatchObject({
    grader: "action",
    step: 0,
    words: "expected show, got nothing (denied: consent.channel: No consent.)",
    expected: "show",
    got: "nothing",
  });
  expect(gradeAction(shown, { action: "ask" })[0]?.words).toBe("expected ask, got show (a-1 at web/pricing-hero)");
  expect(gradeAction(refused, { action: "show" })[0]?.words).toBe(
    "expected show, got a refusal (invalid: No such lead.)",
  );
});
