import type { Found } from "./found.ts";
import type { PersonalDataKind } from "./personal-data.ts";

/**
 * Sorted, without overlaps. Of spans that overlap, the surest says what it is, and the span is all of them: a part that
 * two recognisers disagree about is no less personal.
 */
export function mergeFound(found: readonly Found[]): readonly Found[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Found[] = [];
  for (const one of sorted) {
    const last = merged.at(-1);
    if (last === undefined || one.start >= last.end) {
      merged.push(one);
      continue;
    }
    const winner = rank(one) < rank(last) ? one : last;
    merged[merged.length - 1] = { ...winner, start: last.start, end: Math.max(last.end, one.end) };
  }
  return merged;
}

function rank({ kind, strength }: Found): number {
  return order.indexOf(kind) + (strength === "sure" ? 0 : order.length);
}

/** From the most to the least telling form. */
const order: readonly PersonalDataKind[] = [
  "SECRET",
  "EMAIL_ADDRESS",
  "IBAN_CODE",
  "CREDIT_CARD",
  "IP_ADDRESS",
  "US_SSN",
  "US_DRIVER_LICENSE",
  "NATIONAL_ID",
  "ADDRESS",
  "PHONE_NUMBER",
  "PERSON",
];
