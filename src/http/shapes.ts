import { z } from "zod";
import type { HistoryEntry, HistoryOf } from "../catalogue/catalogue.ts";
import { AppError } from "../domain/errors.ts";
import { instant } from "../domain/vocabulary.ts";

/** Milliseconds UTC as RFC 3339. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Why a person takes something back or stops it; kept in audit entries, so it must not name anybody. */
export const reason = z.string().trim().min(1, "say why").max(300);

/** The id of a record is the path's; a body may repeat it, and nothing else. Throws `invalid`. */
export function verifySameId(pointer: string, inPath: string, inBody: string | undefined): void {
  if (inBody === undefined || inBody === inPath) return;
  const fields = [{ pointer, message: "It differs from the id in the path; leave it out." }];
  throw new AppError("invalid", "The body is another record's.", { fields });
}

/** One entry of a record's history, as it is answered. */
export function historyEntry<D extends z.ZodType>(changes: readonly [string, ...string[]], details: D) {
  return z.strictObject({
    historyId: z.int(),
    change: z.enum(changes),
    details,
    reason: z.string().nullable(),
    by: z.string().describe("An API key's id, or a word for the way in: import, sample, command-line, event:<id>"),
    at: instant,
  });
}

export function shownHistory<R extends keyof HistoryOf>({ at, ...entry }: HistoryEntry<R>) {
  return { ...entry, at: isoTime(at) };
}
