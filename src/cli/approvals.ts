import { type Command, Option } from "commander";
import { z } from "zod";
import type { Vouchsafe } from "../compose.ts";
import { type Approval, approval, approvalStatus } from "../domain/approval.ts";
import type { Decision } from "../domain/decision.ts";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote, more, pageSize, plain, withQuery } from "./words.ts";

export const addApprovals: AddCommand = (program, io, run) => {
  const approvals = program.command("approvals").description("What waits for a person.");
  addList(approvals, io, run);
  addShow(approvals, io, run);
  addAnswer(approvals, io, run, "approve", "Let it be published, once it has been judged again.");
  addAnswer(approvals, io, run, "reject", "Let it not be published.");
};

function addList(approvals: Command, io: CliIo, run: RunAction): void {
  approvals
    .command("list")
    .description("List the questions, oldest first.")
    .addOption(
      new Option("--status <status>", "only those; all of them with all")
        .choices([...approvalStatus.options, "all"])
        .default("waiting"),
    )
    .option("--limit <n>", "how many, 1 to 200", pageSize, 50)
    .option("--cursor <cursor>", "where an earlier list ended")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe approvals list`)
    .action(({ json, status, ...query }: JsonOption & { status: string; limit: number; cursor?: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = withQuery("/v1/approvals", { ...query, status: status === "all" ? undefined : status });
          const { body } = await api.send({ method: "GET", path });
          const { items, nextCursor } = z
            .object({ items: z.array(approval), nextCursor: z.string().nullable() })
            .parse(body);
          const rows = items.map((one) => [
            one.approvalId,
            one.status,
            one.leadId,
            `${one.assetId} v${one.assetVersion} at ${one.touchpoint.channel}/${one.touchpoint.place}`,
          ]);
          print(io, json, body, [...(rows.length === 0 ? ["None."] : columns(rows)), ...more(nextCursor)]);
          return 0;
        }),
      ),
    );
}

function addShow(approvals: Command, io: CliIo, run: RunAction): void {
  approvals
    .command("show")
    .description("Show a question: what would be shown, what is asked, and the hash to answer with.")
    .argument("<id>", "the approval's id")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe approvals show apr_…`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: `/v1/approvals/${encodeURIComponent(id)}` });
          print(io, json, body, questionWords(approval.parse(body)));
          return 0;
        }),
      ),
    );
}

interface AnswerOptions extends JsonOption {
  readonly hash: string;
  readonly note?: string;
}

function addAnswer(
  approvals: Command,
  io: CliIo,
  run: RunAction,
  verdict: "approve" | "reject",
  description: string,
): void {
  approvals
    .command(verdict)
    .description(description)
    .argument("<id>", "the approval's id")
    .requiredOption("--hash <sha256:…>", "the content hash that `approvals show` gave: what you have seen")
    .option("--note <words>", "kept sealed with the answer")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
Where a server runs, it takes the decision on from here; else that is done before this ends.

Example:
  $ vouchsafe approvals ${verdict} apr_… --hash sha256:…`,
    )
    .action((id: string, { json, hash, note }: AnswerOptions) =>
      run(json === true, () =>
        withApi(io, async (api, here) => {
          const path = `/v1/approvals/${encodeURIComponent(id)}`;
          const body = { verdict, contentHash: hash, ...(note !== undefined && { note }) };
          const answered = approval.parse((await api.send({ method: "POST", path, body })).body);
          const decision = here && (await goOn(here, answered));
          const words = decision ? ` The decision is ${decision.status}.` : "";
          print(io, json, { ...answered, decision: decision?.status ?? null }, [
            `${answered.approvalId} is ${answered.status}.${words}`,
          ]);
          return 0;
        }),
      ),
    );
}

const goOnMs = 10_000;

/** Without a server nobody else would take the decision on. */
async function goOn(here: Vouchsafe, { decisionId }: Approval): Promise<Decision | null> {
  const word = here.signals.wait(decisionId, goOnMs);
  here.start();
  await word;
  await here.drain(goOnMs);
  return here.decisions.get(here.store.read, decisionId);
}

function questionWords(one: Approval): readonly string[] {
  return [
    `${one.approvalId}  ${one.status}, until ${one.expiresAt}`,
    `  ${one.assetId} v${one.assetVersion} for ${one.leadId} at ${one.touchpoint.channel}/${one.touchpoint.place}`,
    plain(`  framing: ${one.content.framing}`),
    ...(one.quote === null ? [] : [plain(`  quote: “${one.quote}”`)]),
    ...one.content.disclosures.map(({ text }) => plain(`  disclosure: ${text}`)),
    ...one.findings.map(({ rule, reason }) => plain(`  asked: ${rule}: ${reason}`)),
    `  hash: ${one.contentHash}`,
  ];
}
