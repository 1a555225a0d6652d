import { afterEach, expect, it } from "vitest";
import { aRun } from "../../test/support/eval-runs.ts";
import type { Play } from "./play.ts";
import { makeThreadPlayer } from "./thread-player.ts";

const player = makeThreadPlayer({
  source: { configDir: "data", playbooksDir: "data/playbooks", planner: "rules" },
  planner: { kind: "rules", version: "1" },
  file: new URL("../../test/support/unsteady-thread.mjs", import.meta.url),
  limitMs: 4000,
});
afterEach(() => player.close());

const play = (id: string, repeat = 0): Play => {
  const { scenario, file, line } = aRun([], { written: { id } });
  return { loaded: { scenario, file, line }, repeat };
};

it("plays one after the other in the same thread", async () => {
  expect(await player.play(play("one"))).toMatchObject({ scenario: { id: "one" }, repeat: 0, ms: 1 });
  expect(await player.play(play("two", 3))).toMatchObject({ fault: null, scenario: { id: "two" }, repeat: 3, ms: 2 });
});

it.each([
  ["dies", "The thread that played it ended with 3."],
  ["breaks", "The thread that played it broke: RangeError: Too much of it."],
  ["hangs", "The scenario did not come to an end within 4000 ms."],
])("takes a thread that %s for the scenario's fault, and plays on in a new one", async (id, fault) => {
  await player.play(play("before"));
  expect(await player.play(play(id))).toMatchObject({
    scenario: { id },
    file: "tests.yaml",
    line: 1,
    planner: { kind: "rules", version: "1" },
    moments: [],
    fault,
  });
  expect(await player.play(play("after"))).toMatchObject({ scenario: { id: "after" }, ms: 1 });
});

it("plays on where a thread died between two scenarios", async () => {
  await player.play(play("breaks-later"));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await player.play(play("after"))).toMatchObject({ fault: null, ms: 1 });
});

it("says what it lacks where it cannot play at all", async () => {
  await expect(player.play(play("unable"))).rejects.toMatchObject({
    code: "config",
    message: "There is no such folder.",
  });
});
