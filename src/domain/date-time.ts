/** `Tue, 24 Nov 2026, 23:57`, as clocks show it in the zone. */
export function dateTime(at: number | string, timeZone = "UTC"): string {
  return formatter(timeZone).format(typeof at === "string" ? Date.parse(at) : at);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  formatters.set(timeZone, made);
  return made;
}
