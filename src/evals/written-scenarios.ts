import { parseYaml, readTextFile } from "../files/file.ts";
import type { UnusableScenario, Written } from "./eval.ts";
import { fieldProblems } from "./field-problems.ts";
import { scenarioFile } from "./scenario.ts";

/** A scenario as its file has it, with what it has in common with the others, and the line of each of its fields. */
export interface WrittenScenario {
  readonly file: string;
  readonly line: number;
  readonly written: Written;
  lineOf(path: readonly PropertyKey[]): number;
}

export interface ReadFile {
  readonly scenarios: readonly WrittenScenario[];
  readonly unusable: readonly UnusableScenario[];
}

/** The scenarios of one file, by its ending: YAML by the file's schema, or one whole scenario a line. */
export function readScenarioFile(file: string): ReadFile {
  const read = readTextFile(file);
  if (!read.ok) return { scenarios: [], unusable: [fileProblem(file, read.line ?? 1, read.problem)] };
  return file.endsWith(".jsonl") ? fromLines(file, read.text) : fromYaml(file, read.text);
}

/** A problem of the file, for want of which nothing in it can be read. */
export function fileProblem(file: string, line: number, message: string, field = ""): UnusableScenario {
  return { file, line, field, message, id: null };
}

function fromLines(file: string, text: string): ReadFile {
  const scenarios: WrittenScenario[] = [];
  const unusable: UnusableScenario[] = [];
  for (const [index, content] of text.split("\n").entries()) {
    if (content.trim() === "") continue;
    const line = index + 1;
    const parsed = parseLine(content);
    if ("problem" in parsed) unusable.push(fileProblem(file, line, parsed.problem));
    else scenarios.push({ file, line, written: parsed.value, lineOf: () => line });
  }
  if (scenarios.length + unusable.length === 0) unusable.push(fileProblem(file, 1, "the file has no scenario"));
  return { scenarios, unusable };
}

function parseLine(line: string): { readonly value: Written } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? { value } : { problem: "the line is not a JSON object" };
  } catch (error) {
    return { problem: `the line is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function fromYaml(file: string, text: string): ReadFile {
  const yaml = parseYaml(text);
  if (!yaml.ok) {
    return {
      scenarios: [],
      unusable: yaml.problems.map(({ line, message }) => fileProblem(file, line ?? 1, message)),
    };
  }
  const parsed = scenarioFile.safeParse(yaml.value);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error.issues, scenarioFile, yaml.value);
    return {
      scenarios: [],
      unusable: problems.map(({ path, message }) => fileProblem(file, yaml.lineOf(path), message, path.join("/"))),
    };
  }
  const { group, common, scenarios: entries } = parsed.data;
  const lone = ["id", "title", "steps"].filter((key) => key in common);
  if (lone.length > 0) {
    const words = "each scenario has its own";
    return {
      scenarios: [],
      unusable: lone.map((key) => fileProblem(file, yaml.lineOf(["common", key]), words, `common/${key}`)),
    };
  }
  const scenarios: WrittenScenario[] = [];
  const unusable: UnusableScenario[] = [];
  for (const [index, own] of entries.entries()) {
    const line = yaml.lineOf(["scenarios", index]);
    if (isRecord(own)) {
      const placeOf = (path: readonly PropertyKey[]) =>
        placeIn(path, { common, own, commonAt: ["common"], ownAt: ["scenarios", index] });
      const written = joined({ group, ...common }, own);
      scenarios.push({ file, line, written, lineOf: (path) => yaml.lineOf(placeOf(path)) });
    } else unusable.push(fileProblem(file, line, "a scenario is a map of fields", `scenarios/${index}`));
  }
  return { scenarios, unusable };
}

/** Common fields under own ones: lists one after the other, objects field by field, anything else replaced. */
function joined(common: Written, own: Written): Written {
  const result: Record<string, unknown> = { ...common };
  for (const [key, value] of Object.entries(own)) {
    const under = result[key];
    if (Array.isArray(under) && Array.isArray(value)) result[key] = [...under, ...value];
    else result[key] = isRecord(under) && isRecord(value) ? joined(under, value) : value;
  }
  return result;
}

interface Origin {
  readonly common: unknown;
  readonly own: unknown;
  readonly commonAt: readonly PropertyKey[];
  readonly ownAt: readonly PropertyKey[];
}

/** Where in the file a field of the joined scenario was written. */
function placeIn(path: readonly PropertyKey[], { common, own, commonAt, ownAt }: Origin): readonly PropertyKey[] {
  const [key, ...rest] = path;
  if (key === undefined) return ownAt;
  if (Array.isArray(common) && Array.isArray(own) && typeof key === "number") {
    return key < common.length ? [...commonAt, ...path] : [...ownAt, key - common.length, ...rest];
  }
  if (!isRecord(common)) return [...ownAt, ...path];
  const name = String(key);
  const [inCommon, inOwn] = [name in common, isRecord(own) && name in own];
  if (inCommon && !inOwn) return [...commonAt, ...path];
  if (!inCommon || !isRecord(own)) return [...ownAt, ...path];
  return placeIn(rest, {
    common: common[name],
    own: own[name],
    commonAt: [...commonAt, name],
    ownAt: [...ownAt, name],
  });
}

function isRecord(value: unknown): value is Written {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
