import type { Command } from "commander";

/** What a command stands on: the environment and the three streams. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** One line to standard output: what was asked for. */
  out(line: string): void;
  /** One line to standard error: progress and complaints. */
  err(line: string): void;
  /** Standard error where a person looks at it, for progress bars; absent where it goes to a file or a pipe. */
  readonly terminal?: NodeJS.WritableStream;
  /** Whether standard output is looked at where colours are seen. */
  readonly isColoured?: boolean;
}

/** 0: done; 1: it failed or found something wrong; 2: the command line was not understood. */
export type ExitCode = 0 | 1 | 2;

/** Adds one command to the program. Its action goes through `run`, which keeps the exit code and words the errors. */
export type AddCommand = (program: Command, io: CliIo, run: RunAction) => void;
export type RunAction = (json: boolean, work: () => Promise<ExitCode>) => Promise<void>;

export interface JsonOption {
  readonly json?: boolean;
}

/** The result, as one JSON line when that was asked for, else in words. */
export function print(io: CliIo, json: boolean | undefined, result: unknown, words: readonly string[]): void {
  if (json) io.out(JSON.stringify(result));
  else for (const line of words) io.out(line);
}
