import { AppError } from "../domain/errors.ts";
import type { Cadence } from "../domain/playbook.ts";
import type { ContactWindow } from "./exposure.ts";

export type WindowKind = Cadence["cap"]["window"];

/**
 * The calendar window of the zone that `now` falls in: a day, an ISO 8601 week (from Monday) or a month. A window
 * starts at the first instant whose local time has reached its first midnight, so windows tile time without gaps also
 * where clocks skip midnight, repeat it, or fall back over it. Throws `invalid` for an unknown zone.
 */
export function contactWindow(kind: WindowKind, timezone: string, now: number): ContactWindow {
  const toLocal = localClock(timezone);
  let first = periodStart(kind, toLocal(now));
  let next = nextPeriod(kind, first);
  let end = reaches(toLocal, next);
  // Where clocks fall back over midnight, the old day's last hour comes again after the new window has begun.
  while (end <= now) {
    first = next;
    next = nextPeriod(kind, first);
    end = reaches(toLocal, next);
  }
  return { start: reaches(toLocal, first), end };
}

/** UTC milliseconds → the zone's wall clock, as the milliseconds UTC at which UTC's own clock shows the same. */
type LocalClock = (at: number) => number;

const clocks = new Map<string, LocalClock>();
const clockLimit = 1000;

/** One formatter per zone: making one costs a hundred times more than using it. */
export function localClock(timezone: string): LocalClock {
  const known = clocks.get(timezone);
  if (known) return known;
  const made = makeLocalClock(timezone);
  if (clocks.size >= clockLimit) clocks.clear();
  clocks.set(timezone, made);
  return made;
}

function makeLocalClock(timezone: string): LocalClock {
  const format = formatter(timezone);
  return (at) => {
    const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of format.formatToParts(at)) {
      if (type in parts) parts[type as keyof typeof parts] = Number(value);
    }
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
  };
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch (cause) {
    throw new AppError("invalid", "The time zone is not one of the IANA database, such as Europe/Berlin.", { cause });
  }
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Local midnight at which the period of the local time begins. */
function periodStart(kind: WindowKind, local: number): number {
  const midnight = Math.floor(local / dayMs) * dayMs;
  const date = new Date(midnight);
  switch (kind) {
    case "day":
      return midnight;
    case "week":
      return midnight - ((date.getUTCDay() + 6) % 7) * dayMs;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

function nextPeriod(kind: WindowKind, first: number): number {
  const date = new Date(first);
  switch (kind) {
    case "day":
      return first + dayMs;
    case "week":
      return first + 7 * dayMs;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
}

/** No zone was ever further than this from UTC. */
const offsetLimitMs = 16 * hourMs;

/** The first instant at which the zone's clock shows `local` or later. */
function reaches(toLocal: LocalClock, local: number): number {
  let from = local - offsetLimitMs;
  for (;;) {
    const offset = toLocal(from) - from;
    const at = local - offset;
    if (at <= from) return from;
    if (toLocal(at) - at === offset) return at;
    from = firstChange(toLocal, from, at, offset);
  }
}

/** The first instant after `from` at which the offset is not `offset`, which at `to` it is not. */
function firstChange(toLocal: LocalClock, from: number, to: number, offset: number): number {
  let same = from;
  let other = to;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (toLocal(middle) - middle === offset) same = middle;
    else other = middle;
  }
  return other;
}
