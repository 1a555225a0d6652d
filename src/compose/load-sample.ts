import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Clearances } from "../clearances/clearances.ts";
import type { Config } from "../config.ts";
import type { Crm } from "../crm/crm.ts";
import type { SampleRecord } from "../demo/demo.ts";
import { rememberSample } from "../demo/sample-record.ts";
import { AppError } from "../domain/errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Store, Trx } from "../store/store.ts";
import { type ImportedLine, importers } from "./importers.ts";
import { putSampleClearance, readSampleClearances } from "./sample-clearances.ts";

/**
 * Brings the sample (`<configDir>/sample/`: `assets.jsonl`, `leads.jsonl`, and `accounts.jsonl` with accounts and
 * opportunities and `clearances.jsonl` with answers about assets where there are any) into a database that has no asset and no lead yet, unless the settings say off; its
 * dates count from now. Returns how many assets and leads were loaded, or null when nothing was to be done. Throws
 * `config` when a line of the sample is refused.
 */
export async function loadSample(deps: {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly crm: Crm;
  readonly clearances: Pick<Clearances, "open" | "answer">;
  readonly runtime: Pick<Runtime, "clock">;
  readonly config: Pick<Config, "sampleData" | "configDir">;
}): Promise<{ readonly assets: number; readonly leads: number } | null> {
  const { store, catalogue, crm, runtime, config } = deps;
  if (config.sampleData === "off") return null;
  const [accounts, ...needed] = ["accounts.jsonl", "assets.jsonl", "leads.jsonl"].map((name) =>
    join(config.configDir, "sample", name),
  );
  if (!needed.every((file) => existsSync(file))) return null;
  const files = accounts !== undefined && existsSync(accounts) ? [accounts, ...needed] : needed;
  const first = { after: null, limit: 1 };
  if ((await catalogue.listAssets(store.read, first)).length > 0) return null;
  if ((await crm.listLeads(store.read, first)).length > 0) return null;
  const lines = await Promise.all(files.map((file) => readSample(file, runtime.clock.now())));
  const answers = readSampleClearances(join(config.configDir, "sample", "clearances.jsonl"));
  // One transaction: a start that is cut short leaves an empty database, and the next one loads the sample whole.
  return store.write(async (trx) => {
    const loaded = { assets: 0, leads: 0 };
    for (const line of lines.flat()) {
      await put(trx, line);
      if (line.kind === "asset") loaded.assets += 1;
      if (line.kind === "lead") loaded.leads += 1;
    }
    for (const one of answers) await putSampleClearance(trx, deps, one);
    await rememberSample(trx, idsOf(lines.flat()));
    return loaded;
  });

  function put(trx: Trx, line: SampleLine): Promise<unknown> {
    switch (line.kind) {
      case "asset":
        return catalogue.putAsset(trx, line.asset, { by: "sample" });
      case "lead":
        return crm.putLead(trx, line.lead, "sample");
      case "account":
        return crm.putAccount(trx, line.account);
      case "opportunity":
        return crm.putOpportunity(trx, line.opportunity);
    }
  }
}

async function readSample(file: string, now: number): Promise<readonly SampleLine[]> {
  const found: SampleLine[] = [];
  for await (const line of importers.canonical(createReadStream(file), { file, relativeTo: now })) {
    if (line.kind === "error") throw new AppError("config", `The sample is not usable. ${line.message}`);
    found.push(line);
  }
  return found;
}

function idsOf(lines: readonly SampleLine[]): SampleRecord {
  return {
    leads: lines.flatMap((line) => (line.kind === "lead" ? [line.lead.leadId] : [])),
    assets: lines.flatMap((line) => (line.kind === "asset" ? [line.asset.assetId] : [])),
  };
}

type SampleLine = Exclude<ImportedLine, { kind: "error" }>;
