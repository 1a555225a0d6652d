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
export function isQuiet(hour: number, quiet: { readonly from: number; readonly to: number }): boolean {
  return quiet.from <= quiet.to ? hour >= quiet.from && hour < quiet.to : hour >= quiet.from || hour < quiet.to;
}

/** The first quarter of an hour after `now` that is not quiet: offsets of time zones are whole quarters. */
export function endOfQuiet(
  timezone: string,
  quiet: { readonly from: number; readonly to: number },
  now: number,
): number {
  const first = Math.floor(now / quarterMs + 1) * quarterMs;
  for (let at = first; at <= first + dayMs; at += quarterMs) if (!isQuiet(localHour(timezone, at), quiet)) return at;
  return first + dayMs;
}

const quarterMs = 900_000;
const dayMs = 86_400_000;
/** Building a format costs more than all the rules together; there are some hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
