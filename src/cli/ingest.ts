import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Option } from "commander";
import { z } from "zod";
import { databaseTarget, type ImportReport, importRecords, type RecordTarget } from "../compose/import-records.ts";
import { type ImporterName, importerNames, importers } from "../compose/importers.ts";
import { AppError } from "../domain/errors.ts";
import type { ApiClient } from "./api-client.ts";
import { type AddCommand, type CliIo, type JsonOption, print } from "./command.ts";
import { openBar } from "./progress-bar.ts";
import { commandConfig } from "./settings.ts";
import { chooseTarget, withDatabase } from "./target.ts";

type IngestOptions = JsonOption & { readonly from: ImporterName; readonly relativeTimes?: boolean };

export const addIngest: AddCommand = (program, io, run) => {
  program
    .command("ingest")
    .description(
      "Read in assets, leads, accounts and opportunities. A line that is refused is named and does not stop the others.",
    )
    .argument("<file>", "the file, or - for standard input")
    .addOption(new Option("--from <importer>", "the file's format").choices(importerNames).default("canonical"))
    .option("--relative-times", 'understand {"$daysAgo": n} and {"$daysAhead": n}, as the sample has them')
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
canonical: JSON Lines in UTF-8, one record a line: an asset (with assetId), a lead (leadId), an opportunity
(opportunityId) or an account (accountId alone), as /schemas/asset.v1.json and so on describe them; accounts first, then
opportunities, then leads. Exit code 1 when a line was refused.

Examples:
  $ vouchsafe ingest assets.jsonl
  $ vouchsafe ingest --relative-times data/sample/assets.jsonl
  $ generate-leads | vouchsafe ingest - --json`,
    )
    .action((file: string, options: IngestOptions) =>
      run(options.json === true, async () => {
        const config = commandConfig(io);
        const name = file === "-" ? "standard input" : basename(file);
        const { source, sizeBytes } = file === "-" ? { source: io.stdin, sizeBytes: null } : await openFile(file);
        const progress = makeProgress(io, sizeBytes);
        const into = async (target: RecordTarget, atOnce: number) => {
          const lines = importers[options.from](progress.watch(source), {
            file: name,
            ...(options.relativeTimes && { relativeTo: Date.now() }),
          });
          return importRecords(lines, target, { file: name, atOnce, onProgress: progress.told });
        };
        const chosen = chooseTarget(config);
        const work = () =>
          chosen.kind === "server"
            ? into(serverTarget(chosen.api), 8)
            : withDatabase(config, (vouchsafe) => into(databaseTarget(vouchsafe), 64));
        const report = await work().finally(progress.stop);
        print(io, options.json, report, inWords(report));
        return report.refused.length > 0 ? 1 : 0;
      }),
    );
};

function serverTarget(api: ApiClient): RecordTarget {
  const put = async (path: string, record: unknown) => {
    const { body } = await api.send({ method: "PUT", path, body: record });
    return putAnswer.parse(body).result;
  };
  return {
    async putAsset(asset) {
      const { body } = await api.send({ method: "POST", path: "/v1/assets", body: asset });
      return assetAnswer.parse(body).result;
    },
    putLead: (lead) => put(`/v1/leads/${lead.leadId}`, lead),
    putAccount: (account) => put(`/v1/accounts/${account.accountId}`, account),
    putOpportunity: (opportunity) => put(`/v1/opportunities/${opportunity.opportunityId}`, opportunity),
  };
}

const assetAnswer = z.object({ result: z.enum(["created", "versioned", "unchanged"]) });
const putAnswer = z.object({ result: z.enum(["created", "replaced"]) });

async function openFile(file: string) {
  try {
    const { size } = await stat(file);
    await access(file, constants.R_OK);
    return { source: createReadStream(file), sizeBytes: size };
  } catch (cause) {
    throw new AppError("not-found", `${file} cannot be read.`, { cause });
  }
}

/** A bar by what is read of the file where a person looks on; else a line now and then, to show that it goes on. */
function makeProgress(io: CliIo, sizeBytes: number | null) {
  const bar = sizeBytes === null ? null : openBar(io, { total: sizeBytes, what: "records" });
  let readBytes = 0;
  let told = 0;
  return {
    async *watch(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        readBytes += chunk.byteLength;
        yield chunk;
      }
    },
    told(done: number): void {
      bar?.update(readBytes, done);
      if (bar !== null || done - told < 5000) return;
      told = done;
      io.err(`${done} records …`);
    },
    stop: () => bar?.stop(),
  };
}

function inWords({ assets, refused, ...others }: ImportReport): readonly string[] {
  const named = { leads: "Leads", accounts: "Accounts", opportunities: "Opportunities" } as const;
  const puts = (["leads", "accounts", "opportunities"] as const).flatMap((kind) => {
    const { created, replaced } = others[kind];
    return kind === "leads" || created + replaced > 0
      ? [`${named[kind]}: ${created} created, ${replaced} replaced.`]
      : [];
  });
  return [
    `Assets: ${assets.created} created, ${assets.versioned} with a new version, ${assets.unchanged} unchanged.`,
    ...puts,
    ...(refused.length > 0 ? [`Refused: ${refused.length}.`] : []),
    ...refused.map(({ message }) => `  ${message}`),
  ];
}
