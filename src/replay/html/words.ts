import { type DecisionStatus, decisionStatus } from "../../domain/decision.ts";

/** Which decisions were asked for: one by its id, else those in [since, until), milliseconds UTC. */
export interface ReplayScope {
  readonly decision: string | null;
  readonly since: number | null;
  readonly until: number | null;
}

/** Up to when a replay looked: to `until`, else to when it was made (RFC 3339). */
export function periodWords({ decision, since, until }: ReplayScope, at: string): string {
  if (decision !== null) return `the decision ${decision}`;
  const end = clock(until ?? Date.parse(at));
  return since === null ? `up to ${end}` : `${minute.format(since)} to ${end}`;
}

/** `24 Nov 2026, 04:33 UTC`. */
export function clock(at: number): string {
  return `${minute.format(at)} UTC`;
}

const minute = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** How a decision rests, for whoever reads no code; as it is where it is not known. */
export function statusWords(status: string): string {
  const known = decisionStatus.safeParse(status);
  return known.success ? words[known.data] : status;
}

const words = {
  published: "shown",
  "awaiting-approval": "a person is asked",
  held: "held until later",
  "no-action": "nothing to show",
  denied: "not allowed",
  failed: "failed",
  withdrawn: "taken back",
  received: "received",
  running: "under way",
} as const satisfies Record<DecisionStatus, string>;

/** From what reaches the lead to what does not. */
export const statusOrder: readonly string[] = Object.keys(words);

/** One decimal, and never 100% for what is not all of it, nor 0% for what is not nothing. */
export function percent(share: number): string {
  const shown = Math.round(share * 1000) / 10;
  if (shown === 100 && share < 1) return "99.9%";
  if (shown === 0 && share > 0) return "0.1%";
  return `${shown}%`;
}

/** `1 decision`, `2 decisions`. */
export function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}
