import { resolveRelativeTimes } from "../domain/relative-times.ts";
import type { Written } from "./eval.ts";

/**
 * A record as it is to be read by its schema: what it is `like`, with its own fields over it (objects field by field,
 * lists whole, `null` takes a field away), and times that count from `now` as instants. Null where what it is like is
 * not among `known`. Throws `invalid` for a relative time that is no number of days.
 */
export function resolveWritten(written: Written, known: ReadonlyMap<string, Written>, now: number): Written | null {
  const { like, ...own } = written;
  const base = typeof like === "string" ? known.get(like) : {};
  if (base === undefined) return null;
  const resolved = resolveRelativeTimes(merged(base, own), now);
  return isRecord(resolved) ? resolved : null;
}

function merged(base: Written, own: Written): Written {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) {
    if (value === null) delete result[key];
    else result[key] = mergedValue(result[key], value);
  }
  return result;
}

function mergedValue(base: unknown, own: unknown): unknown {
  return isRecord(base) && isRecord(own) && !isRelativeTime(own) ? merged(base, own) : own;
}

function isRelativeTime(value: Written): boolean {
  return "$daysAgo" in value || "$daysAhead" in value;
}

function isRecord(value: unknown): value is Written {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
