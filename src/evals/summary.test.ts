import { expect, it } from "vitest";
import { aCandidate, aDecision, aDenial, aMoment, aRun } from "../../test/support/eval-runs.ts";
import type { Moment } from "./eval.ts";
import { gradeRun } from "./graders/grade-run.ts";
import { summarize } from "./summary.ts";

const asked = aDecision({ status: "awaiting-approval", confidence: { value: 0.55, threshold: 0.7, parts: {} } });
const graded = (moments: readonly Moment[], written: Record<string, unknown> = {}, repeat = 0) =>
  gradeRun(aRun(moments, { written, repeat }));
const none = { value: null, count: 0 };

it("counts scenarios, faults and violations, by group and by tag", () => {
  const violations = [{ invariant: "sent-once", words: "Twice.", decisionId: null }];
  const runs = [
    graded([aMoment(aDecision())], { id: "one", group: "web", tags: ["de", "web"] }),
    gradeRun(aRun([], { written: { id: "two", group: "web", tags: ["de"] }, fault: "It broke." })),
    gradeRun(aRun([aMoment(null)], { written: { id: "three", group: "email" }, ending: { violations } })),
  ];
  const unusable = [{ file: "a.yaml", line: 3, field: "steps/0", message: "unknown field", id: null }];
  const { totals, byGroup, byTag, repeats } = summarize(runs, unusable, 1);
  expect(totals).toEqual({ scenarios: 3, passed: 1, failed: 2, faults: 1, violations: 1, unusable: 1 });
  expect(byGroup).toEqual([
    { name: "email", total: 1, passed: 0 },
    { name: "web", total: 2, passed: 1 },
  ]);
  expect(byTag).toEqual([
    { name: "de", total: 2, passed: 1 },
    { name: "web", total: 1, passed: 1 },
  ]);
  expect(repeats).toBeNull();
});

it("takes a scenario for passed when every repeat passed, and says how many ever did", () => {
  const good = [aMoment(aDecision(), { expected: { action: "show" } })];
  const bad = [aMoment(aDenial(), { expected: { action: "show" } })];
  const runs = [
    graded(good, { id: "one" }),
    graded(bad, { id: "one" }, 1),
    graded(good, { id: "two" }),
    graded(good, { id: "two" }, 1),
  ];
  const { totals, repeats } = summarize(runs, [], 2);
  expect(totals).toMatchObject({ scenarios: 2, passed: 1, failed: 1 });
  expect(repeats).toEqual({ k: 2, passHatK: { value: 0.5, count: 2 }, passAtK: { value: 1, count: 2 } });
});

it("tells actions apart, and how often a person was asked in vain or not asked", () => {
  const { action, falseReviewRate, missedReviewRate } = summarize(
    [
      graded([
        aMoment(aDecision(), { expected: { action: "show" } }),
        aMoment(asked, { step: 1, expected: { action: "show" } }),
        aMoment(aDecision(), { step: 2, expected: { action: "ask" } }),
        aMoment(null, { step: 3, expected: { action: "nothing" } }),
        aMoment(aDecision(), { step: 4 }),
      ]),
    ],
    [],
    1,
  );
  expect(action).toEqual({
    accuracy: { value: 0.25, count: 4 },
    confusion: [
      { expected: "ask", got: "show", count: 1 },
      { expected: "nothing", got: "none", count: 1 },
      { expected: "show", got: "ask", count: 1 },
      { expected: "show", got: "show", count: 1 },
    ],
  });
  expect(falseReviewRate).toEqual({ value: 1 / 3, count: 3 });
  expect(missedReviewRate).toEqual({ value: 1, count: 1 });
});

it("takes rank, rules and verdicts over the moments that say something of them", () => {
  const candidates = [aCandidate("a-1", 0.9), aCandidate("a-2", 0.5)];
  const { rank, rules, verdicts } = summarize(
    [
      graded([
        aMoment(aDecision({ candidates }), { expected: { assets: { grades: { "a-2": 3 } } } }),
        aMoment(aDenial(), { step: 1, expected: { rules: { fired: ["consent.channel"] }, verdict: "hold" } }),
      ]),
    ],
    [],
    1,
  );
  expect(rank).toMatchObject({
    hitAt1: { value: 0, count: 1 },
    hitAt3: { value: 1, count: 1 },
    mrr: { value: 0.5, count: 1 },
  });
  expect(rules).toMatchObject({ precision: { value: 1, count: 1 }, recall: { value: 1, count: 1 } });
  expect(verdicts.map(({ name, recall, precision }) => [name, recall.value, precision.value])).toEqual([
    ["deny", null, 0],
    ["hold", 0, null],
  ]);
});

it("holds confidence against whether the choice was right, where that can be told", () => {
  const { calibration } = summarize(
    [
      graded([
        aMoment(aDecision(), { expected: { action: "show" } }),
        // Asked, and rightly so, with the right asset: not sure of what was right.
        aMoment(asked, { step: 1, expected: { action: "ask", assets: { anyOf: ["a-1"] } } }),
        // Whether what was asked about was right is not said.
        aMoment(asked, { step: 2, expected: { action: "ask" } }),
        aMoment(aDenial(), { step: 3, expected: { action: "nothing" } }),
        aMoment(aDecision(), { step: 4, expected: { action: "nothing" } }),
      ]),
    ],
    [],
    1,
  );
  expect(calibration.bins.filter(({ count }) => count > 0)).toMatchObject([
    { from: 0.5, count: 1, accuracy: 1 },
    { from: 0.9, count: 2, accuracy: 0.5 },
  ]);
});

it("measures what the moments took that ran something", () => {
  const { latency, tokens, cost, trajectory, explanation } = summarize(
    [graded([aMoment(aDecision(), { tokens: 700 }), aMoment(null, { step: 1, ms: 9000 })])],
    [],
    1,
  );
  expect(latency).toMatchObject({ count: 1, p50: 12, max: 12 });
  expect(tokens).toMatchObject({ count: 1, p50: 700 });
  expect(cost).toEqual({
    steps: { value: 5, count: 1 },
    ms: { value: 12, count: 1 },
    tokens: { value: 700, count: 1 },
  });
  expect(trajectory).toEqual({ value: 1, count: 1 });
  expect(explanation).toEqual({ value: 1, count: 1 });
});

it("is no figure at all of no run", () => {
  const summary = summarize([], [], 1);
  expect(summary).toMatchObject({ latency: null, tokens: null, byGroup: [], trajectory: none, explanation: none });
  expect(summary.action.accuracy).toEqual(none);
  expect(summary.rank.ndcgAt5).toEqual(none);
  expect(summary.falseReviewRate).toEqual(none);
});
