import { expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import type { StopScope } from "../domain/facts.ts";
import { makeGuardrail } from "../guardrails/cedar-guardrail.ts";
import { isAboutTheLead } from "./check-license.ts";

const guardrail = await makeGuardrail();

function stopFinding(...stops: readonly (readonly [StopScope, string])[]) {
  const killSwitches = stops.map(([scope, target]) => ({ scope, target, reason: "test" }));
  const { findings } = guardrail.judge(placementFacts({ facts: { killSwitches } }));
  const found = findings.find((one) => one.rule === "kill-switch");
  if (found === undefined) throw new Error("no finding of the rule");
  return found;
}

test("a stop of the asset leaves the other assets to be tried, any wider stop does not", () => {
  expect(stopFinding(["asset", "asset-1"])).toMatchObject({ effect: "deny" });
  expect(isAboutTheLead(stopFinding(["asset", "asset-1"]))).toBe(false);
  expect(isAboutTheLead(stopFinding(["global", "*"]))).toBe(true);
  expect(isAboutTheLead(stopFinding(["channel", "web"]))).toBe(true);
  expect(isAboutTheLead(stopFinding(["asset", "asset-1"], ["global", "*"]))).toBe(true);
  expect(isAboutTheLead(stopFinding())).toBe(true);
});
