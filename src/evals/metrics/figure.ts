import type { Figure } from "../eval.ts";

/** The share of the cases that are so; no figure of no cases. */
export function shareOf(cases: readonly boolean[]): Figure {
  return ratio(cases.filter(Boolean).length, cases.length);
}

export function ratio(part: number, whole: number): Figure {
  return { value: whole === 0 ? null : part / whole, count: whole };
}

/** The mean of those that are figures at all. */
export function meanOf(values: readonly (number | null)[]): Figure {
  const known = values.filter((value) => value !== null);
  return ratio(
    known.reduce((sum, value) => sum + value, 0),
    known.length,
  );
}
