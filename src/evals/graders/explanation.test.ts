import { expect, it } from "vitest";
import { aCandidate, aDecision, aDenial, aFinding, aMoment, aPlacement } from "../../../test/support/eval-runs.ts";
import { explainDecision } from "../../domain/explanation.ts";
import { gradeExplanation } from "./explanation.ts";

it.each([
  "received",
  "running",
  "awaiting-approval",
  "held",
  "published",
  "no-action",
  "denied",
  "failed",
  "withdrawn",
])("lets pass what is said of a decision that is %s", (status) => {
  const [grade] = gradeExplanation(aMoment(aDecision({ status, reason: "Because." })), {});
  expect(grade).toMatchObject({ passed: true });
});

const explained = explainDecision(aDecision());
const [placed] = explained.placements;
if (placed === undefined) throw new Error("The fixture places nothing.");

it.each([
  ["anything", aMoment(aDecision(), { explanation: null })],
  ["words for denied", aMoment(aDenial(), { explanation: explained })],
  ["a reason", aMoment(aDenial({ reason: null }))],
  ["why a-1", aMoment(aDecision(), { explanation: { ...explained, placements: [{ ...placed, why: " " }] } })],
  ["findings of a-1", aMoment(aDecision({ placements: [aPlacement("a-1", { findings: [] })] }))],
  [
    "the reason of a finding of a-1",
    aMoment(aDecision({ placements: [aPlacement("a-1", { findings: [{ ...aFinding("grant.valid"), reason: "" }] })] })),
  ],
  [
    "words for the rule house.rule",
    aMoment(aDecision({ placements: [aPlacement("a-1", { findings: [aFinding("house.rule")] })] })),
  ],
  ["words for the rule house.rule", aMoment(aDecision({ candidates: [aCandidate("a-3", 1, ["house.rule"])] }))],
])("catches one without %s", (lacking, moment) => {
  const [grade] = gradeExplanation(moment, {});
  expect(grade).toMatchObject({ passed: false, got: [lacking] });
  expect(grade?.words).toBe(`expected an explanation that is whole, got one without ${lacking}`);
});

it("says nothing where there is no decision", () => {
  expect(gradeExplanation(aMoment(null), {})).toEqual([]);
});
