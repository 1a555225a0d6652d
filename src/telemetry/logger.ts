import { type DestinationStream, type Logger as Pino, pino } from "pino";
import { isAppError } from "../domain/errors.ts";
import type { Logger } from "./telemetry.ts";

export interface LoggerOptions {
  readonly level: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
}

/**
 * JSON lines by pino. A second line of defence behind "log no personal data": the value of a field with a telling name
 * is replaced at whatever depth it stands, and errors are written as code, words and stack, without the values hanging
 * off them. Done in a formatter, since as many `redact` paths with wildcards cost ten times a line's time.
 */
export function makeLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    formatters: { log: scrubFields },
    // pino's own would take the description for an error and write its fields again.
    serializers: { err: (described: unknown) => described },
  };
  const logger: Pino = options.destination === undefined ? pino(settings) : pino(settings, options.destination);
  return logger;
}

function scrubFields(fields: Record<string, unknown>): Record<string, unknown> {
  return scrubRecord(fields, 0);
}

function scrubRecord(fields: object, depth: number): Record<string, unknown> {
  const scrubbed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const known = name.toLowerCase();
    if (sensitiveNames.has(known)) scrubbed[name] = "[redacted]";
    else scrubbed[name] = known === "err" || known === "error" ? describeError(value) : scrub(value, depth);
  }
  return scrubbed;
}

function scrub(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (depth >= 4) return "[deeper]";
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  return scrubRecord(value, depth + 1);
}

interface ErrorDescription {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/**
 * AppErrors speak our own words, so these are written. The words of any other error may quote its input (a JSON
 * parser does, a database driver does), so only its type, code and the places in its stack are.
 */
export function describeError(value: unknown): ErrorDescription {
  return describe(value, 0);
}

function describe(value: unknown, depth: number): ErrorDescription {
  if (!(value instanceof Error)) return { type: typeof value, message: "not an error" };
  const code = "code" in value && typeof value.code === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value.code);
  const frames = (value.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: value.name,
    ...(code && { code: String(value.code) }),
    message: isAppError(value) ? value.message : "(words withheld: they may quote data)",
    ...(frames.length > 0 && { stack: frames.slice(0, 20).join("\n") }),
    ...(value.cause !== undefined && depth < 4 && { cause: describe(value.cause, depth + 1) }),
  };
}

const sensitiveNames: ReadonlySet<string> = new Set([
  "authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "email",
  "name",
  "phone",
  "token",
  "key",
  "apikey",
  "secret",
  "password",
  "identity",
  "quote",
  "text",
  "framing",
  "note",
  "data",
  "body",
  "url",
]);
