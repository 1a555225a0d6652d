import type { z } from "zod";
import { AppError } from "./errors.ts";

/**
 * A reader of stored JSON text, which is an edge: it is parsed with its schema, and throws `corrupt` naming `what` when
 * it does not fit. Equal texts are parsed once as long as they are among the `limit` newest, so what it returns is
 * shared and must not be changed.
 */
export function makeStoredJson<T>(what: string, schema: z.ZodType<T>, limit: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = parseStored(what, schema, text);
    known.set(text, value);
    if (known.size > limit) dropOldest(known);
    return value;
  };
}

/** Parses stored JSON text without remembering it. Throws `corrupt`. */
export function parseStored<T>(what: string, schema: z.ZodType<T>, text: string): T {
  return fitStored(what, schema, toJson(what, text));
}

/** The same for a record put together from columns. */
export function fitStored<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => `/${issue.path.join("/")}`);
  throw new AppError("corrupt", `The stored ${what} does not fit its schema at ${places.join(", ")}.`);
}

/** Stored text as JSON, not yet checked. Throws `corrupt`. */
export function toJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The cause would quote the text, which can hold what must not be logged.
    throw new AppError("corrupt", `The stored ${what} is not JSON.`);
  }
}

/** A map gives its keys in the order they were set. */
function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
