import type { z } from "zod";
import { type AccountInput, accountInput } from "../../domain/account.ts";
import { type AssetInput, assetInput } from "../../domain/asset.ts";
import { type FieldError, isAppError } from "../../domain/errors.ts";
import { type LeadInput, leadInput } from "../../domain/lead.ts";
import { type OpportunityInput, opportunityInput } from "../../domain/opportunity.ts";
import { resolveRelativeTimes } from "../../domain/relative-times.ts";
import { type Line, readLines } from "./lines.ts";

/** What one line of a canonical file is, after checking. A line that is wrong does not stop the others. */
export type ImportedLine =
  | { readonly kind: "asset"; readonly line: number; readonly asset: AssetInput }
  | { readonly kind: "lead"; readonly line: number; readonly lead: LeadInput }
  | { readonly kind: "account"; readonly line: number; readonly account: AccountInput }
  | { readonly kind: "opportunity"; readonly line: number; readonly opportunity: OpportunityInput }
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
 * Reads assets, leads, opportunities and accounts from JSON Lines in UTF-8, one record a line, in the shapes of
 * `assetInput`, `leadInput`, `opportunityInput` and `accountInput`. A line is what its own id says: `assetId`, `leadId`
 * or `opportunityId`, else `accountId` (which leads and opportunities have too, as a reference). Empty lines are
 * skipped. Reads as a stream (a file handle's `createReadStream()` will do), writes nothing.
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
  const kinds = kindsOf(record);
  const [kind] = kinds;
  if (kind === undefined) {
    return wrong(
      "The line has none of assetId (an asset), leadId (a lead), opportunityId (an opportunity), accountId (an account).",
    );
  }
  if (kinds.length > 1) {
    return wrong(`The line has both ${kinds[0]}Id and ${kinds[1]}Id; it is one record or the other.`);
  }
  const resolved = resolveWhereAsked(record, options.relativeTo);
  if ("fields" in resolved) return wrong(listOf(resolved.fields), resolved.fields);
  const read = readRecord(kind, line.number, resolved.value);
  if (!("error" in read)) return read;
  const fields = fieldErrors(read.error);
  return wrong(listOf(fields), fields);
}

type Kind = Exclude<ImportedLine["kind"], "error">;

function kindsOf(record: object): readonly Kind[] {
  const own = (["asset", "lead", "opportunity"] as const).filter((kind) => Object.hasOwn(record, `${kind}Id`));
  return own.length === 0 && Object.hasOwn(record, "accountId") ? ["account"] : own;
}

function readRecord(kind: Kind, line: number, value: unknown): ImportedLine | { readonly error: z.ZodError } {
  switch (kind) {
    case "asset": {
      const { data: asset, error } = assetInput.safeParse(value);
      return asset ? { kind, line, asset } : { error };
    }
    case "lead": {
      const { data: lead, error } = leadInput.safeParse(value);
      return lead ? { kind, line, lead } : { error };
    }
    case "account": {
      const { data: account, error } = accountInput.safeParse(value);
      return account ? { kind, line, account } : { error };
    }
    case "opportunity": {
      const { data: opportunity, error } = opportunityInput.safeParse(value);
      return opportunity ? { kind, line, opportunity } : { error };
    }
  }
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
