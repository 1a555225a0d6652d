import { type Command, Option } from "commander";
import { z } from "zod";
import { type Decision, decision, decisionStatus } from "../domain/decision.ts";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote, more, pageSize, plain, withQuery } from "./words.ts";

export const addDecisions: AddCommand = (program, io, run) => {
  const decisions = program.command("decisions").description("What was decided, and why.");
  addList(decisions, io, run);
  addShow(decisions, io, run);
  addExplain(decisions, io, run);
};

function addList(decisions: Command, io: CliIo, run: RunAction): void {
  decisions
    .command("list")
    .description("List decisions, newest first.")
    .option("--lead <id>", "only those about the lead")
    .addOption(new Option("--status <status>", "only those").choices(decisionStatus.options))
    .option("--limit <n>", "how many, 1 to 200", pageSize, 50)
    .option("--cursor <cursor>", "where an earlier list ended")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe decisions list --status awaiting-approval`)
    .action(({ json, ...query }: JsonOption & { lead?: string; status?: string; limit: number; cursor?: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: withQuery("/v1/decisions", { ...query }) });
          const { items, nextCursor } = z
            .object({ items: z.array(decision), nextCursor: z.string().nullable() })
            .parse(body);
          const rows = items.map((one) => [one.decisionId, one.status, one.leadId, placedWords(one)]);
          print(io, json, body, [...(rows.length === 0 ? ["None."] : columns(rows)), ...more(nextCursor)]);
          return 0;
        }),
      ),
    );
}

function addShow(decisions: Command, io: CliIo, run: RunAction): void {
  decisions
    .command("show")
    .description("Show a decision: what was placed, what every rule said, who was passed over.")
    .argument("<id>", "the decision's id")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe decisions show dec_…`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: `/v1/decisions/${encodeURIComponent(id)}` });
          print(io, json, body, storyOf(decision.parse(body)));
          return 0;
        }),
      ),
    );
}

function addExplain(decisions: Command, io: CliIo, run: RunAction): void {
  decisions
    .command("explain")
    .description("Say in words what was decided and why.")
    .argument("<id>", "the decision's id")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe decisions explain dec_…`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/decisions/${encodeURIComponent(id)}/explanation`;
          const { body } = await api.send({ method: "GET", path });
          const { summary, placements, others } = explanation.parse(body);
          print(io, json, body, [
            plain(summary),
            ...placements.map(({ assetId, why }) => plain(`  ${assetId}: ${why}`)),
            ...(others.length === 0 ? [] : ["Passed over:"]),
            ...others.map(({ assetId, why }) => plain(`  ${assetId}: ${why}`)),
          ]);
          return 0;
        }),
      ),
    );
}

function placedWords({ placements, reason }: Decision): string {
  const placed = placements.map(({ assetId, touchpoint }) => `${assetId} at ${touchpoint.channel}/${touchpoint.place}`);
  return placed.join("; ") || (reason ?? "");
}

function storyOf(one: Decision): readonly string[] {
  const playbook = one.playbook ? `${one.playbook.id} v${one.playbook.version}` : "no playbook";
  const sure = one.confidence ? `, confidence ${one.confidence.value.toFixed(2)} of ${one.confidence.threshold}` : "";
  return [
    `${one.decisionId}  ${one.status} for ${one.leadId} (${playbook}${sure})`,
    ...(one.reason ? [plain(`  ${one.reason}`)] : []),
    ...one.placements.flatMap(({ assetId, assetVersion, touchpoint, state, findings }) => [
      `  ${assetId} v${assetVersion} at ${touchpoint.channel}/${touchpoint.place}: ${state}`,
      ...findings
        .filter(({ effect }) => effect !== "allow")
        .map(({ rule, effect, reason }) => plain(`    ${effect} ${rule}: ${reason}`)),
    ]),
    ...one.candidates
      .filter(({ rejectedBy }) => rejectedBy.length > 0)
      .map(({ assetId, rejectedBy }) => `  passed over: ${assetId} (${rejectedBy.join(", ")})`),
  ];
}

const told = z.looseObject({ assetId: z.string(), why: z.string() });
const explanation = z.looseObject({ summary: z.string(), placements: z.array(told), others: z.array(told) });
