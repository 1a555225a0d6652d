import { existsSync, writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { stringify } from "yaml";
import { z } from "zod";
import { type Decision, decision } from "../domain/decision.ts";
import { AppError, isAppError } from "../domain/errors.ts";
import { timeOf, when } from "../domain/when.ts";
import type { ApiClient } from "./api-client.ts";
import { type CliIo, print, type RunAction } from "./command.ts";
import { openBar } from "./progress-bar.ts";
import { stratified } from "./stratified.ts";
import { withApi } from "./with-api.ts";
import { withQuery } from "./words.ts";

interface RecordOptions {
  readonly sample?: number;
  readonly since?: number;
  readonly to?: string;
  readonly json?: boolean;
}

/** `eval record`: real decisions as scenarios, with nobody's name in them. */
export function addEvalRecord(evals: Command, io: CliIo, run: RunAction): void {
  evals
    .command("record")
    .description("Turn real decisions into scenarios; who they were about is replaced by stand-ins.")
    .argument("[decision]", "the decision's id")
    .option("--sample <n>", "instead of one: so many, spread over playbooks, results and channels", size)
    .option("--since <when>", "for --sample: decisions since then: 12h, 7d, 4w ago, or a time (RFC 3339)", readWhen)
    .option("--to <file>", "write there, and not over a file that is there: .yaml, or .jsonl with --sample")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
What was said in an event stays out: the themes and objections that were read in it are kept. Where the scenario is not
all that was recorded, it says so. Recordings are kept for VOUCHSAFE_RECORDING_DAYS.

Examples:
  $ vouchsafe eval record dec_… --to evals/scenarios/recorded.yaml
  $ vouchsafe eval record --sample 200 --since 30d --to evals/scenarios/recorded.jsonl`,
    )
    .action((id: string | undefined, options: RecordOptions) =>
      run(options.json === true, async () => {
        if ((id === undefined) === (options.sample === undefined)) {
          throw new AppError("invalid", "Name one decision, or say --sample and how many.");
        }
        if (options.to !== undefined && existsSync(options.to)) {
          throw new AppError("conflict", `${options.to} is there already. Choose another file, or move it away.`);
        }
        return withApi(io, (api) =>
          id === undefined ? recordSample(api, options, io) : recordOne(api, id, options, io),
        );
      }),
    );
}

const told = z.object({ scenario: z.looseObject({ id: z.string() }), gaps: z.array(z.string()) });
type Told = z.output<typeof told>;

async function tell(api: ApiClient, id: string): Promise<Told> {
  const { body } = await api.send({ method: "GET", path: `/v1/decisions/${encodeURIComponent(id)}/scenario` });
  return told.parse(body);
}

async function recordOne(api: ApiClient, id: string, options: RecordOptions, io: CliIo): Promise<0> {
  const found = await tell(api, id);
  const { group, ...scenario } = found.scenario;
  const text = `${commentsOf(found.gaps)}${stringify({ group, scenarios: [scenario] }, { lineWidth: 120 })}`;
  if (options.to === undefined) {
    print(io, options.json, found, text.trimEnd().split("\n"));
    return 0;
  }
  writeFileSync(options.to, text, { flag: "wx" });
  print(io, options.json, { ...found, file: options.to }, [
    `${found.scenario.id} is in ${options.to}. Play it: vouchsafe eval ${options.to}`,
    ...found.gaps.map((gap) => `  ${gap}`),
  ]);
  return 0;
}

function commentsOf(gaps: readonly string[]): string {
  return gaps.map((gap) => `# ${gap}\n`).join("");
}

async function recordSample(api: ApiClient, options: RecordOptions, io: CliIo): Promise<0 | 1> {
  const found = await decisionsSince(api, options.since ?? null);
  const chosen = stratified(found, options.sample ?? 0, strataOf);
  const bar = openBar(io, { total: chosen.length, what: "decisions" });
  const lines: string[] = [];
  const untold: { readonly decisionId: string; readonly message: string }[] = [];
  try {
    for (const { decisionId } of chosen) {
      try {
        lines.push(JSON.stringify((await tell(api, decisionId)).scenario));
      } catch (error) {
        if (!isAppError(error) || (error.code !== "gone" && error.code !== "not-found")) throw error;
        untold.push({ decisionId, message: error.message });
      }
      bar?.update(lines.length + untold.length, lines.length);
    }
  } finally {
    bar?.stop();
  }
  const text = lines.map((line) => `${line}\n`).join("");
  const strata = new Set(chosen.map(strataOf)).size;
  const result = { scenarios: lines.length, of: found.length, strata, untold };
  if (options.to === undefined) {
    for (const line of lines) io.out(line);
  } else {
    writeFileSync(options.to, text, { flag: "wx" });
    print(io, options.json, { ...result, file: options.to }, [
      `${lines.length} of ${found.length} decisions, ${strata} kinds of them, are in ${options.to}.`,
    ]);
  }
  for (const { decisionId, message } of untold) io.err(`${decisionId} is left out. ${message}`);
  return lines.length === 0 ? 1 : 0;
}

/** Decisions are one kind where playbook, result and channel are the same. */
function strataOf({ playbook, status, placements }: Decision): string {
  return [playbook?.id ?? "none", status, placements[0]?.touchpoint.channel ?? "none"].join(" ");
}

const page = z.object({ items: z.array(decision), nextCursor: z.string().nullable() });

/** Newest first, those that came to rest. */
async function decisionsSince(api: ApiClient, since: number | null): Promise<readonly Decision[]> {
  const found: Decision[] = [];
  for (let cursor: string | null = null; ; ) {
    const query: Record<string, string | number> = { limit: 200, ...(cursor === null ? {} : { cursor }) };
    const { items, nextCursor } = page.parse(
      (await api.send({ method: "GET", path: withQuery("/v1/decisions", query) })).body,
    );
    const young = since === null ? items : items.filter(({ createdAt }) => Date.parse(createdAt) >= since);
    found.push(...young.filter(({ status }) => status !== "received" && status !== "running"));
    if (nextCursor === null || young.length < items.length) return found;
    cursor = nextCursor;
  }
}

function readWhen(text: string): number {
  const said = when.safeParse(text);
  if (!said.success) throw new InvalidArgumentError("a time (RFC 3339), or how long ago: 30m, 12h, 7d, 4w.");
  return timeOf(said.data, Date.now());
}

function size(text: string): number {
  const count = Number(text);
  if (!/^[0-9]+$/.test(text) || count < 1 || count > 10_000) throw new InvalidArgumentError("a number from 1 to 10000");
  return count;
}
