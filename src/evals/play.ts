import type { Ending, LoadedScenario, ScenarioRun } from "./eval.ts";

/** One scenario to be played, for the `repeat`th time (from 0). */
export interface Play {
  readonly loaded: LoadedScenario;
  readonly repeat: number;
}

/** Plays one scenario at a time. */
export interface Player {
  /** Never rejects for what a scenario does: that is the run's fault. Rejects `config` where it cannot play at all. */
  play(play: Play): Promise<ScenarioRun>;
  close(): Promise<void>;
}

/** How it stands where nothing came of a run. */
export const noEnding: Ending = { decisions: [], publications: [], deliveries: {}, sent: {}, violations: [] };

/** A run that came to nothing. */
export function brokenRun({ loaded, repeat }: Play, planner: ScenarioRun["planner"], fault: string): ScenarioRun {
  return { ...loaded, repeat, planner, moments: [], ending: noEnding, ms: 0, fault };
}
