import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { EvalReport } from "../evals/eval.ts";
import type { AddCommand, CliIo, ExitCode } from "./command.ts";
import { addEvalRecord } from "./eval-record.ts";
import { fileThatEnds } from "./file-that-ends.ts";
import { openBar, type ProgressBar } from "./progress-bar.ts";
import { commandConfig } from "./settings.ts";

interface EvalOptions {
  readonly tag: readonly string[];
  readonly group: readonly string[];
  readonly id: readonly string[];
  readonly planner: "rules" | "llm";
  readonly repeat: number;
  readonly workers?: number;
  /** True: the usual file. */
  readonly baseline?: string | true;
  readonly baselineWrite?: string;
  /** True: to standard output. */
  readonly json?: string | true;
  readonly junit?: string;
  readonly html?: string;
}

const usualPath = "evals/scenarios";
const usualBaseline = "evals/baseline.json";

export const addEval: AddCommand = (program, io, run) => {
  const evals = program
    .command("eval")
    // What follows `record` is said to it, `--json` among others.
    .enablePositionalOptions()
    .description("Play scenarios through the product, in memory, and say what came as expected and what did not.")
    .argument("[paths...]", `files (.yaml, .yml, .jsonl) and folders of scenarios (default: "${usualPath}")`);
  addFilters(evals)
    .addOption(
      new Option("--planner <kind>", "who plans where a scenario brings no script")
        .choices(["rules", "llm"])
        .default("rules"),
    )
    .option("--repeat <k>", "play each scenario so often; it passes when all of its runs do", wholeNumber(1, 100), 1)
    .option("--workers <n>", "threads that play side by side, at most (default: one a core)", wholeNumber(1, 64))
    .option(
      "--baseline [file]",
      `hold the run against a baseline (${usualBaseline} unless named): exit code 1 on a loss`,
      reportThatEnds(".json"),
    )
    .option("--baseline-write <why>", "write the baseline anew, and why")
    .option("--json [file]", "the whole report as JSON, to a file or in place of the words", reportThatEnds(".json"))
    .option("--junit <file>", "the report as JUnit XML, for a CI server", reportThatEnds(".xml"))
    .option(
      "--html <file>",
      "the report as one page with charts and the story of each failure",
      reportThatEnds(".html"),
    )
    .addHelpText(
      "after",
      `
It needs no database and no server, and mails nobody. What a scenario is: docs/evals.md.
Exit codes: 0 all passed (with --baseline: nothing was lost), 1 something failed (or was lost), 2 a scenario or the
command line was not understood; the other scenarios are played all the same, and the summary says which were not.

Examples:
  $ vouchsafe eval
  $ vouchsafe eval --tag email --html report.html
  $ vouchsafe eval evals/scenarios/approvals.yaml --repeat 3
  $ vouchsafe eval --baseline --junit evals.xml
  $ vouchsafe eval --baseline-write "Two playbooks for renewal are new"`,
    )
    .action((paths: readonly string[], options: EvalOptions) =>
      run(options.json === true, () => playAndTell(paths, options, io)),
    );
  addEvalRecord(evals, io, run);
};

function addFilters(evals: Command): Command {
  const each = (value: string, before: readonly string[]) => [...before, value];
  return evals
    .option("--tag <tag>", "only scenarios with this tag; given several times: with all of them", each, [])
    .option("--group <group>", "only scenarios of this group; given several times: of any of them", each, [])
    .option("--id <id>", "only this scenario; given several times: these", each, []);
}

async function playAndTell(paths: readonly string[], options: EvalOptions, io: CliIo): Promise<ExitCode> {
  const { configDir, playbooksDir } = commandConfig(io);
  const { planner, repeat: repeats, workers = availableParallelism(), baseline, baselineWrite } = options;
  const only = { tags: options.tag, groups: options.group, ids: options.id };
  const isFiltered = Object.values(only).some((wanted) => wanted.length > 0);
  const baselineFile = typeof baseline === "string" ? baseline : usualBaseline;
  let bar: ProgressBar | null = null;
  const { evaluate, evalOutputs } = await import("../compose/evaluate.ts");
  const report = await evaluate({
    configDir,
    playbooksDir,
    planner,
    paths: paths.length > 0 ? paths : [usualPath],
    only,
    isPartial: isFiltered || paths.length > 0,
    repeats,
    workers,
    baselineFile,
    isCompared: baseline !== undefined,
    baselineReason: baselineWrite ?? null,
    onProgress(done, total) {
      bar ??= openBar(io, { total, what: "runs" });
      bar?.update(done, done);
    },
  }).finally(() => bar?.stop());
  if (report === null) {
    const asked = Object.values(only).flat().join(", ");
    io.err(`error: no scenario has all that was asked for: ${asked}.`);
    return 2;
  }
  const { json, junit, html } = options;
  if (json === true) io.out(JSON.stringify(report));
  else for (const line of evalOutputs.words(report, io.isColoured)) io.out(line);
  const write = (file: string, text: string) => {
    writeFileSync(file, text);
    io.err(`${file} is written.`);
  };
  if (typeof json === "string") write(json, `${JSON.stringify(report)}\n`);
  if (junit !== undefined) write(junit, evalOutputs.junit(report));
  if (html !== undefined) write(html, await evalOutputs.page(report));
  if (baselineWrite !== undefined) io.err(`${baselineFile} is written.`);
  return exitCode(report);
}

function exitCode({ unusable, summary: { totals }, comparison }: EvalReport): ExitCode {
  if (unusable.length > 0) return 2;
  // What failed before and was committed as such is no loss.
  return (comparison?.passed ?? totals.failed === 0) ? 0 : 1;
}

/** An option's file may stand right before the paths: no scenario is to be written over. */
function reportThatEnds(ending: string) {
  return fileThatEnds(ending, "Put paths of scenarios first.");
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^[0-9]{1,3}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}.`);
  };
}
