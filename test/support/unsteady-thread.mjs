// A thread of the evals that does what the id of its scenario says.
import { parentPort } from "node:worker_threads";

let played = 0;

parentPort.on("message", ({ loaded, repeat }) => {
  const { id } = loaded.scenario;
  if (id === "dies") process.exit(3);
  if (id === "breaks") throw new RangeError("Too much of it.");
  if (id === "hangs") return;
  if (id === "unable") return parentPort.postMessage({ kind: "unable", words: "There is no such folder." });
  played += 1;
  if (id === "breaks-later") setTimeout(() => process.exit(4), 5);
  parentPort.postMessage({ kind: "played", run: { ...loaded, repeat, ms: played, fault: null } });
});
