/** A date or a time of day in figures, and what it is compared by. */
export interface DateFigure {
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
}

/** Dates as `2026-11-20`, `20.11.2026` and with slashes, and times as `16:40` and `5 pm`. */
export function dateFigures(text: string): readonly DateFigure[] {
  if (!/\d/.test(text)) return [];
  return [...text.matchAll(form)].map((match) => {
    const [found] = match;
    return { start: match.index, end: match.index + found.length, keys: [keyOf(match.groups ?? {})] };
  });
}

const form =
  /(?<!\d)(?:(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})|(?<d2>\d{1,2})\.\s?(?<m2>\d{1,2})\.\s?(?<y2>\d{4})|(?<slashed>\d{1,2}\/\d{1,2}\/\d{2,4})|(?<h>\d{1,2}):(?<min>\d{2})(?:\s?(?<half>[ap])\.?m\b)?|(?<h2>\d{1,2})\s?(?<half2>[ap])\.?m\b)(?!\d)/giu;

function keyOf(at: Readonly<Record<string, string | undefined>>): string {
  if (at.slashed !== undefined) return `date|${at.slashed}`;
  const year = at.y ?? at.y2;
  if (year !== undefined) return `date|${year}-${Number(at.m ?? at.m2)}-${Number(at.d ?? at.d2)}`;
  const hour = Number(at.h ?? at.h2);
  const isAfternoon = (at.half ?? at.half2)?.toLowerCase() === "p";
  const hours = (hour % 12) + (isAfternoon || (at.half === undefined && at.half2 === undefined && hour >= 12) ? 12 : 0);
  return `clock|${hours}:${at.min ?? "00"}`;
}
