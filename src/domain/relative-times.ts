import { AppError } from "./errors.ts";

/**
 * Replaces every `{"$daysAgo": n}` and `{"$daysAhead": n}` in a JSON value by that instant in RFC 3339 UTC, counted from
 * `now` (milliseconds UTC). `n` may be a fraction: `{"$daysAgo": 0.5}` is twelve hours ago. Samples are written so, to
 * stay fresh; ordinary imports don't resolve them, and there they are refused like any other unknown field.
 * An object is left alone unless it has exactly that one key. Throws `invalid` with the pointer when `n` is no number
 * from 0 to 36,500.
 */
export function resolveRelativeTimes(value: unknown, now: number): unknown {
  return resolve(value, now, "");
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 36_500;

function resolve(value: unknown, now: number, pointer: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => resolve(item, now, `${pointer}/${index}`));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === "$daysAgo" || only[0] === "$daysAhead")) {
    const days = daysOf(only[1], only[0], pointer);
    return new Date(now + (only[0] === "$daysAgo" ? -days : days) * DAY_MS).toISOString();
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, now, `${pointer}/${escapePointer(key)}`)] as const),
  );
}

function daysOf(days: unknown, key: string, pointer: string): number {
  if (typeof days === "number" && days >= 0 && days <= MAX_DAYS) return days;
  const message = `${key} takes a number of days from 0 to ${MAX_DAYS}`;
  throw new AppError("invalid", `A relative time at ${pointer || "/"} is wrong: ${message}.`, {
    fields: [{ pointer, message }],
  });
}

/** RFC 6901, section 3. */
function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
