import { expect, it } from "vitest";
import { aDecision, aMoment, aReport } from "../../test/support/eval-runs.ts";
import { baselineText, makeBaseline, parseBaseline } from "./baseline.ts";

const shown = (action: "show" | "nothing") => [aMoment(aDecision(), { expected: { action } })];
const first = { reason: "The first.", at: "2026-11-25T04:00:00Z" };

it("keeps which scenarios passed, the figures with their tolerances, and why", () => {
  const made = makeBaseline(aReport({ b: shown("show"), a: shown("nothing") }), null, first);
  expect(made.scenarios).toEqual({ b: "passed", a: "failed" });
  expect(made.metrics["action.accuracy"]).toEqual({ value: 0.5, better: "higher", tolerance: 0 });
  expect(made.metrics["rank.ndcgAt5"]).toEqual({ value: null, better: "higher", tolerance: 0.02 });
  expect(made.changes).toEqual([{ ...first, what: ["the first: 2 scenarios"] }]);
});

it("adds to the story what a change changed, and nothing else", () => {
  const before = makeBaseline(aReport({ a: shown("nothing"), b: shown("show"), c: shown("show") }), null, first);
  const after = makeBaseline(aReport({ a: shown("show"), b: shown("show"), d: shown("show") }), before, {
    reason: " A better playbook. ",
    at: "2026-11-26T04:00:00Z",
  });
  expect(after.changes).toHaveLength(2);
  expect(after.changes[1]).toMatchObject({ reason: "A better playbook." });
  expect(after.changes[1]?.what.filter((words) => /^[abcd]:/.test(words))).toEqual([
    "a: failed → passed",
    "c: passed → gone",
    "d: new → passed",
  ]);
  expect(after.changes[1]?.what).toContain("action.accuracy: 0.6667 ± 0 → 1 ± 0");
});

it("is written the same whatever order things ran in, a line each", () => {
  const one = baselineText(makeBaseline(aReport({ a: shown("show"), b: shown("show") }), null, first));
  const other = baselineText(makeBaseline(aReport({ b: shown("show"), a: shown("show") }), null, first));
  expect(one).toBe(other);
  expect(one).toContain('    "a": "passed",\n    "b": "passed"\n');
  expect(parseBaseline(one, "baseline.json").scenarios).toEqual({ a: "passed", b: "passed" });
});

it("is not made without a reason, nor while something cannot be used", () => {
  const report = aReport({ a: shown("show") });
  expect(() => makeBaseline(report, null, { ...first, reason: "  " })).toThrow("Say why the baseline changes");
  const unusable = [{ file: "a.yaml", line: 1, field: "now", message: "no time", id: "a" }];
  expect(() => makeBaseline({ ...report, unusable }, null, first)).toThrow("Mend them first");
});

it.each([
  ["{", "baseline.json is not JSON."],
  ["{}", "baseline.json is no baseline: changes:"],
  ['{"changes":[],"metrics":{},"scenarios":{"a":"won"}}', "baseline.json is no baseline:"],
])("says what is wrong with %s", (text, words) => {
  expect(() => parseBaseline(text, "baseline.json")).toThrow(words);
});
