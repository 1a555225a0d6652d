import type { Command } from "commander";
import { z } from "zod";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote, more, pageSize, plain, withQuery } from "./words.ts";

export const addLeads: AddCommand = (program, io, run) => {
  const leads = program.command("leads").description("Who is nurtured, and what they have said yes and no to.");
  addList(leads, io, run);
  addShow(leads, io, run);
  addConsents(leads, io, run);
};

function addList(leads: Command, io: CliIo, run: RunAction): void {
  leads
    .command("list")
    .description("List leads, by id.")
    .option("--account <id>", "only those of the account")
    .option("--limit <n>", "how many, 1 to 200", pageSize, 50)
    .option("--cursor <cursor>", "where an earlier list ended")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe leads list --account A-77`)
    .action(({ json, ...query }: JsonOption & { account?: string; limit: number; cursor?: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: withQuery("/v1/leads", { ...query }) });
          const { items, nextCursor } = z
            .object({ items: z.array(lead), nextCursor: z.string().nullable() })
            .parse(body);
          const rows = items.map(({ leadId, facts }) => [
            leadId,
            facts.country,
            facts.stage,
            facts.persona ?? "",
            facts.company?.name ?? "",
          ]);
          print(io, json, body, [...(rows.length === 0 ? ["None."] : columns(rows)), ...more(nextCursor)]);
          return 0;
        }),
      ),
    );
}

function addShow(leads: Command, io: CliIo, run: RunAction): void {
  leads
    .command("show")
    .description("Show what is known of a lead.")
    .argument("<id>", "the lead's id")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe leads show L-1042`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: `/v1/leads/${encodeURIComponent(id)}` });
          const { leadId, facts, identity } = lead.parse(body);
          const { company, opportunity, ...plainly } = facts;
          const who = [identity?.name, identity?.email, identity?.phone].filter((one) => one !== undefined);
          print(io, json, body, [
            `${leadId}${who.length === 0 ? "" : `  ${plain(who.join(", "))}`}`,
            ...(company ? [`  company: ${plain(company.name)}`] : []),
            ...(opportunity ? [`  opportunity: ${plain(opportunity.id)}, ${opportunity.stage}`] : []),
            ...Object.entries(plainly).map(([name, value]) => plain(`  ${name}: ${wordsOf(value)}`)),
          ]);
          return 0;
        }),
      ),
    );
}

function addConsents(leads: Command, io: CliIo, run: RunAction): void {
  leads
    .command("consents")
    .description("Show a lead's consents: how they stand, and what was recorded, newest first.")
    .argument("<id>", "the lead's id")
    .option("--limit <n>", "how many records, 1 to 200", pageSize, 50)
    .option("--cursor <cursor>", "where an earlier list ended")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe leads consents L-1042`)
    .action((id: string, { json, ...query }: JsonOption & { limit: number; cursor?: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = withQuery(`/v1/leads/${encodeURIComponent(id)}/consents`, query);
          const { body } = await api.send({ method: "GET", path });
          const { standing, suppressions, items, nextCursor } = consents.parse(body);
          print(io, json, body, [
            "Now:",
            ...(standing.length === 0 ? ["  nothing is recorded"] : []),
            ...columns(standing.map((one) => [`  ${one.channel}`, one.purpose, one.standing])),
            ...suppressions.map(({ scope, reason }) => plain(`  stopped: ${scope} (${reason})`)),
            ...(items.length === 0 ? [] : ["Recorded, newest first:"]),
            ...items.map(({ record, recordedBy }) =>
              plain(
                `  ${record.at}  ${record.channel} ${record.purpose} ${record.status} (${record.basis}), ` +
                  `evidence ${record.evidence ?? "none"}, by ${recordedBy ?? "unknown"}`,
              ),
            ),
            ...more(nextCursor),
          ]);
          return 0;
        }),
      ),
    );
}

const lead = z.looseObject({
  leadId: z.string(),
  facts: z.looseObject({
    country: z.string(),
    stage: z.string(),
    persona: z.string().optional(),
    company: z.looseObject({ name: z.string() }).optional(),
    opportunity: z.looseObject({ id: z.string(), stage: z.string() }).optional(),
  }),
  identity: z
    .object({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() })
    .nullable(),
});
const consents = z.looseObject({
  items: z.array(
    z.looseObject({
      record: z.looseObject({
        at: z.string(),
        channel: z.string(),
        purpose: z.string(),
        status: z.string(),
        basis: z.string(),
        evidence: z.string().optional(),
      }),
      recordedBy: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  standing: z.array(z.looseObject({ channel: z.string(), purpose: z.string(), standing: z.string() })),
  suppressions: z.array(z.looseObject({ scope: z.string(), reason: z.string() })),
});

function wordsOf(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") || "none" : String(value);
}
