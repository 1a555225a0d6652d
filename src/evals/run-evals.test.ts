import { beforeAll, expect, it } from "vitest";
import { choosePlanner } from "../compose/choose-planner.ts";
import type { EvalSetting, LoadedScenario } from "./eval.ts";
import { readSetting } from "./read-setting.ts";
import { type EvalProgress, runEvals } from "./run-evals.ts";
import { scenario } from "./scenario.ts";

let setting: EvalSetting;
beforeAll(async () => {
  setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
});

const clock = { now: () => Date.parse("2026-11-25T03:00:00Z") };
const unusable = [{ file: "tests.yaml", line: 9, field: "steps/0", message: "unknown field", id: "unread" }];

function loaded(id: string, action: string): LoadedScenario {
  const event = { type: "lead.page-viewed.v1", lead: "L-1", data: { url: "https://www.tidewise.example/pricing" } };
  const written = {
    id,
    title: "A test",
    group: "tests",
    now: "2026-11-03T10:00:00Z",
    assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof" }],
    leads: [{ like: "L-1042", leadId: "L-1", name: "Paula Probe" }],
    steps: [{ event, expect: { action } }],
  };
  return { scenario: scenario.parse(written), file: "tests.yaml", line: 1 };
}

it("plays all of them as often as is asked, in their order, and adds up what came of it", async () => {
  const seen: EvalProgress[] = [];
  const scenarios = [loaded("right", "show"), loaded("wrong", "nothing")];
  const onProgress = (progress: EvalProgress) => seen.push(progress);
  const report = await runEvals({ scenarios, unusable, setting, clock, repeats: 2, onProgress });
  expect(report.runs.map(({ run, passed }) => [run.scenario.id, run.repeat, passed])).toEqual([
    ["right", 0, true],
    ["right", 1, true],
    ["wrong", 0, false],
    ["wrong", 1, false],
  ]);
  expect(report).toMatchObject({
    startedAt: "2026-11-25T03:00:00.000Z",
    planner: { kind: "rules", version: choosePlanner("rules").version },
    rulesetVersion: setting.guardrail.rulesetVersionAt(Date.parse("2026-11-25T03:00:00.000Z")),
    cores: 1,
    repeats: 2,
    unusable,
    summary: { totals: { scenarios: 2, passed: 1, failed: 1, unusable: 1 }, repeats: { passHatK: { value: 0.5 } } },
    comparison: null,
  });
  expect(seen.map(({ done, total, graded }) => [done, total, graded.run.scenario.id])).toEqual([
    [1, 4, "right"],
    [2, 4, "right"],
    [3, 4, "wrong"],
    [4, 4, "wrong"],
  ]);
  // The seed tells repeats apart; the same repeat is the same run.
  const again = await runEvals({ scenarios, unusable, setting, clock });
  const ids = ({ runs }: typeof again, index: number) =>
    runs[index]?.run.ending.publications.map((one) => one.publicationId);
  expect(ids(again, 0)).toEqual(ids(report, 0));
  expect(ids(report, 1)).not.toEqual(ids(report, 0));
});

it("is a report of nothing where there is no scenario", async () => {
  const report = await runEvals({ scenarios: [], unusable: [], setting, clock, workers: 4 });
  expect(report).toMatchObject({ runs: [], summary: { totals: { scenarios: 0, passed: 0 } } });
});

it("plays nothing by threads that would read another setting, and knows no model planner", async () => {
  const scenarios = [loaded("right", "show"), loaded("wrong", "nothing")];
  const changed = { ...setting, source: null };
  await expect(runEvals({ scenarios, unusable, setting: changed, clock, workers: 2 })).rejects.toMatchObject({
    code: "config",
  });
  const folders = { configDir: "data", playbooksDir: "data/playbooks", planner: "llm" } as const;
  await expect(readSetting(folders)).rejects.toThrow("There is no model planner in this version.");
});
