import type { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { type EventType, eventTypes } from "../domain/event.ts";

/** Reads an older version of an event's data strictly, and says the same in the next version. */
export interface Upcaster {
  readonly from: string;
  readonly to: string;
  read(data: unknown): Reading;
}

export type Reading =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly issues: readonly z.core.$ZodIssue[] };

export interface Upcasters {
  /** Every type and version that is taken. */
  readonly known: readonly string[];
  /** The newest type that a received type stands for; null when it is not known. */
  newest(type: string): EventType | null;
  /** The data in the newest version's form, which its own schema has yet to check. */
  upcast(type: string, data: unknown): Reading;
}

export function makeUpcaster<S extends z.ZodType>(
  from: string,
  to: string,
  schema: S,
  change: (data: z.infer<S>) => unknown,
): Upcaster {
  return {
    from,
    to,
    read(data) {
      const parsed = schema.safeParse(data);
      return parsed.success ? { ok: true, data: change(parsed.data) } : { ok: false, issues: parsed.error.issues };
    },
  };
}

/** Throws `config` when two read the same version, or one leads nowhere. */
export function makeUpcasters(upcasters: readonly Upcaster[]): Upcasters {
  const steps = new Map(upcasters.map((step) => [step.from, step]));
  const newestOf = new Map<string, EventType>(eventTypes.map((type) => [type, type]));
  if (steps.size !== upcasters.length) throw new AppError("config", "Two upcasters read the same event version.");
  for (const { from } of upcasters) {
    if (newestOf.has(from)) throw new AppError("config", `${from} is the newest version and needs no upcaster.`);
  }
  // Each round settles those that lead to a settled one; what is left leads nowhere, or in a circle.
  for (let settled = -1; settled !== newestOf.size; ) {
    settled = newestOf.size;
    for (const { from, to } of upcasters) {
      const newest = newestOf.get(to);
      if (newest !== undefined) newestOf.set(from, newest);
    }
  }
  for (const { from } of upcasters) {
    if (!newestOf.has(from)) throw new AppError("config", `The upcaster of ${from} does not lead to a known version.`);
  }
  return {
    known: [...newestOf.keys()].sort(),
    newest: (type) => newestOf.get(type) ?? null,
    upcast(type, data) {
      let reading: Reading = { ok: true, data };
      for (let step = steps.get(type); step !== undefined && reading.ok; step = steps.get(step.to)) {
        reading = step.read(reading.data);
      }
      return reading;
    },
  };
}

/** No event has had a second version yet. */
export const upcasters = makeUpcasters([]);
