import { AppError } from "../domain/errors.ts";
import type { Clock } from "../runtime/runtime.ts";
import { version } from "../version.ts";
import type { EvalReport, EvalSetting, GradedRun, LoadedScenario, UnusableScenario } from "./eval.ts";
import { gradeRun } from "./graders/grade-run.ts";
import type { Play, Player } from "./play.ts";
import { runScenario } from "./run-scenario.ts";
import { summarize } from "./summary.ts";
import { makeThreadPlayer } from "./thread-player.ts";

export interface EvalsToRun {
  readonly scenarios: readonly LoadedScenario[];
  readonly unusable: readonly UnusableScenario[];
  readonly setting: EvalSetting;
  readonly clock: Clock;
  /** Threads that play side by side; 0 and 1: this one. */
  readonly workers?: number;
  /** How often each scenario is played. */
  readonly repeats?: number;
  readonly onProgress?: (progress: EvalProgress) => void;
}

export interface EvalProgress {
  readonly done: number;
  readonly total: number;
  readonly graded: GradedRun;
}

/**
 * Plays every scenario, grades what came of it and adds it up; nothing is compared yet. Whatever a scenario does, the
 * others are played. Throws `config` where the setting cannot be read by a thread.
 */
export async function runEvals(given: EvalsToRun): Promise<EvalReport> {
  const { scenarios, unusable, setting, clock, repeats = 1, onProgress = () => {} } = given;
  const startedAt = new Date(clock.now()).toISOString();
  const started = performance.now();
  const plays = scenarios.flatMap((loaded) => Array.from({ length: repeats }, (_, repeat) => ({ loaded, repeat })));
  const players = makePlayers(setting, Math.min(given.workers ?? 1, plays.length));
  const runs = await playAll(plays, players, onProgress);
  const { kind, version: plannerVersion } = setting.planner;
  return {
    startedAt,
    version,
    planner: { kind, version: plannerVersion },
    rulesetVersion: setting.guardrail.rulesetVersionAt(clock.now()),
    cores: players.length,
    repeats,
    ms: performance.now() - started,
    runs,
    unusable,
    summary: summarize(runs, unusable, repeats),
    comparison: null,
  };
}

function makePlayers(setting: EvalSetting, workers: number): readonly Player[] {
  if (workers <= 1) {
    return [{ play: ({ loaded, repeat }) => runScenario(loaded, setting, repeat), close: async () => {} }];
  }
  const { source, planner } = setting;
  if (source === null) {
    throw new AppError("config", "A setting that was changed after it was read is played without workers.");
  }
  return Array.from({ length: workers }, () => makeThreadPlayer({ source, planner }));
}

/** Each player takes the next play once it is through with its last: a long one holds up nobody else. */
async function playAll(
  plays: readonly Play[],
  players: readonly Player[],
  onProgress: (progress: EvalProgress) => void,
): Promise<readonly GradedRun[]> {
  const runs: GradedRun[] = [];
  let next = 0;
  let done = 0;
  const playOn = async (player: Player) => {
    for (;;) {
      const index = next++;
      const play = plays[index];
      if (play === undefined) return;
      const graded = gradeRun(await player.play(play));
      runs[index] = graded;
      done += 1;
      onProgress({ done, total: plays.length, graded });
    }
  };
  try {
    await Promise.all(players.map(playOn));
  } finally {
    await Promise.all(players.map((player) => player.close()));
  }
  return runs;
}
