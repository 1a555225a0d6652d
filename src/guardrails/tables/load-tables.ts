import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseYaml, readTextFile } from "../../files/file.ts";
import { type DecisionTable, tablesFile } from "./table.ts";

/** The files with the cases of the built-in rules. */
export function builtInTableFiles(): readonly string[] {
  const folder = new URL("./", import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => fileURLToPath(new URL(name, folder)));
}

/** The tables of a file (YAML, of which JSON is a part); what is wrong with it is added to `problems`. */
export function loadTables(file: string, problems: string[]): readonly DecisionTable[] {
  const read = readTextFile(file);
  if (!read.ok) {
    problems.push(`${file}: ${read.problem}`);
    return [];
  }
  const yaml = parseYaml(read.text);
  if (!yaml.ok) {
    problems.push(...yaml.problems.map(({ line, message }) => `${file}${line === null ? "" : `:${line}`}: ${message}`));
    return [];
  }
  const parsed = tablesFile.safeParse(yaml.value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
      const complain = (path: readonly PropertyKey[], message: string) =>
        problems.push(`${file}:${yaml.lineOf(path)}: ${path.map(String).join(".") || "tables"}: ${message}`);
      if (keys.length === 0) complain(issue.path, issue.message);
      for (const key of keys) complain([...issue.path, key], "unknown field");
    }
    return [];
  }
  return parsed.data.map(({ rule, cases }, at) => ({
    rule,
    file,
    cases: cases.map((one, index) => ({ ...one, line: yaml.lineOf([at, "cases", index]) })),
  }));
}
