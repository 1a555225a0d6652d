import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { AppError } from "../domain/errors.ts";
import { type Baseline, baselineText, makeBaseline, parseBaseline } from "../evals/baseline.ts";
import { compareWithBaseline } from "../evals/compare.ts";
import type { EvalReport, LoadedScenario } from "../evals/eval.ts";
import { evalPage } from "../evals/html/eval-page.ts";
import { loadScenarios } from "../evals/load-scenarios.ts";
import { readSetting } from "../evals/read-setting.ts";
import { junitReport } from "../evals/report/junit.ts";
import { terminalReport } from "../evals/report/terminal.ts";
import { runEvals } from "../evals/run-evals.ts";
import { machineClock } from "../runtime/system-runtime.ts";

export interface EvalRequest {
  readonly configDir: string;
  readonly playbooksDir: string;
  readonly planner: "rules" | "llm";
  /** Files and folders. */
  readonly paths: readonly string[];
  /** Which of them: with all of the tags, of one of the groups, one of the ids. An empty list asks nothing. */
  readonly only: Readonly<Record<"tags" | "groups" | "ids", readonly string[]>>;
  /** Whether the paths and `only` leave out some of what there is. */
  readonly isPartial: boolean;
  readonly repeats: number;
  /** At most; few scenarios are played by fewer. */
  readonly workers: number;
  readonly baselineFile: string;
  readonly isCompared: boolean;
  /** Why the baseline is written anew; null: it is left as it is. */
  readonly baselineReason: string | null;
  /** Told how many runs there will be before the first, and after each. */
  onProgress(done: number, total: number): void;
}

/** The ways in which a report can be told. */
export const evalOutputs = { words: terminalReport, junit: junitReport, page: evalPage } as const;

/**
 * Plays the scenarios that are asked for and holds them against the baseline where that is asked for. Null where none
 * of those that there are is asked for. Throws `invalid`, `not-found` or `config` for what stands in the way.
 */
export async function evaluate(request: EvalRequest): Promise<EvalReport | null> {
  const { paths, baselineFile, isCompared, isPartial, baselineReason, workers, repeats } = request;
  if (baselineReason !== null && isPartial) {
    throw new AppError("invalid", "A baseline is written of all scenarios: leave out the paths and filters.");
  }
  // What stands in the way is said before minutes are spent on scenarios.
  const before = isCompared || baselineReason !== null ? readBaseline(request) : null;
  const setting = await readSetting(request);
  const { scenarios, unusable } = loadScenarios(paths, setting);
  const chosen = scenarios.filter((one) => isChosen(one, request));
  if (chosen.length === 0 && scenarios.length > 0) return null;
  request.onProgress(0, chosen.length * repeats);
  const played = await runEvals({
    scenarios: chosen,
    unusable,
    setting,
    clock: machineClock,
    workers: Math.min(workers, Math.ceil((chosen.length * repeats) / playsPerThread)),
    repeats,
    onProgress: ({ done, total }) => request.onProgress(done, total),
  });
  if (baselineReason !== null) {
    const next = makeBaseline(played, before, { reason: baselineReason, at: played.startedAt });
    writeFileSync(baselineFile, baselineText(next));
    return isCompared ? { ...played, comparison: compareWithBaseline(played, next) } : played;
  }
  return before === null ? played : { ...played, comparison: compareWithBaseline(played, before, { isPartial }) };
}

/** A thread takes as long to begin as so many scenarios to play. */
const playsPerThread = 10;

/** Null where there is none and one is to be written. */
function readBaseline({ baselineFile: file, baselineReason }: EvalRequest): Baseline | null {
  if (existsSync(file)) return parseBaseline(readFileSync(file, "utf8"), file);
  if (baselineReason !== null) return null;
  throw new AppError("not-found", `There is no ${file}. Write one: vouchsafe eval --baseline-write "why".`);
}

function isChosen({ scenario }: LoadedScenario, { only: { tags, groups, ids } }: EvalRequest): boolean {
  const isAmong = (wanted: readonly string[], own: string) => wanted.length === 0 || wanted.includes(own);
  return (
    tags.every((tag) => scenario.tags.includes(tag)) && isAmong(groups, scenario.group) && isAmong(ids, scenario.id)
  );
}
