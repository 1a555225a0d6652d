import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

it("comes to the same, in the same order, by threads and without", async () => {
  const args = ["test/support/run-evals-twice.mjs", "evals/scenarios/frequency.yaml"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  const [byThreads, alone] = JSON.parse(stdout);
  expect(byThreads.cores).toBe(2);
  expect(byThreads.runs).toHaveLength(4);
  expect(byThreads.runs).toEqual(alone.runs);
}, 120_000);
