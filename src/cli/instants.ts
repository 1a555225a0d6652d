import { InvalidArgumentError } from "commander";

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `30d`, `12h`, `45m`, `2w` before `now`, or an RFC 3339 time, as milliseconds UTC. For commander: throws its error. */
export function readInstant(text: string, now: number): number {
  const ago = /^(\d{1,5})([mhdw])$/.exec(text);
  const unit = ago?.[2];
  if (ago && (unit === "m" || unit === "h" || unit === "d" || unit === "w")) return now - Number(ago[1]) * units[unit];
  const at = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("30d, 12h, 45m, 2w, or a time such as 2026-11-03T10:00:00Z");
  return at;
}
