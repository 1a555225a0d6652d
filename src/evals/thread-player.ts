import { Worker } from "node:worker_threads";
import { AppError } from "../domain/errors.ts";
import type { EvalSetting, ScenarioRun, SettingSource } from "./eval.ts";
import { brokenRun, type Play, type Player } from "./play.ts";

/** What a thread is told at its start, and what it answers. */
export interface ThreadData {
  readonly source: SettingSource;
}
export type ThreadAnswer =
  | { readonly kind: "played"; readonly run: ScenarioRun }
  /** Nothing can be played. */
  | { readonly kind: "unable"; readonly words: string };

interface ThreadOptions {
  readonly source: SettingSource;
  /** Of runs that the thread did not live to tell of. */
  readonly planner: Pick<EvalSetting["planner"], "kind" | "version">;
  /** The file that the thread runs. */
  readonly file?: URL;
  /** Milliseconds of real time after which a scenario that has not ended is given up. */
  readonly limitMs?: number;
}

/** This file's neighbour: `.ts` from source, `.js` once built. */
const playing = new URL(`./play-in-thread${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`, import.meta.url);

/**
 * Plays in a thread of its own, so that others can play beside it. A thread that dies, or does not come to an end, is
 * that scenario's fault; the next one is played in a new thread.
 */
export function makeThreadPlayer({ source, planner, file = playing, limitMs = 120_000 }: ThreadOptions): Player {
  let thread: Worker | null = null;
  const workerData: ThreadData = { source };
  const begin = () => {
    const begun = new Worker(file, { workerData, resourceLimits });
    // One that breaks between two scenarios is nobody's fault.
    begun
      .on("error", () => {})
      .on("exit", () => {
        if (thread === begun) thread = null;
      });
    thread = begun;
    return begun;
  };
  return {
    async play(play) {
      const own = thread ?? begin();
      const answer = await answerOf(own, play, limitMs);
      if (answer.kind === "played") return answer.run;
      thread = null;
      await own.terminate();
      if (answer.kind === "unable") throw new AppError("config", answer.words);
      const { kind, version } = planner;
      return brokenRun(play, { kind, version }, answer.words);
    },
    async close() {
      await thread?.terminate();
      thread = null;
    },
  };
}

/** A run makes much that is garbage by its end: with room for it, most of it is never moved. */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

type Answer = ThreadAnswer | { readonly kind: "died"; readonly words: string };

function answerOf(thread: Worker, play: Play, limitMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer) => {
      clearTimeout(limit);
      thread.off("message", settle).off("error", onError).off("exit", onExit);
      resolve(answer);
    };
    const died = (words: string) => settle({ kind: "died", words });
    const onError = (error: Error) => died(`The thread that played it broke: ${error.name}: ${error.message}`);
    const onExit = (code: number) => died(`The thread that played it ended with ${code}.`);
    const limit = setTimeout(() => died(`The scenario did not come to an end within ${limitMs} ms.`), limitMs);
    thread.on("message", settle).on("error", onError).on("exit", onExit);
    thread.postMessage(play);
  });
}
