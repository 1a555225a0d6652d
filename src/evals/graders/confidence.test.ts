import { expect, it } from "vitest";
import { aDecision, aMoment } from "../../../test/support/eval-runs.ts";
import { gradeConfidence } from "./confidence.ts";

const sure = aMoment(aDecision());

it.each([
  ["within", sure, { atLeast: 0.8, atMost: 0.95 }, true],
  ["at the lower bound", sure, { atLeast: 0.9 }, true],
  ["at the upper bound", sure, { atMost: 0.9 }, true],
  ["below", sure, { atLeast: 0.91 }, false],
  ["above", sure, { atMost: 0.89 }, false],
  ["none", aMoment(aDecision({ confidence: null })), { atMost: 1 }, false],
])("grades a confidence %s", (_, moment, confidence, passed) => {
  expect(gradeConfidence(moment, { confidence }).map((grade) => grade.passed)).toEqual([passed]);
});

it("says what came, and nothing where nothing is expected", () => {
  expect(gradeConfidence(sure, { confidence: { atMost: 0.5 } })[0]?.words).toBe(
    "expected a confidence from 0 to 0.5, got 0.9",
  );
  expect(gradeConfidence(sure, {})).toEqual([]);
});
