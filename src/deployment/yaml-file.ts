import type { z } from "zod";
import { parseYaml, readTextFile } from "../files/file.ts";

/** A file's record once it fits its schema, with the place of any field for later complaints. */
export interface YamlRecord<T> {
  readonly value: T;
  /** `file:line: field: message`. */
  complain(path: readonly PropertyKey[], message: string): string;
}

/**
 * Reads one YAML file (UTF-8) by a schema. Whatever is wrong is added to `problems`, each naming file, line and field;
 * then the answer is null.
 */
export function readYaml<S extends z.ZodType>(
  file: string,
  schema: S,
  problems: string[],
): YamlRecord<z.output<S>> | null {
  const read = readTextFile(file);
  if (!read.ok) {
    problems.push(`${file}: ${read.problem}`);
    return null;
  }
  return toRecord(file, read.text, schema, problems);
}

/** The same for a text that is at hand; `file` is what complaints call it. */
export function toRecord<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  problems: string[],
): YamlRecord<z.output<S>> | null {
  const yaml = parseYaml(text);
  if (!yaml.ok) {
    problems.push(...yaml.problems.map(({ line, message }) => `${file}${line === null ? "" : `:${line}`}: ${message}`));
    return null;
  }
  const complain = (path: readonly PropertyKey[], message: string) =>
    `${file}:${yaml.lineOf(path)}: ${path.length > 0 ? `${path.map(String).join(".")}: ` : ""}${message}`;
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, complain };
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") {
      problems.push(...issue.keys.map((key) => complain([...issue.path, key], "unknown field")));
    } else problems.push(complain(issue.path, issue.message));
  }
  return null;
}
