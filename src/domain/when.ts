import { z } from "zod";
import { instant } from "./vocabulary.ts";

const ago = z.string().regex(/^[0-9]{1,4}[mhdw]$/, "a time (RFC 3339), or how long ago: 30m, 12h, 7d, 4w");

/** A time as a person says it: RFC 3339, or how long ago. */
export const when = z.union([instant, ago]);

/** Milliseconds UTC; `now` is what "ago" counts from. */
export function timeOf(said: z.output<typeof when>, now: number): number {
  const count = Number(said.slice(0, -1));
  switch (said.at(-1)) {
    case "m":
      return now - count * minuteMs;
    case "h":
      return now - count * 60 * minuteMs;
    case "d":
      return now - count * 1440 * minuteMs;
    case "w":
      return now - count * 10_080 * minuteMs;
    default:
      return Date.parse(said);
  }
}

const minuteMs = 60_000;
