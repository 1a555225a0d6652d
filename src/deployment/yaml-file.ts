import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

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
  const text = readText(file, problems);
  if (text === null) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    problems.push(...document.errors.map((error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`));
    return null;
  }
  const complain = (path: readonly PropertyKey[], message: string) =>
    `${file}:${lineOf(document, lines, path)}: ${path.length > 0 ? `${path.map(String).join(".")}: ` : ""}${message}`;
  const content = contentOf(document);
  if ("problem" in content) {
    problems.push(`${file}: ${content.problem}`);
    return null;
  }
  const parsed = schema.safeParse(content.value);
  if (parsed.success) return { value: parsed.data, complain };
  for (const issue of parsed.error.issues) {
    if (issue.code === "unrecognized_keys") {
      problems.push(...issue.keys.map((key) => complain([...issue.path, key], "unknown field")));
    } else problems.push(complain(issue.path, issue.message));
  }
  return null;
}

function readText(file: string, problems: string[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    problems.push(`${file}: ${readingProblem(error)}`);
    return null;
  }
}

function readingProblem(error: unknown): string {
  if (error instanceof TypeError) return "the file is not UTF-8";
  const code = error instanceof Error && "code" in error ? error.code : "unknown";
  return code === "ENOENT" ? "there is no such file" : `the file cannot be read (${String(code)})`;
}

/** Aliases that would expand without end are refused while they are resolved. */
function contentOf(document: Document): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() };
  } catch {
    return { problem: "the file's aliases cannot be resolved" };
  }
}

/** The line of the field itself (its key), or of the nearest thing around it that the file has. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const key = path[depth - 1];
    const holder = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    if (isMap(holder)) {
      const pair = holder.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair && isScalar(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
    }
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
