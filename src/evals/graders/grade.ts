import type { PlacementRecord } from "../../domain/decision.ts";
import type { Grade, Moment } from "../eval.ts";

/** The grade of one thing, in words that say what was expected and what came. */
export function gradeOf(
  grader: string,
  step: number | null,
  {
    passed,
    wanted,
    came,
    expected,
    got,
  }: Omit<Grade, "grader" | "step" | "words"> & {
    readonly wanted: string;
    readonly came: string;
  },
): Grade {
  const words = passed ? `expected ${wanted}, and so it is` : `expected ${wanted}, got ${came}`;
  return { grader, step, passed, words, expected, got };
}

/** What came of the moment, in a few words: `nothing (denied: consent.channel: …)`. */
export function cameOf({ action, decision, refusal }: Moment): string {
  if (refusal) return `a refusal (${refusal.code}: ${refusal.message})`;
  if (decision === null) return "no decision";
  const { status, reason } = decision;
  const why = reason === null ? status : `${status}: ${reason}`;
  if (action !== "show") return `${action ?? "no rest"} (${why})`;
  return `show (${placedOf(decision).map(placeWords).join(", ") || why})`;
}

/** What of the plan is or would be seen: not what the rules or a person struck out. */
export function placedOf(decision: { readonly placements: readonly PlacementRecord[] } | null) {
  return decision?.placements.filter(({ state }) => state !== "rejected" && state !== "not-published") ?? [];
}

export function touchpointOf({ touchpoint: { channel, place } }: Pick<PlacementRecord, "touchpoint">): string {
  return `${channel}/${place}`;
}

export function placeWords(placement: PlacementRecord): string {
  return `${placement.assetId} at ${touchpointOf(placement)}`;
}

/** `a, b`, or what to say of an empty list. */
export function listed(items: readonly string[], ifNone = "none"): string {
  return items.length === 0 ? ifNone : items.join(", ");
}

/** The same items, however they are ordered and as often each. */
export function isSameBag(a: readonly string[], b: readonly string[]): boolean {
  const sorted = b.toSorted();
  return a.length === b.length && a.toSorted().every((item, index) => item === sorted[index]);
}
