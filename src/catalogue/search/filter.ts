import { assetKind } from "../../domain/vocabulary.ts";
import {
  BEFORE_NARROWING,
  CANNOT_BE_SHOWN,
  CHANNEL,
  NEEDS_LOGO,
  NEEDS_NOTHING,
  NEEDS_QUOTE,
  PURPOSE,
  TERRITORY,
  WHOLE_USE,
} from "./rights-table.ts";
import type { ProofQuery } from "./search.ts";
import type { SlotColumns } from "./slot-columns.ts";

/** Judges single slots for one query, exactly as the rules would that depend on asset, grants and endorser alone. */
export interface Filter {
  passes(slot: number): boolean;
  /** Whether it is within the age of its kind: over it, a person is asked, so that alone rules nothing out. */
  isFresh(slot: number): boolean;
  /** The rules in the way, by id; of one that passes, its age at most. */
  reasons(slot: number): readonly string[];
}

export interface FilterFacts {
  readonly coverage: Uint8Array;
  /** The lead's company by its key, and as interned; null and 0 where there is none. */
  readonly company: string | null;
  readonly companyId: number;
  readonly shown: ReadonlySet<number>;
}

/** Clocks may differ by so much; an asset that is dated further ahead has a wrong date. */
const CLOCK_GRACE_MS = 86_400_000;

export function makeFilter(query: ProofQuery, columns: SlotColumns, facts: FilterFacts): Filter {
  const { firstGrant, grantCount, freshness, kind, company, active, hasExclusions } = columns;
  const { terms, from, until, needs, exclusions, excludes } = columns.rights;
  const { coverage, shown } = facts;
  const hasShown = shown.size > 0;
  const { now } = query;
  const showsQuote = query.elements.includes("quote");
  const showsLogo = query.elements.includes("logo");
  const freshAfter = assetKind.options.map((each) => query.freshAfter[each] ?? Number.NEGATIVE_INFINITY);

  const isInForce = (row: number) => (from[row] ?? 0) <= now && now < (until[row] ?? 0);

  /** The row that covers the use best: in force, then channel, territory, purpose, in this order. -1: no grant. */
  function coveringRow(slot: number): number {
    const first = firstGrant[slot] ?? 0;
    let best = -1;
    let bestRank = -1;
    for (let row = first; row < first + (grantCount[slot] ?? 0); row++) {
      const covered = (coverage[terms[row] ?? 0] ?? 0) >> BEFORE_NARROWING;
      const rank =
        (isInForce(row) ? 8 : 0) +
        (covered & CHANNEL ? 4 : 0) +
        (covered & TERRITORY ? 2 : 0) +
        (covered & PURPOSE ? 1 : 0);
      if (rank > bestRank) {
        best = row;
        bestRank = rank;
        if (rank === 15) break;
      }
    }
    return best;
  }

  function narrowedCoverage(row: number): number {
    return (coverage[terms[row] ?? 0] ?? 0) & WHOLE_USE;
  }

  function canBeShown(row: number): boolean {
    const need = needs[row] ?? CANNOT_BE_SHOWN;
    return need === NEEDS_NOTHING || (need === NEEDS_QUOTE && showsQuote) || (need === NEEDS_LOGO && showsLogo);
  }

  function isFresh(slot: number): boolean {
    const at = freshness[slot] ?? 0;
    return at >= (freshAfter[kind[slot] ?? 0] ?? 0) && at - now <= CLOCK_GRACE_MS;
  }

  /** An exclusion once given holds until its grant ends; whose company is unknown can't be told from the excluded. */
  function isExcluded(slot: number): boolean {
    const own = company[slot] ?? 0;
    if (own !== 0 && own === facts.companyId) return true;
    if (hasExclusions[slot] === 0) return false;
    const first = firstGrant[slot] ?? 0;
    for (let row = first; row < first + (grantCount[slot] ?? 0); row++) {
      const id = exclusions[row] ?? 0;
      if (id === 0 || (until[row] ?? 0) <= now) continue;
      if (facts.company === null || excludes(id, facts.company)) return true;
    }
    return false;
  }

  return {
    isFresh,
    passes(slot) {
      if (active[slot] === 0) return false;
      const row = coveringRow(slot);
      return (
        row >= 0 &&
        isInForce(row) &&
        narrowedCoverage(row) === WHOLE_USE &&
        canBeShown(row) &&
        !isExcluded(slot) &&
        !(hasShown && shown.has(slot))
      );
    },
    reasons(slot) {
      const row = coveringRow(slot);
      const covered = row < 0 ? 0 : narrowedCoverage(row);
      const found: string[] = [];
      if (active[slot] === 0) found.push("asset.current");
      if (row < 0 || !isInForce(row)) found.push("grant.valid");
      // Without any grant there is nothing to say about its terms.
      if (row >= 0) {
        if ((covered & CHANNEL) === 0) found.push("grant.channel");
        if ((covered & TERRITORY) === 0) found.push("grant.territory");
        if ((covered & PURPOSE) === 0) found.push("grant.purpose");
        if (!canBeShown(row)) found.push("grant.elements");
      }
      if (!isFresh(slot)) found.push("asset.fresh");
      if (isExcluded(slot)) found.push("endorser.exclusions");
      if (shown.has(slot)) found.push("contact.repeat");
      return found;
    },
  };
}
