import { readdirSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { accountInput } from "../domain/account.ts";
import { assetInput } from "../domain/asset.ts";
import { deployerProfile } from "../domain/deployer-profile.ts";
import { leadInput } from "../domain/lead.ts";
import { playbook } from "../domain/playbook.ts";
import type { EvalSetting, LoadedScenario, UnusableScenario } from "./eval.ts";
import { fieldProblems, suggestField } from "./field-problems.ts";
import type { FieldProblem } from "./read-world.ts";
import { scenario as scenarioSchema } from "./scenario.ts";
import { scenarioProblems } from "./scenario-problems.ts";
import { fileProblem, readScenarioFile, type WrittenScenario } from "./written-scenarios.ts";

export interface LoadedScenarios {
  /** In the order of the files' names, and within a file as they stand. */
  readonly scenarios: readonly LoadedScenario[];
  /** Every field that is at fault. What has one is not among the scenarios; the others are. */
  readonly unusable: readonly UnusableScenario[];
}

/**
 * Reads the scenarios of files (`.yaml`, `.yml`, `.jsonl`) and of folders, with the folders in them. Whatever is wrong
 * is named by file, line and field, and stops nothing but the scenario that it is in.
 */
export function loadScenarios(
  paths: readonly string[],
  setting: Pick<EvalSetting, "deployment" | "sample">,
): LoadedScenarios {
  const scenarios: LoadedScenario[] = [];
  const unusable: UnusableScenario[] = [];
  const seen = new Map<string, WrittenScenario>();
  const found = paths.map(filesUnder);
  unusable.push(...found.flatMap(({ problems }) => problems));
  // A folder and a file in it may both be given.
  for (const file of new Set(found.flatMap(({ files }) => files))) {
    const read = readScenarioFile(file);
    unusable.push(...read.unusable);
    for (const one of read.scenarios) {
      const { loaded, problems } = load(one, setting, seen);
      if (loaded) scenarios.push(loaded);
      unusable.push(...problems.map((problem) => toUnusable(problem, one)));
    }
  }
  return { scenarios, unusable };
}

function load(
  one: WrittenScenario,
  setting: Pick<EvalSetting, "deployment" | "sample">,
  seen: Map<string, WrittenScenario>,
): { readonly loaded: LoadedScenario | null; readonly problems: readonly FieldProblem[] } {
  const { written, file, line } = one;
  const problems: FieldProblem[] = [];
  if (typeof written.id === "string") {
    const other = seen.get(written.id);
    if (other) {
      problems.push({ path: ["id"], message: `${other.file}:${other.line} has a scenario "${written.id}" too` });
    } else seen.set(written.id, one);
  }
  const parsed = scenarioSchema.safeParse(written);
  if (!parsed.success) problems.push(...fieldProblems(parsed.error.issues, scenarioSchema, written));
  else problems.push(...scenarioProblems(parsed.data, setting).map(withSuggestion));
  const isUsable = parsed.success && problems.length === 0;
  return { loaded: isUsable ? { scenario: parsed.data, file, line } : null, problems };
}

/** The records have schemas of their own, which say no more of a field than that they don't know it. */
function withSuggestion(problem: FieldProblem): FieldProblem {
  if (problem.message !== "unknown field") return problem;
  const [field, index, kind, ...inStep] = problem.path;
  const [schema, path] =
    field === "steps"
      ? [stepRecords[String(kind)], inStep]
      : field === "profile"
        ? [deployerProfile, problem.path.slice(1)]
        : [worldRecords[String(field)], problem.path.slice(index === undefined ? 1 : 2)];
  return schema ? { ...problem, message: suggestField(schema, path) } : problem;
}

const stepRecords: Readonly<Record<string, Parameters<typeof suggestField>[0]>> = {
  asset: assetInput,
  lead: leadInput,
};
const worldRecords: Readonly<Record<string, Parameters<typeof suggestField>[0]>> = {
  accounts: accountInput,
  assets: assetInput,
  leads: leadInput,
  playbooks: playbook,
};

function toUnusable({ path, message }: FieldProblem, { file, written, lineOf }: WrittenScenario): UnusableScenario {
  return {
    file,
    line: lineOf(path),
    field: path.map(String).join("/"),
    message,
    id: typeof written.id === "string" ? written.id : null,
  };
}

/** The files of scenarios at a path, by name. */
function filesUnder(path: string): {
  readonly files: readonly string[];
  readonly problems: readonly UnusableScenario[];
} {
  const trouble = (message: string) => ({ files: [], problems: [fileProblem(path, 1, message)] });
  const kind = kindOf(path);
  if (kind === null) return trouble("there is no such file or folder");
  if (kind === "file") {
    return isScenarioFile(path)
      ? { files: [normalize(path)], problems: [] }
      : trouble("scenarios are in files that end in .yaml, .yml or .jsonl");
  }
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter(isScenarioFile).sort();
  if (names.length === 0) return trouble("there is no file of scenarios in this folder");
  return { files: names.map((name) => join(path, name)), problems: [] };
}

function isScenarioFile(name: string): boolean {
  return /\.(?:ya?ml|jsonl)$/.test(name);
}

function kindOf(path: string): "file" | "folder" | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  return found.isDirectory() ? "folder" : "file";
}
