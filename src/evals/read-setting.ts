import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { choosePlanner } from "../compose/choose-planner.ts";
import { makeMigratedImage } from "../compose/migrated-image.ts";
import { openSetting } from "../compose/open-setting.ts";
import { AppError } from "../domain/errors.ts";
import type { EvalSetting, SettingSource, Written } from "./eval.ts";

/** Reads what every scenario stands on: the deployment's data, its rules, the sample. Throws `config` where it can't. */
export async function readSetting({
  configDir,
  playbooksDir,
  planner: kind = "rules",
}: Omit<SettingSource, "planner"> & Partial<SettingSource>): Promise<EvalSetting> {
  // Nothing besides, whatever came with it: threads are handed this, and it has to be plain data.
  const folders: SettingSource = { configDir, playbooksDir, planner: kind };
  const planner = choosePlanner(folders.planner);
  const { deployment, guardrail } = await openSetting(folders);
  const of = (name: string, id: string) => readRecords(join(folders.configDir, "sample", name), id);
  return {
    source: folders,
    deployment,
    guardrail,
    planner,
    configDir: folders.configDir,
    image: await makeMigratedImage(),
    sample: {
      assets: of("assets.jsonl", "assetId"),
      leads: of("leads.jsonl", "leadId"),
      accounts: of("accounts.jsonl", "accountId"),
      playbooks: new Map(deployment.playbooks.map((one) => [one.id, { ...one }])),
    },
  };
}

const record = z.record(z.string(), z.unknown());

/** One record a line, as the sample writes them; none where there is no such file. */
function readRecords(file: string, idField: string): ReadonlyMap<string, Written> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return new Map();
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return new Map(
    lines.flatMap((line, index) => {
      const parsed = parseLine(line);
      if (parsed === null) throw new AppError("config", `${file}:${index + 1}: the line is not a JSON object.`);
      const id = parsed[idField];
      return typeof id === "string" ? [[id, parsed] as const] : [];
    }),
  );
}

function parseLine(line: string): Written | null {
  try {
    return record.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
