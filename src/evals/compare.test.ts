import { expect, it } from "vitest";
import { aCandidate, aDecision, aMoment, aReport } from "../../test/support/eval-runs.ts";
import { makeBaseline } from "./baseline.ts";
import { compareWithBaseline } from "./compare.ts";
import type { EvalReport } from "./eval.ts";

const good = [aMoment(aDecision(), { expected: { action: "show" } })];
const bad = [aMoment(aDecision(), { expected: { action: "nothing" } })];
const baselineOf = (report: EvalReport) => makeBaseline(report, null, { reason: "First.", at: "2026-11-25T04:00:00Z" });
const before = baselineOf(aReport({ a: good, b: good, c: bad }));
const kinds = (report: EvalReport, options = {}) =>
  compareWithBaseline(report, before, options).problems.map(
    ({ kind, scenario, metric }) => `${kind} ${scenario ?? metric}`,
  );

it("is open where nothing changed, and says what passes now", () => {
  expect(compareWithBaseline(aReport({ a: good, b: good, c: bad }), before)).toEqual({
    passed: true,
    baseline: { writtenAt: "2026-11-25T04:00:00Z", reason: "First." },
    problems: [],
    newlyPassing: [],
  });
  const better = compareWithBaseline(aReport({ a: good, b: good, c: good }), before);
  expect(better).toMatchObject({ passed: true, newlyPassing: ["c"] });
});

it("is shut for a lost scenario, and says which and why", () => {
  const { passed, problems } = compareWithBaseline(aReport({ a: bad, b: good, c: bad }), before);
  expect(passed).toBe(false);
  expect(problems[0]).toEqual({
    kind: "lost",
    scenario: "a",
    metric: null,
    words:
      "a (tests.yaml:1) passed in the baseline and fails now: step 1, action: expected nothing, got show (a-1 at web/pricing-hero).",
  });
  expect(kinds(aReport({ a: bad, b: good, c: bad }))).toContain("metric action.accuracy");
});

it("is shut for one that is gone, one that is new, and one that cannot be used", () => {
  expect(kinds(aReport({ a: good, c: bad }))[0]).toBe("gone b");
  expect(kinds(aReport({ a: good, b: good, c: bad, d: good }))).toEqual(["new d"]);
  const unusable = [{ file: "b.yaml", line: 7, field: "now", message: "no time", id: "b" }];
  const report = { ...aReport({ a: good, c: bad, d: good }), unusable };
  expect(kinds(report)).toEqual(["new d", "unusable b"]);
  expect(compareWithBaseline(report, before).problems[1]?.words).toBe("b.yaml:7: now: no time. It was not run.");
});

it("is shut for a violation and for a fault, also where the scenario failed before", () => {
  const violations = [{ invariant: "sent-once", words: "it went out twice", decisionId: null }];
  const violated = aReport({ a: good, b: good, c: bad }, { c: { ending: { violations } } });
  expect(kinds(violated)).toEqual(["violation c"]);
  const faulty = aReport({ a: good, b: good, c: bad }, { c: { fault: "It broke." } });
  expect(kinds(faulty)).toEqual(["fault c"]);
});

it("holds figures against their tolerances, and one that rests on nothing any more", () => {
  const ranked = (first: number, second: number) => [
    aMoment(aDecision({ candidates: [aCandidate("a-1", first), aCandidate("a-2", second)] }), {
      expected: { assets: { grades: { "a-1": 3, "a-2": 1 } } },
    }),
  ];
  const base = baselineOf(aReport({ a: ranked(0.9, 0.8) }));
  const problemsOf = (report: EvalReport) => compareWithBaseline(report, base).problems;
  expect(problemsOf(aReport({ a: ranked(0.9, 0.1) }))).toEqual([]);
  const worse = problemsOf(aReport({ a: ranked(0.8, 0.9) }));
  expect(worse.map(({ metric }) => metric)).toContain("rank.ndcgAt5");
  expect(worse.find(({ metric }) => metric === "rank.mrr")?.words).toBe(
    "rank.mrr is 0.5 (over 1), more than 0.02 below the baseline's 1.",
  );
  expect(problemsOf(aReport({ a: [] })).find(({ metric }) => metric === "rank.mrr")?.words).toBe(
    "rank.mrr was 1 and now rests on nothing.",
  );
  const lenient = {
    ...base,
    metrics: { ...base.metrics, "rank.mrr": { value: 1, better: "higher", tolerance: 0.5 } },
  } as const;
  const metrics = compareWithBaseline(aReport({ a: ranked(0.8, 0.9) }), lenient).problems.map(({ metric }) => metric);
  expect(metrics).not.toContain("rank.mrr");
});

it("asks of a part of the scenarios only that it is as before", () => {
  expect(kinds(aReport({ a: good }), { isPartial: true })).toEqual([]);
  expect(kinds(aReport({ a: bad }), { isPartial: true })).toEqual(["lost a"]);
});
