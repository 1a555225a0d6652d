// Plays the first scenarios of a file by two threads and by none, as built, and prints what each came to.

import { loadScenarios } from "../../dist/evals/load-scenarios.js";
import { readSetting } from "../../dist/evals/read-setting.js";
import { runEvals } from "../../dist/evals/run-evals.js";

const setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
const { scenarios } = loadScenarios([process.argv[2]], setting);
const loaded = { scenarios: scenarios.slice(0, 4), unusable: [] };
const play = async (workers) => {
  const { runs, cores } = await runEvals({ ...loaded, setting, workers, clock: { now: () => 0 } });
  const cameTo = ({ run, passed }) => ({
    id: run.scenario.id,
    passed,
    ids: run.ending.decisions.map((one) => one.decisionId),
  });
  return { cores, runs: runs.map(cameTo) };
};
console.log(JSON.stringify([await play(2), await play(0)]));
