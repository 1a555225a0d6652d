import { addTo, type Bitset, bitOf, makeBitset, union } from "./bitset.ts";
import type { Features } from "./features.ts";
import { reads } from "./languages.ts";
import type { SlotColumns } from "./proof-index.ts";
import { WHOLE_USE } from "./rights-table.ts";
import type { ProofQuery } from "./search.ts";

/** What a channel, territory, purpose and languages let through, whatever the time: the same for many queries. */
export interface UseView {
  readonly coverage: Uint8Array;
  /** Live, active, in one of the languages, with a grant that covers the use if it is in force. */
  readonly eligible: Uint32Array;
  /** Live and in one of the languages, but not eligible. */
  readonly near: Uint32Array;
}

export interface UseCache {
  get(query: ProofQuery, index: IndexParts): UseView;
  /** After any change of the index. */
  clear(): void;
}

interface IndexParts {
  readonly live: Bitset;
  readonly features: Features;
  readonly columns: SlotColumns;
  readonly slots: number;
}

/** Two bits a slot each: at 10,000 assets 2.5 kB, and as much again for the terms. */
const MAX_HELD = 256;

export function makeUseCache(): UseCache {
  const held = new Map<string, UseView>();
  return {
    get(query, index) {
      const key = `${query.channel}|${query.territory}|${query.purpose}|${query.languages.join()}`;
      const known = held.get(key);
      if (known) return known;
      if (held.size >= MAX_HELD) held.clear();
      const view = makeView(query, index);
      held.set(key, view);
      return view;
    },
    clear: () => held.clear(),
  };
}

function makeView(query: ProofQuery, { live, features, columns, slots }: IndexParts): UseView {
  const { firstGrant, grantCount, active } = columns;
  const coverage = columns.rights.coverage(query);
  const { terms } = columns.rights;
  const offered = features.terms("language").filter((each) => query.languages.some((wanted) => reads(wanted, each)));
  const readable = union(offered.map((language) => features.of("language", language)));
  const eligible = makeBitset(slots);
  const near = makeBitset(slots);
  for (let slot = 0; slot < slots; slot++) {
    if (bitOf(live.words, slot) === 0 || bitOf(readable, slot) === 0) continue;
    let covered = 0;
    const first = firstGrant[slot] ?? 0;
    for (let row = first; row < first + (grantCount[slot] ?? 0) && covered === 0; row++) {
      if (((coverage[terms[row] ?? 0] ?? 0) & WHOLE_USE) === WHOLE_USE) covered = 1;
    }
    addTo(covered === 1 && active[slot] === 1 ? eligible : near, slot);
  }
  return { coverage, eligible: eligible.words, near: near.words };
}
