import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { assetStatus } from "../domain/asset.ts";
import { recallItem } from "../domain/publication.ts";
import { assetKind } from "../domain/vocabulary.ts";
import { type AddCommand, type CliIo, type JsonOption, print, type RunAction } from "./command.ts";
import { withApi } from "./with-api.ts";
import { columns, directNote, more, pageSize, plain, receiptWords, withQuery } from "./words.ts";

interface ListOptions extends JsonOption {
  readonly status?: string;
  readonly kind?: string;
  readonly language?: string;
  readonly theme?: string;
  readonly q?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export const addAssets: AddCommand = (program, io, run) => {
  const assets = program.command("assets").description("The catalogue of proof.");
  addList(assets, io, run);
  addShow(assets, io, run);
  addStatus(assets, io, run);
  addRollback(assets, io, run);
  addRevoke(assets, io, run);
};

function addList(assets: Command, io: CliIo, run: RunAction): void {
  assets
    .command("list")
    .description("List assets, by id.")
    .addOption(new Option("--status <status>", "only those").choices(assetStatus.options))
    .addOption(new Option("--kind <kind>", "only those").choices(assetKind.options))
    .option("--language <tag>", "only those; de finds de-AT")
    .option("--theme <theme>", "only those")
    .option("--q <words>", "only those with these words in id, title, quote or body")
    .option("--limit <n>", "how many, 1 to 200", pageSize, 50)
    .option("--cursor <cursor>", "where an earlier list ended")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe assets list --status active --language de`)
    .action(({ json, ...query }: ListOptions) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const { body } = await api.send({ method: "GET", path: withQuery("/v1/assets", { ...query }) });
          const { items, nextCursor } = page.parse(body);
          const rows = items.map((one) => [one.assetId, one.status, `v${one.currentVersion}`, one.kind, one.title]);
          print(io, json, body, [...(rows.length === 0 ? ["None."] : columns(rows)), ...more(nextCursor)]);
          return 0;
        }),
      ),
    );
}

function addShow(assets: Command, io: CliIo, run: RunAction): void {
  assets
    .command("show")
    .description("Show an asset: content, grants, endorser, and what was done to it.")
    .argument("<id>", "the asset's id")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe assets show nordlicht-in-neun-tagen-live`)
    .action((id: string, { json }: JsonOption) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/assets/${encodeURIComponent(id)}`;
          const { body } = await api.send({ method: "GET", path });
          const history = historyPage.parse((await api.send({ method: "GET", path: `${path}/history?limit=20` })).body);
          const one = shown.parse(body);
          print(io, json, { ...one, history: history.items }, [
            `${one.assetId}  ${one.status}, version ${one.currentVersion}`,
            `  ${plain(one.current?.content.title ?? "")}`,
            ...(one.current?.content.quote ? [`  “${plain(one.current.content.quote)}”`] : []),
            ...(one.endorser ? [`  by ${plain(one.endorser.name ?? one.endorser.role ?? "an endorser")}`] : []),
            ...one.grants.map(
              ({ grantId, terms, revokedAt }) =>
                `  grant ${grantId}: ${revokedAt === null ? terms.consentStatus : `revoked ${revokedAt}`}, ${terms.channels.join(", ")}`,
            ),
            ...history.items.map(({ at, change, by, details, reason }) =>
              plain(`  ${at}  ${change} ${JSON.stringify(details)} by ${by}${reason === null ? "" : `: ${reason}`}`),
            ),
          ]);
          return 0;
        }),
      ),
    );
}

function addStatus(assets: Command, io: CliIo, run: RunAction): void {
  assets
    .command("status")
    .description("Take one step of an asset's life cycle; disputed and withdrawn take back what is live.")
    .argument("<id>", "the asset's id")
    .argument("<to>", `one of ${assetStatus.options.join(", ")}`, status)
    .requiredOption("--reason <words>", "why; it must name nobody")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `\n${directNote}\n\nExample:\n  $ vouchsafe assets status acme-onboarding-2026 disputed --reason "the number is wrong"`,
    )
    .action((id: string, to: string, { json, reason }: JsonOption & { readonly reason: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/assets/${encodeURIComponent(id)}/status`;
          const { body } = await api.send({ method: "POST", path, body: { to, reason } });
          const step = z.object({ from: z.string(), to: z.string(), receipt: z.array(recallItem) }).parse(body);
          print(io, json, body, [`${id} was ${step.from} and is ${step.to}.`, ...receiptWords(step.receipt)]);
          return 0;
        }),
      ),
    );
}

function addRollback(assets: Command, io: CliIo, run: RunAction): void {
  assets
    .command("rollback")
    .description("Make a new version of an earlier version's content.")
    .argument("<id>", "the asset's id")
    .argument("<version>", "the earlier version's number", versionNumber)
    .option("--reason <words>", "why; it must name nobody")
    .option("--json", "answer as JSON")
    .addHelpText("after", `\n${directNote}\n\nExample:\n  $ vouchsafe assets rollback acme-onboarding-2026 2`)
    .action((id: string, version: number, { json, reason }: JsonOption & { readonly reason?: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/assets/${encodeURIComponent(id)}/rollback`;
          const { body } = await api.send({ method: "POST", path, body: { version, ...(reason && { reason }) } });
          const put = z.object({ result: z.string(), version: z.int() }).parse(body);
          print(io, json, body, [
            put.result === "unchanged"
              ? `${id} has that content already, as version ${put.version}.`
              : `${id} is at version ${put.version}, with the content of version ${version}.`,
          ]);
          return 0;
        }),
      ),
    );
}

function addRevoke(assets: Command, io: CliIo, run: RunAction): void {
  assets
    .command("revoke")
    .description("Revoke an asset's grants and take back all that is live, queued or waiting. There is no way back.")
    .argument("<id>", "the asset's id")
    .requiredOption("--reason <words>", "why; it must name nobody")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `\n${directNote}\n\nExample:\n  $ vouchsafe assets revoke acme-onboarding-2026 --reason "withdrawn by the endorser"`,
    )
    .action((id: string, { json, reason }: JsonOption & { readonly reason: string }) =>
      run(json === true, () =>
        withApi(io, async (api) => {
          const path = `/v1/assets/${encodeURIComponent(id)}/revoke`;
          const { body } = await api.send({ method: "POST", path, body: { reason } });
          const done = z.object({ grants: z.array(z.string()), receipt: z.array(recallItem) }).parse(body);
          print(io, json, body, [
            `Grants revoked: ${done.grants.join(", ") || "none"}.`,
            ...receiptWords(done.receipt),
          ]);
          return 0;
        }),
      ),
    );
}

const page = z.object({
  items: z.array(
    z.object({
      assetId: z.string(),
      status: z.string(),
      currentVersion: z.int(),
      kind: z.string(),
      title: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
const shown = z.looseObject({
  assetId: z.string(),
  status: z.string(),
  currentVersion: z.int(),
  current: z.looseObject({ content: z.looseObject({ title: z.string(), quote: z.string().optional() }) }).nullable(),
  endorser: z.looseObject({ name: z.string().nullable(), role: z.string().optional() }).nullable(),
  grants: z.array(
    z.looseObject({
      grantId: z.string(),
      terms: z.looseObject({ consentStatus: z.string(), channels: z.array(z.string()) }),
      revokedAt: z.string().nullable(),
    }),
  ),
});
const historyPage = z.object({
  items: z.array(
    z.looseObject({
      at: z.string(),
      change: z.string(),
      by: z.string(),
      details: z.unknown(),
      reason: z.string().nullable(),
    }),
  ),
});

function status(text: string): string {
  if (!assetStatus.safeParse(text).success) throw new InvalidArgumentError(`one of ${assetStatus.options.join(", ")}.`);
  return text;
}

function versionNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new InvalidArgumentError("a version's number.");
  return Number(text);
}
