// What a thread of the evals runs: it reads the setting once, then plays what it is sent, one after the other.
import { parentPort, workerData } from "node:worker_threads";
import type { EvalSetting } from "./eval.ts";
import type { Play } from "./play.ts";
import { readSetting } from "./read-setting.ts";
import { runScenario } from "./run-scenario.ts";
import type { ThreadAnswer, ThreadData } from "./thread-player.ts";

const { source }: ThreadData = workerData;
let setting: Promise<EvalSetting> | null = null;

parentPort?.on("message", async ({ loaded, repeat }: Play) => {
  const answer = await played(loaded, repeat);
  parentPort?.postMessage(answer);
});

async function played(loaded: Play["loaded"], repeat: number): Promise<ThreadAnswer> {
  setting ??= readSetting(source);
  try {
    await setting;
  } catch (error) {
    return { kind: "unable", words: error instanceof Error ? error.message : String(error) };
  }
  return { kind: "played", run: await runScenario(loaded, await setting, repeat) };
}
