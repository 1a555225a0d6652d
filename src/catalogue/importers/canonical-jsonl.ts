import type { z } from "zod";
import { type AssetInput, assetInput } from "../../domain/asset.ts";
import { type FieldError, isAppError } from "../../domain/errors.ts";
import { type LeadInput, leadInput } from "../../domain/lead.ts";
import { type Line, readLines } from "./lines.ts";
import { resolveRelativeTimes } from "./relative-times.ts";

/** What one line of a canonical file is, after checking. A line that is wrong does not stop the others. */
export type ImportedLine =
  | { readonly kind: "asset"; readonly line: number; readonly asset: AssetInput }
  | { readonly kind: "lead"; readonly line: number; readonly lead: LeadInput }
  | {
      readonly kind: "error";
      readonly line: number;
      /** Names file, line and fields; never a value of the line. */
      readonly message: string;
      readonly fields: readonly FieldError[];
    };

export interface CanonicalJsonlOptions {
  /** How the file is called in messages. */
  readonly file: string;
  /** Milliseconds UTC that `{"$daysAgo": n}` and `{"$daysAhead": n}` count from; absent: they are not understood. */
  readonly relativeTo?: number;
  /** A longer line is refused unread. Default 1 MiB. */
  readonly maxLineBytes?: number;
}

/**
 * Reads assets and leads from JSON Lines in UTF-8, one record a line, in the shapes of `assetInput` and `leadInput`:
 * a line with `assetId` is an asset, one with `leadId` a lead. Empty lines are skipped. Reads as a stream (a file
 * handle's `createReadStream()` will do), writes nothing.
 */
export async function* readCanonicalJsonl(
  source: AsyncIterable<Uint8Array>,
  options: CanonicalJsonlOptions,
): AsyncGenerator<ImportedLine> {
  const maxBytes = options.maxLineBytes ?? 1024 * 1024;
  for await (const line of readLines(source, maxBytes)) {
    const found = readLine(line, options, maxBytes);
    if (found) yield found;
  }
}

/** Strict about bytes; a byte order mark is dropped, as TextDecoder does by default. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

function readLine(line: Line, options: CanonicalJsonlOptions, maxBytes: number): ImportedLine | null {
  const wrong = (message: string, fields: readonly FieldError[] = []): ImportedLine => ({
    kind: "error",
    line: line.number,
    message: `${options.file}:${line.number}: ${message}`,
    fields,
  });
  if (line.bytes === null) return wrong(`The line is longer than ${maxBytes} bytes.`);
  const text = decode(line.bytes);
  if (text === null) return wrong("The line is not UTF-8.");
  if (text.trim() === "") return null;
  const record = parseJson(text);
  if (record === null) return wrong("The line is not a JSON object.");
  const isAsset = Object.hasOwn(record, "assetId");
  const isLead = Object.hasOwn(record, "leadId");
  if (isAsset === isLead) {
    return wrong(
      isAsset
        ? "The line has both assetId and leadId; it is one record or the other."
        : "The line has neither assetId (an asset) nor leadId (a lead).",
    );
  }
  const resolved = resolveWhereAsked(record, options.relativeTo);
  if ("fields" in resolved) return wrong(listOf(resolved.fields), resolved.fields);
  if (isAsset) {
    const parsed = assetInput.safeParse(resolved.value);
    if (parsed.success) return { kind: "asset", line: line.number, asset: parsed.data };
    const fields = fieldErrors(parsed.error);
    return wrong(listOf(fields), fields);
  }
  const parsed = leadInput.safeParse(resolved.value);
  if (parsed.success) return { kind: "lead", line: line.number, lead: parsed.data };
  const fields = fieldErrors(parsed.error);
  return wrong(listOf(fields), fields);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function resolveWhereAsked(
  record: object,
  relativeTo: number | undefined,
): { value: unknown } | { fields: readonly FieldError[] } {
  if (relativeTo === undefined) return { value: record };
  try {
    return { value: resolveRelativeTimes(record, relativeTo) };
  } catch (error) {
    if (isAppError(error)) return { fields: error.fields };
    throw error;
  }
}

/** Unknown fields point at themselves, not at the object that holds them. */
function fieldErrors(error: z.ZodError): readonly FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), message: "unknown field" }))
      : [{ pointer: pointerOf(issue.path), message: issue.message }],
  );
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function listOf(fields: readonly FieldError[]): string {
  return fields.map((field) => `${field.pointer || "/"} ${field.message}`).join("; ");
}
