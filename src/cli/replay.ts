import { writeFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { z } from "zod";
import type { FieldError } from "../domain/errors.ts";
import { replayReport } from "../domain/replay-report.ts";
import { whatIfReport } from "../domain/what-if-report.ts";
import { timeOf } from "../domain/when.ts";
import { type AddCommand, type CliIo, type ExitCode, type JsonOption, print } from "./command.ts";
import { fileThatEnds } from "./file-that-ends.ts";
import { orInvalid } from "./or-invalid.ts";
import { openBar } from "./progress-bar.ts";
import { replayWords, whatIfWords } from "./replay-words.ts";
import { withApi } from "./with-api.ts";
import { readWith } from "./with-settings.ts";
import { directNote } from "./words.ts";

type ReplayOptions = JsonOption & {
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
  readonly with?: readonly string[];
  readonly report?: string;
  readonly html?: string;
};

export const addReplay: AddCommand = (program, io, run) => {
  program
    .command("replay")
    .description("Run recorded decisions again: as they were, or under other settings. Nothing is published or sent.")
    .argument("[decision]", "one decision's id; else the newest recorded ones")
    .option("--since <when>", "from then on: 30m, 12h, 7d, 4w ago, or a time (RFC 3339)")
    .option("--until <when>", "up to then")
    .option("--limit <n>", "how many at most, 1 to 1000", upToThousand, 200)
    .option("--with <settings>", "what to try: playbook=, policy=, threshold=, profile=, brand=, model=", collected)
    .option("--report <file>", "write the whole report to a file, as JSON")
    .option("--html <file>", "the report as one page to read and to send around", fileThatEnds(".html"))
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
Without --with: the same versions decide the same; any difference is shown with its cause, and the exit code is then 1.
With it: what would have been decided, how that differs, and what can be said of the outcomes. Settings that are not
usable are named by file, line and field, with exit code 2. ${directNote}

Examples:
  $ vouchsafe replay dec_…
  $ vouchsafe replay --since 7d
  $ vouchsafe replay --since 7d --with playbook=drafts/pricing.yaml,threshold=0.8
  $ vouchsafe replay --since 30d --with policy=drafts/policies --report what-if.json --html what-if.html`,
    )
    .action((decision: string | undefined, options: ReplayOptions) =>
      run(options.json === true, () => orInvalid(io, options, pointed, () => replay(decision, options, io))),
    );
};

async function replay(decision: string | undefined, options: ReplayOptions, io: CliIo): Promise<ExitCode> {
  const change = options.with && readWith(options.with);
  return withApi(io, async (api, here) => {
    const bar = here && decision === undefined ? openBar(io, { total: options.limit, what: "decisions" }) : null;
    const stop = here?.replays.watch((done, total) => bar?.update((done / total) * options.limit, done));
    const { since, until, limit } = options;
    const asked = decision === undefined ? { since, until, limit } : {};
    const path = decision === undefined ? "/v1/replays" : `/v1/decisions/${encodeURIComponent(decision)}/replay`;
    const body = { ...asked, ...(change && { with: change }) };
    const call = { method: "POST", path, body, timeoutMs: 60_000 + limit * 1000 } as const;
    const answer = await api.send(call).finally(() => {
      stop?.();
      bar?.stop();
    });
    const report = z.discriminatedUnion("kind", [replayReport, whatIfReport]).parse(answer.body);
    if (options.report) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
    if (options.html !== undefined) {
      const { replayOutputs } = await import("../compose/replay-outputs.ts");
      const from = (text?: string) => (text === undefined ? null : timeOf(text, Date.parse(report.at)));
      const scope = { decision: decision ?? null, since: from(asked.since), until: from(asked.until) };
      writeFileSync(options.html, await replayOutputs.page(report, scope));
      io.err(`${options.html} is written.`);
    }
    switch (report.kind) {
      case "what-if":
        print(io, options.json, report, whatIfWords(report));
        return 0;
      case "replay":
        print(io, options.json, report, replayWords(report));
        return report.counts.different > 0 || (decision !== undefined && report.counts.notReplayed > 0) ? 1 : 0;
    }
  });
}

function pointed({ pointer, message }: FieldError): string {
  return `${pointer || "/"}: ${message}`;
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function upToThousand(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text) || Number(text) > 1000)
    throw new InvalidArgumentError("a number from 1 to 1000.");
  return Number(text);
}
