import { type AssetInput, assetInput } from "../domain/asset.ts";
import { AppError } from "../domain/errors.ts";
import { type LeadInput, leadInput } from "../domain/lead.ts";
import type { EvalSetting, Written } from "./eval.ts";
import { type FieldProblem, idFields, parseWritten } from "./read-world.ts";
import type { Scenario } from "./scenario.ts";
import { timesOf } from "./scenario-times.ts";
import { resolveWritten } from "./written-records.ts";

/** Records as they were last written, by id: what a step's record may be `like`, its own last state among them. */
export type LastWritten = Map<string, Written>;

/**
 * The asset that a step writes at `now` (milliseconds UTC), as the product takes it; it is the last written from then
 * on. Throws `invalid` for what `stepRecordProblems` names.
 */
export function readStepAsset(given: Written, known: LastWritten, now: number): AssetInput {
  const problems: FieldProblem[] = [];
  return parseAsset(given, known, { now, path: [], problems }) ?? refuse(problems);
}

export function readStepLead(given: Written, known: LastWritten, now: number): LeadInput {
  const problems: FieldProblem[] = [];
  return parseLead(given, known, { now, path: [], problems }) ?? refuse(problems);
}

/** Everything in the records of the steps that the product would not take at that time. */
export function stepRecordProblems(scenario: Scenario, setting: Pick<EvalSetting, "sample">): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const times = timesOf(scenario);
  const assets = knownAtFirst(scenario, setting, "assets");
  const leads = knownAtFirst(scenario, setting, "leads");
  for (const [index, { asset, lead }] of scenario.steps.entries()) {
    const now = times[index] ?? 0;
    if (asset) parseAsset(asset, assets, { now, path: ["steps", index, "asset"], problems });
    if (lead) parseLead(lead, leads, { now, path: ["steps", index, "lead"], problems });
  }
  return problems;
}

interface Reading {
  readonly now: number;
  readonly path: readonly PropertyKey[];
  readonly problems: FieldProblem[];
}

function parseAsset(given: Written, known: LastWritten, reading: Reading): AssetInput | null {
  const read = parseWritten(given, { known, schema: assetInput, ...reading });
  if (read) known.set(read.value.assetId, read.written);
  return read?.value ?? null;
}

function parseLead(given: Written, known: LastWritten, reading: Reading): LeadInput | null {
  const read = parseWritten(given, { known, schema: leadInput, ...reading });
  if (read) known.set(read.value.leadId, read.written);
  return read?.value ?? null;
}

/** The sample's records and the scenario's, as they were when it began. */
function knownAtFirst(
  scenario: Scenario,
  { sample }: Pick<EvalSetting, "sample">,
  kind: "assets" | "leads",
): LastWritten {
  const found = new Map(sample[kind]);
  for (const written of scenario[kind]) {
    const record = resolveWritten(written, found, Date.parse(scenario.now));
    const id = record?.[idFields[kind]];
    if (record && typeof id === "string") found.set(id, record);
  }
  return found;
}

function refuse(problems: readonly FieldProblem[]): never {
  throw new AppError("invalid", "The step's record is not usable.", {
    fields: problems.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, message })),
  });
}
