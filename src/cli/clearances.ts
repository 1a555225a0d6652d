import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import type { Vouchsafe } from "../compose.ts";
import { type ClearanceDetail, clearance, clearanceDetail, clearanceState } from "../domain/clearance.ts";
import { recallItem } from "../domain/publication.ts";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote, more, pageSize, plain, withQuery } from "./words.ts";

export const addClearances: AddCommand = (program, io, run) => {
  const clearances = program
    .command("clearances")
    .description("Questions about asset versions, answered once for every lead.");
  addList(clearances, io, run);
  addShow(clearances, io, run);
  addAnswer(clearances, io, run, "clear", "Let the version be shown, to every lead, until the answer ends.");
  addAnswer(clearances, io, run, "refuse", "Let the version not be shown, and take back what is live of it.");
  addAnswer(clearances, io, run, "reopen", "Take an answer back, so that it is asked again.");
};

function addList(clearances: Command, io: CliIo, run: RunAction): void {
  clearances
    .command("list")
    .description("List the questions, oldest first.")
    .addOption(
      new Option("--state <state>", "only those; all of them with all")
        .choices([...clearanceState.options, "all"])
        .default("open"),
    )
    .option("--asset <id>", "only those about this asset")
    .option("--limit <n>", "how many, 1 to 200", pageSize, 50)
    .option("--cursor <cursor>", "where an earlier list ended")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe clearances list`)
    .action(
      ({
        json,
        state,
        asset,
        ...query
      }: JsonOption & { state: string; asset?: string; limit: number; cursor?: string }) =>
        run(json === true, () =>
          withApi(io, async (api) => {
            const filter = { ...query, state: state === "all" ? undefined : state, assetId: asset };
            const { body } = await api.send({ method: "GET", path: withQuery("/v1/clearances", filter) });
            const page = z.object({ items: z.array(clearance), nextCursor: z.string().nullable() });
            const { items, nextCursor } = page.parse(body);
            const rows = items.map((one) => [
              one.clearanceId,
              one.state,
              `${one.assetId} v${one.assetVersion}`,
              one.rule,
              one.waiting === 0 ? "" : `${one.waiting} waiting`,
            ]);
            print(io, json, body, [...(rows.length === 0 ? ["None."] : columns(rows)), ...more(nextCursor)]);
            return 0;
          }),
        ),
    );
}

function addShow(clearances: Command, io: CliIo, run: RunAction): void {
  clearances
    .command("show")
    .description("Show a question: what is asked of which version, and what was answered before.")
    .argument("<id>", "the clearance's id")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe clearances show clr_…`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: `/v1/clearances/${encodeURIComponent(id)}` });
          print(io, json, body, questionWords(clearanceDetail.parse(body)));
          return 0;
        }),
      ),
    );
}

interface AnswerOptions extends JsonOption {
  readonly days?: number;
  readonly note?: string;
}

function addAnswer(
  clearances: Command,
  io: CliIo,
  run: RunAction,
  verdict: "clear" | "refuse" | "reopen",
  description: string,
): void {
  const command = clearances.command(verdict).description(description).argument("<id>", "the clearance's id");
  if (verdict !== "reopen")
    command.option("--days <n>", "how long the answer stands; else as the profile says", toDays);
  command
    .option("--note <words>", "kept with the answer")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
Where a server runs, it takes the decisions that waited on from here; else that is done before this ends.

Example:
  $ vouchsafe clearances ${verdict} clr_…`,
    )
    .action((id: string, { json, ...given }: AnswerOptions) =>
      run(json === true, () =>
        withApi(io, async (api, here) => {
          const path = `/v1/clearances/${encodeURIComponent(id)}`;
          const answered = answer.parse((await api.send({ method: "POST", path, body: { verdict, ...given } })).body);
          if (here) await goOn(here);
          const { clearanceId, state, expiresAt } = answered.clearance;
          const until = expiresAt === null ? "" : `, until ${expiresAt}`;
          const taken = answered.receipt.map(({ kind, id: what, result }) => `  ${kind} ${what}: ${result}`);
          print(io, json, answered, [`${clearanceId} is ${state}${until}.`, ...taken]);
          return 0;
        }),
      ),
    );
}

const answer = z.object({ clearance: clearanceDetail, receipt: z.array(recallItem) });

/** As the API takes them; it says what is wrong with others. */
function toDays(given: string): number {
  const days = Number(given);
  if (!Number.isInteger(days) || days < 1) throw new InvalidArgumentError("a whole number of days, from 1.");
  return days;
}

const goOnMs = 10_000;

/** Without a server nobody else would take on what was held. */
async function goOn(here: Vouchsafe): Promise<void> {
  const until = performance.now() + goOnMs;
  here.start();
  for (;;) {
    const { ready, leased } = await here.inbox.depth(here.store.read);
    if (ready + leased === 0 || performance.now() > until) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await here.drain(goOnMs);
}

function questionWords(one: ClearanceDetail): readonly string[] {
  return [
    `${one.clearanceId}  ${one.state}${one.expiresAt === null ? "" : `, until ${one.expiresAt}`}`,
    plain(`  ${one.assetId} v${one.assetVersion}: ${one.title ?? "no longer there"}`),
    ...(one.quote === null ? [] : [plain(`  quote: “${one.quote}”`)]),
    plain(`  asked: ${one.rule}: ${one.reason}`),
    ...Object.entries(one.evidence).map(([name, value]) => plain(`    ${name}: ${JSON.stringify(value)}`)),
    ...(one.waiting === 0 ? [] : [`  ${one.waiting} decisions wait for the answer`]),
    ...one.history.map(({ at, change, by, note }) =>
      plain(`  ${at} ${change} by ${by}${note === null ? "" : `: ${note}`}`),
    ),
  ];
}
