import { InvalidArgumentError } from "commander";
import { z } from "zod";
import { loadSample } from "../compose/load-sample.ts";
import type { Vouchsafe } from "../compose.ts";
import { closedStatuses, type Decision, decision } from "../domain/decision.ts";
import { type FieldError, isAppError } from "../domain/errors.ts";
import { type DecisionId, decisionId } from "../domain/ids.ts";
import type { ApiClient } from "./api-client.ts";
import { type AddCommand, type CliIo, type JsonOption, print } from "./command.ts";
import { openBar } from "./progress-bar.ts";
import { type FoundEvent, readEvents } from "./read-events.ts";
import { commandConfig } from "./settings.ts";
import { chooseTarget, withDatabase } from "./target.ts";

/** What became of one event; `decision` is null while it is still being decided. */
type Emitted =
  | {
      readonly where: string;
      readonly outcome: "accepted";
      readonly decisionId: DecisionId;
      readonly decision: Decision | null;
    }
  | {
      readonly where: string;
      readonly outcome: "refused";
      readonly code: string;
      readonly message: string;
      readonly fields: readonly FieldError[];
    };

type EmitOptions = JsonOption & { readonly wait: number };

export const addEmit: AddCommand = (program, io, run) => {
  program
    .command("emit")
    .description("Hand in CloudEvents and show the decisions that follow.")
    .argument("<file>", "one event, a JSON array of events, or one a line; - for standard input")
    .option("--wait <seconds>", "how long to wait for each decision, 0 to 30", seconds, 10)
    .option("--json", "answer as JSON, one line an event")
    .addHelpText(
      "after",
      `
Where a server runs, the events go to it. Else the database is opened and the decisions are made here. Exit code 1 when
an event was refused or its decision failed.

Examples:
  $ vouchsafe emit data/sample/events.jsonl
  $ echo '{"specversion":"1.0","id":"1","source":"/me","type":"lead.inactive.v1","subject":"L-3005","data":{"days":40}}' | vouchsafe emit -`,
    )
    .action((file: string, options: EmitOptions) =>
      run(options.json === true, async () => {
        const config = commandConfig(io);
        const events = await readEvents(file, io);
        const chosen = chooseTarget(config);
        const bar = events.length < fewEvents ? null : openBar(io, { total: events.length, what: "events" });
        const how = { wait: options.wait, onProgress: (done: number) => bar?.update(done, done) };
        const work = () =>
          chosen.kind === "server"
            ? emitToServer(chosen.api, events, how)
            : withDatabase(config, (vouchsafe) => emitHere(vouchsafe, events, how));
        const emitted = await work().finally(() => bar?.stop());
        for (const one of emitted) tell(one, options.json, io);
        const bad = (one: Emitted) => one.outcome === "refused" || one.decision?.status === "failed";
        return emitted.some(bad) ? 1 : 0;
      }),
    );
};

/** So many are done before anybody wonders. */
const fewEvents = 10;

interface How {
  /** Seconds. */
  readonly wait: number;
  onProgress(done: number): void;
}

async function emitToServer(
  api: ApiClient,
  events: readonly FoundEvent[],
  { wait, onProgress }: How,
): Promise<Emitted[]> {
  const emitted: Emitted[] = [];
  for (const { where, envelope } of events) {
    const headers = { "Content-Type": "application/cloudevents+json", ...(wait > 0 && { Prefer: `wait=${wait}` }) };
    const call = {
      method: "POST",
      path: "/v1/events",
      body: envelope,
      headers,
      timeoutMs: (wait + 30) * 1000,
    } as const;
    emitted.push(
      await orRefused(where, async () => {
        const { body } = await api.send(call);
        const rested = decision.safeParse(body);
        const id = rested.success ? rested.data.decisionId : z.object({ decisionId }).parse(body).decisionId;
        return { where, outcome: "accepted", decisionId: id, decision: rested.success ? rested.data : null };
      }),
    );
    onProgress(emitted.length);
  }
  return emitted;
}

/** All are accepted in their order, then waited for; what takes longer than the wait goes on at the next start. */
async function emitHere(
  vouchsafe: Vouchsafe,
  events: readonly FoundEvent[],
  { wait, onProgress }: How,
): Promise<Emitted[]> {
  const { intake, decisions, signals, store } = vouchsafe;
  if (await loadSample(vouchsafe)) await vouchsafe.search.refresh();
  vouchsafe.start();
  const emitted: Emitted[] = [];
  for (const { where, envelope } of events) {
    emitted.push(
      await orRefused(where, async () => {
        const taken = await intake.accept(envelope);
        if (taken.outcome === "refused") return { where, ...taken };
        const id = taken.decisionId;
        const word = signals.wait(id, wait * 1000);
        // A recall is carried out as it is accepted, and no word of it comes.
        const status = (await decisions.get(store.read, id))?.status;
        if (taken.outcome === "accepted" && !closedStatuses.some((one) => one === status)) await word;
        return { where, outcome: "accepted", decisionId: id, decision: await decisions.get(store.read, id) };
      }),
    );
    onProgress(emitted.length);
  }
  await vouchsafe.drain(wait * 1000);
  await vouchsafe.sequencer.run();
  return emitted;
}

async function orRefused(where: string, emit: () => Promise<Emitted>): Promise<Emitted> {
  try {
    return await emit();
  } catch (error) {
    if (!isAppError(error) || !refusals.has(error.code)) throw error;
    return { where, outcome: "refused", code: error.code, message: error.message, fields: error.fields };
  }
}

const refusals: ReadonlySet<string> = new Set([
  "malformed",
  "invalid",
  "conflict",
  "too-large",
  "not-found",
  "overloaded",
]);

function tell(one: Emitted, json: boolean | undefined, io: CliIo): void {
  if (one.outcome === "refused") {
    const fields = one.fields.map(({ pointer, message }) => `  ${pointer || "/"}: ${message}`);
    print(io, json, one, [`${one.where}: refused. ${one.message}`, ...fields]);
    return;
  }
  const { decision: made } = one;
  if (made === null) {
    print(io, json, one, [`${one.where}: ${one.decisionId} accepted; not decided yet.`]);
    return;
  }
  const placed = made.placements.map(
    ({ assetId, assetVersion, touchpoint, state }) =>
      `  ${assetId} v${assetVersion} at ${touchpoint.channel}/${touchpoint.place}: ${state}`,
  );
  const sure = made.confidence ? `, confidence ${made.confidence.value.toFixed(2)}` : "";
  const why = made.reason ? `: ${made.reason}` : "";
  print(io, json, one, [`${one.where}: ${one.decisionId} ${made.status} for ${made.leadId}${sure}${why}`, ...placed]);
}

function seconds(text: string): number {
  if (!/^[0-9]+$/.test(text) || Number(text) > 30)
    throw new InvalidArgumentError("a whole number of seconds from 0 to 30.");
  return Number(text);
}
