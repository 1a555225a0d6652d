import { Command, CommanderError } from "commander";
import { isAppError } from "../domain/errors.ts";
import { version } from "../version.ts";
import { addApprovals } from "./approvals.ts";
import { addAssets } from "./assets.ts";
import { addAudit } from "./audit.ts";
import { addClearances } from "./clearances.ts";
import type { AddCommand, CliIo, ExitCode } from "./command.ts";
import { addDecisions } from "./decisions.ts";
import { addDoctor } from "./doctor.ts";
import { addEmit } from "./emit.ts";
import { addEval } from "./eval.ts";
import { addIngest } from "./ingest.ts";
import { addKeys } from "./keys.ts";
import { addLeads } from "./leads.ts";
import { addMigrate } from "./migrate.ts";
import { addPolicies } from "./policies.ts";
import { addReplay } from "./replay.ts";
import { addServe } from "./serve.ts";

const commands: readonly AddCommand[] = [
  addServe,
  addEmit,
  addIngest,
  addAssets,
  addLeads,
  addDecisions,
  addReplay,
  addApprovals,
  addClearances,
  addEval,
  addPolicies,
  addMigrate,
  addAudit,
  addKeys,
  addDoctor,
];

/** Runs one command line (without node and script) to its exit code; writes through `io` alone and never throws. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command("vouchsafe")
    .description("Shows the right social proof to the right lead at the right moment, and never one it may not show.")
    .version(version)
    .addHelpText("after", help)
    // An option is said to the command that it follows.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) });
  const run = async (json: boolean, work: () => Promise<ExitCode>) => {
    try {
      code = await work();
    } catch (error) {
      code = 1;
      reportError(error, json, io);
    }
  };
  for (const add of commands) add(program, io, run);
  if (argv.length === 0) {
    program.outputHelp();
    return 2;
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    reportError(error, false, io);
    return 1;
  }
  return code;
}

/** Our own errors in their words; of any other only its kind, since its words may quote data. */
function reportError(error: unknown, json: boolean, io: CliIo): void {
  const described = isAppError(error)
    ? { code: error.code, message: error.message, fields: error.fields }
    : { code: "unexpected", message: unexpected(error), fields: [] };
  if (json) io.err(JSON.stringify({ error: described }));
  else {
    io.err(`error: ${described.message}`);
    for (const { pointer, message } of described.fields) io.err(`  ${pointer || "/"}: ${message}`);
  }
  if (io.env.LOG_LEVEL === "debug" && error instanceof Error && error.stack) io.err(error.stack);
}

function unexpected(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `Something unexpected went wrong (${kind}${code}). Run \`vouchsafe doctor\`; with LOG_LEVEL=debug it is told where.`;
}

const help = `
Examples:
  $ vouchsafe serve                                     start the service on http://127.0.0.1:8787
  $ vouchsafe emit data/sample/events.jsonl             decide what the sample's events call for
  $ vouchsafe ingest assets.jsonl                       read in assets and leads
  $ vouchsafe assets list --status active               what proof there is
  $ vouchsafe approvals list                            what waits for a person
  $ vouchsafe replay --since 7d                         whether recorded decisions come out the same
  $ vouchsafe eval --html report.html                   play the scenarios, and see what came as expected
  $ vouchsafe policies test                             whether each rule says what it should
  $ vouchsafe doctor                                    what is configured, what is missing, what to do

Commands work on the data folder (VOUCHSAFE_DATA_DIR, ./var unless set). Where a server runs on it, and where
VOUCHSAFE_URL names one, they go through its API with the key in VOUCHSAFE_API_KEY. All settings: .env.example.

Exit codes: 0 done, 1 failed or something wrong was found, 2 the command line was not understood.`;
