import type { EvalReport, GradedRun } from "../../src/evals/eval.ts";
import { gradeRun } from "../../src/evals/graders/grade-run.ts";
import { summarize } from "../../src/evals/summary.ts";
import { aDecision, aDenial, aMoment, aRun } from "./eval-runs.ts";

/** Text that would act on a page, a terminal or in XML if it were let. */
export const hostile = `</title><script>alert("x")</script> & 'quoted' \u001b[31mred]]>`;

const event = { type: "lead.page-viewed.v1", lead: "L-1" };
const grades = { "a-1": 3, "a-2": 2 };

/** Three scenarios: one passed, one failed in three ways, one broke off. */
export function someRuns(repeat = 0): readonly GradedRun[] {
  const passed = aRun([aMoment(aDecision(), { expected: { action: "show", assets: { anyOf: ["a-1"], grades } } })], {
    written: { id: "shows-proof", title: "Shows the fitting proof", group: "web" },
    repeat,
  });
  const expected = {
    action: "show" as const,
    assets: { anyOf: ["a-2"] },
    rules: { fired: ["grant.territory"] },
    verdict: "allow" as const,
  };
  const failed = aRun([aMoment(aDenial(), { expected }), aMoment(null, { step: 1, happening: "wait" })], {
    written: {
      id: "denies-wrongly",
      title: hostile,
      why: hostile,
      group: "email",
      steps: [{ event }, { crmFails: 1 }],
    },
    repeat,
    line: 12,
  });
  const broken = aRun([], {
    written: { id: "breaks-off", title: "Breaks off", group: "email" },
    fault: "The CRM does not answer.",
    repeat,
  });
  return [passed, failed, broken].map(gradeRun);
}

/** A report of those runs, save what differs. */
export function aReport(changes: Partial<EvalReport> = {}): EvalReport {
  const { runs = someRuns(), unusable = [], repeats = 1 } = changes;
  return {
    startedAt: "2026-11-25T04:00:00.000Z",
    version: "0.1.0",
    planner: { kind: "rules", version: "1" },
    rulesetVersion: "2026-11-01.2",
    cores: 2,
    repeats,
    ms: 1234,
    runs,
    unusable,
    summary: summarize(runs, unusable, repeats),
    comparison: null,
    ...changes,
  };
}

/** What two scenarios of a file have in common, and a file that cannot be read. */
export const someUnusable = [
  { file: "evals/a.yaml", line: 3, field: "now", message: "Invalid ISO datetime", id: "one" },
  { file: "evals/a.yaml", line: 3, field: "now", message: "Invalid ISO datetime", id: "two" },
  { file: "evals/b.yaml", line: 7, field: "", message: hostile, id: null },
];

export const aComparison: NonNullable<EvalReport["comparison"]> = {
  passed: false,
  baseline: { writtenAt: "2026-11-20T08:00:00.000Z", reason: "The first one." },
  problems: [
    { kind: "lost", scenario: "denies-wrongly", metric: null, words: "denies-wrongly passed before and fails now." },
    {
      kind: "metric",
      scenario: null,
      metric: "rank.ndcgAt5",
      words: "rank.ndcgAt5 is 0.81, more than 0.02 below the baseline's 0.9.",
    },
  ],
  newlyPassing: ["shows-proof"],
};
