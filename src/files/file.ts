import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";

/** A file's text, or why it cannot be had. */
export type TextFile =
  | { readonly ok: true; readonly text: string }
  /** `line`: the first that is not UTF-8, where that is the trouble. */
  | { readonly ok: false; readonly problem: string; readonly line: number | null };

/** Reads a file that somebody wrote; its text is UTF-8. */
export function readTextFile(file: string): TextFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { ok: false, problem: readingProblem(error), line: null };
  }
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, problem: "the file is not UTF-8", line: brokenLine(bytes) };
  }
}

/** What a YAML text says, with the line of each field; or what is wrong with it. Lines count from 1. */
export type YamlText =
  | { readonly ok: true; readonly value: unknown; lineOf(path: readonly PropertyKey[]): number }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

export interface YamlProblem {
  /** Null where it is about the text as a whole. */
  readonly line: number | null;
  readonly message: string;
}

export function parseYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, message }));
    return { ok: false, problems };
  }
  try {
    return { ok: true, value: document.toJS(), lineOf: (path) => lineOf(document, lines, path) };
  } catch {
    // Aliases that would expand without end are refused while they are resolved.
    return { ok: false, problems: [{ line: null, message: "the file's aliases cannot be resolved" }] };
  }
}

function readingProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "unknown";
  return code === "ENOENT" ? "there is no such file" : `the file cannot be read (${String(code)})`;
}

/** No byte of a longer UTF-8 sequence is a line feed, so lines can be looked at one by one. */
function brokenLine(bytes: Buffer): number | null {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return null;
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
