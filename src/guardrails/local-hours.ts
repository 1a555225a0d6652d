/** Hour of day, 0..23, in an IANA time zone. Throws RangeError for a zone that is none. */
export function localHour(timezone: string, at: number): number {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hour: "2-digit", hourCycle: "h23" });
    formats.set(timezone, format);
  }
  return Number.parseInt(format.format(at), 10);
}

/** Whether an hour lies in [from, to), which may pass midnight; from equal to to is no hour at all. */
export function isQuiet(hour: number, quiet: Quiet): boolean {
  return quiet.from <= quiet.to ? hour >= quiet.from && hour < quiet.to : hour >= quiet.from || hour < quiet.to;
}

/** The hour in the first of the zones in which it is quiet; else the first zone's. */
export function quietestHour(zones: readonly string[], quiet: Quiet, at: number): number | undefined {
  const hours = zones.map((zone) => localHour(zone, at));
  return hours.find((hour) => isQuiet(hour, quiet)) ?? hours[0];
}

/**
 * The first quarter of an hour after `now` that is quiet in none of the zones: offsets of time zones are whole quarters. A
 * day later where there is none, as where a country is as wide as its days are short.
 */
export function endOfQuiet(zones: readonly string[], quiet: Quiet, now: number): number {
  const first = Math.floor(now / quarterMs + 1) * quarterMs;
  for (let at = first; at <= first + dayMs; at += quarterMs)
    if (!zones.some((zone) => isQuiet(localHour(zone, at), quiet))) return at;
  return first + dayMs;
}

interface Quiet {
  readonly from: number;
  readonly to: number;
}

const quarterMs = 900_000;
const dayMs = 86_400_000;
/** Building a format costs more than all the rules together; there are some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
