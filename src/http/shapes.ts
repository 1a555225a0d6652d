import { z } from "zod";

/** Milliseconds UTC as RFC 3339. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Why a person takes something back or stops it; kept in audit entries, so it must not name anybody. */
export const reason = z.string().trim().min(1, "say why").max(300);
