// Plays every scenario by two threads, as built, and prints how the report stands against the baseline.

import { readFileSync } from "node:fs";
import { parseBaseline } from "../../dist/evals/baseline.js";
import { compareWithBaseline } from "../../dist/evals/compare.js";
import { loadScenarios } from "../../dist/evals/load-scenarios.js";
import { readSetting } from "../../dist/evals/read-setting.js";
import { runEvals } from "../../dist/evals/run-evals.js";

const file = "evals/baseline.json";
const setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
const loaded = loadScenarios(["evals/scenarios"], setting);
const report = await runEvals({ ...loaded, setting, workers: 2, clock: { now: () => Date.now() } });
const comparison = compareWithBaseline(report, parseBaseline(readFileSync(file, "utf8"), file));
console.log(JSON.stringify({ ms: report.ms, totals: report.summary.totals, problems: comparison.problems }));
