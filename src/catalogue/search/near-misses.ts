import { bitOf, lowestBit } from "./bitset.ts";
import type { Features } from "./features.ts";
import type { ProofQuery } from "./search.ts";
import type { UseView } from "./use-cache.ts";

/** At most so many are scored for the explanation. */
const MAX_NEAR = 64;
/** At most so many that have the text's strongest word are looked at. */
const MAX_STRONGEST = 128;

/**
 * Slots that the use itself rules out and that suit otherwise, best guesses first: on topic and in the lead's
 * industry, then on topic, then sharing the text's strongest word, then of the lead's industry or persona. Bounded, since
 * it runs on every decision.
 */
export function gatherNear(
  query: ProofQuery,
  features: Features,
  { near }: UseView,
  strongest: Iterable<number>,
): ReadonlySet<number> {
  const found = new Set<number>();
  const topics = [
    ...query.objections.map((objection) => features.of("objection", objection)),
    ...query.themes.map((theme) => features.of("theme", theme)),
  ];
  const industry = query.industry === null ? null : features.of("industry", query.industry);
  const persona = query.persona === null ? null : features.of("persona", query.persona);
  if (industry) for (const topic of topics) take(found, near, topic, industry);
  for (const topic of topics) take(found, near, topic, null);
  let looks = MAX_STRONGEST;
  for (const slot of strongest) {
    if (found.size >= MAX_NEAR || looks-- === 0) break;
    if (bitOf(near, slot) === 1) found.add(slot);
  }
  if (industry) take(found, near, industry, persona);
  if (persona) take(found, near, persona, null);
  return found;
}

function take(found: Set<number>, near: Uint32Array, first: Uint32Array, second: Uint32Array | null): void {
  const length = Math.min(near.length, first.length);
  for (let i = 0; i < length && found.size < MAX_NEAR; i++) {
    const word = (near[i] ?? 0) & (first[i] ?? 0) & (second ? (second[i] ?? 0) : -1);
    for (let rest = word; rest !== 0 && found.size < MAX_NEAR; rest &= rest - 1) found.add(i * 32 + lowestBit(rest));
  }
}
