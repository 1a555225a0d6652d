import { type Bitset, lowestBit, union } from "./bitset.ts";
import type { Features } from "./features.ts";
import { reads } from "./languages.ts";
import { WHOLE_USE } from "./rights-table.ts";
import type { ProofQuery } from "./search.ts";
import type { SlotColumns } from "./slot-columns.ts";

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

function makeView(query: ProofQuery, { live, features, columns }: IndexParts): UseView {
  const { firstGrant, grantCount, active } = columns;
  const coverage = columns.rights.coverage(query);
  const { terms } = columns.rights;
  const offered = features.terms("language").filter((each) => query.languages.some((wanted) => reads(wanted, each)));
  const readable = union(offered.map((language) => features.of("language", language)));
  const isCovered = (first: number, count: number) => {
    for (let row = first; row < first + count; row++) {
      if (((coverage[terms[row] ?? 0] ?? 0) & WHOLE_USE) === WHOLE_USE) return true;
    }
    return false;
  };
  const eligible = new Uint32Array(readable.length);
  const near = new Uint32Array(readable.length);
  for (let i = 0; i < readable.length; i++) {
    const word = (readable[i] ?? 0) & (live.words[i] ?? 0);
    let within = 0;
    for (let rest = word; rest !== 0; rest &= rest - 1) {
      const slot = i * 32 + lowestBit(rest);
      if (active[slot] === 1 && isCovered(firstGrant[slot] ?? 0, grantCount[slot] ?? 0)) within |= rest & -rest;
    }
    eligible[i] = within;
    near[i] = word & ~within;
  }
  return { coverage, eligible, near };
}
