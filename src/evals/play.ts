import type { LoadedScenario, ScenarioRun } from "./eval.ts";

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

/** A run that came to nothing. */
export function brokenRun({ loaded, repeat }: Play, planner: ScenarioRun["planner"], fault: string): ScenarioRun {
  const ending = { decisions: [], publications: [], deliveries: {}, sent: {}, violations: [] };
  return { ...loaded, repeat, planner, moments: [], ending, ms: 0, fault };
}
