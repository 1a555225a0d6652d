import { companyKey } from "../../domain/company-name.ts";
import type { AssetKind } from "../../domain/vocabulary.ts";
import { assetKind } from "../../domain/vocabulary.ts";
import { addTo, lowestBit, makeBitset, removeFrom } from "./bitset.ts";
import { roomFor8, roomFor32, roomForFloats } from "./columns.ts";
import { type ProofDocument, textOf } from "./document.ts";
import { makeFeatures } from "./features.ts";
import { makeFilter } from "./filter.ts";
import { gatherNear } from "./near-misses.ts";
import { makeRightsTable } from "./rights-table.ts";
import { makeScorer, recencyOf } from "./scoring.ts";
import type { ProofHit, ProofHits, ProofQuery } from "./search.ts";
import type { SlotColumns } from "./slot-columns.ts";
import { familyOf } from "./stems.ts";
import { makeTextIndex } from "./text-index.ts";
import { makeTopList } from "./top-list.ts";
import { makeUseCache } from "./use-cache.ts";

/** The index itself, over slots in typed arrays: a document that changes moves to a new slot. */
export interface ProofIndex {
  /** Adds the document, in place of what was there under its asset's id. */
  put(document: ProofDocument): void;
  remove(assetId: string): void;
  /** To be called after many changes: makes what was added as quick to search as the rest. */
  compact(): void;
  search(query: ProofQuery): ProofHits;
  readonly size: number;
  /** Slots that are no longer used, until the index is made anew. */
  readonly wasted: number;
}

const MAX_RULED_OUT = 5;
const COMPACT_AFTER = 500;

export function makeProofIndex(label: (term: string) => string): ProofIndex {
  const assetIds: string[] = [];
  const slotOf = new Map<string, number>();
  const companies = new Map<string, number>();
  const live = makeBitset();
  const rights = makeRightsTable();
  const features = makeFeatures();
  const text = makeTextIndex();
  const uses = makeUseCache();
  let versions = new Uint32Array(64);
  let firstGrant = new Uint32Array(64);
  let grantCount = new Uint32Array(64);
  let freshness = new Float64Array(64);
  let recencies = new Float64Array(64);
  let kind = new Uint8Array(64);
  let company = new Uint32Array(64);
  let active = new Uint8Array(64);
  let hasExclusions = new Uint8Array(64);
  let textScores = new Float64Array(64);
  let scores = new Float64Array(64);
  let uncompacted = 0;

  const idOf = (slot: number) => assetIds[slot] ?? "";
  const best = makeTopList(idOf);
  const bestOverAge = makeTopList(idOf);
  const bestRuledOut = makeTopList(idOf);

  function columns(): SlotColumns {
    return { rights, firstGrant, grantCount, freshness, kind, company, active, hasExclusions };
  }

  function makeRoom(length: number): void {
    versions = roomFor32(versions, length);
    firstGrant = roomFor32(firstGrant, length);
    grantCount = roomFor32(grantCount, length);
    freshness = roomForFloats(freshness, length);
    recencies = roomForFloats(recencies, length);
    kind = roomFor8(kind, length);
    company = roomFor32(company, length);
    active = roomFor8(active, length);
    hasExclusions = roomFor8(hasExclusions, length);
    textScores = roomForFloats(textScores, length);
    scores = roomForFloats(scores, length);
  }

  function companyId(name: string | undefined): number {
    const key = name === undefined ? "" : companyKey(name);
    if (key === "") return 0;
    const known = companies.get(key);
    if (known !== undefined) return known;
    companies.set(key, companies.size + 1);
    return companies.size;
  }

  function retire(assetId: string): void {
    const slot = slotOf.get(assetId);
    if (slot === undefined) return;
    slotOf.delete(assetId);
    removeFrom(live, slot);
    features.retire(slot);
    text.retire(slot);
    uses.clear();
  }

  function hit(slot: number, score: number, parts: ProofHit["parts"]): ProofHit {
    return { assetId: idOf(slot), version: versions[slot] ?? 0, score, parts };
  }

  return {
    get size() {
      return slotOf.size;
    },
    get wasted() {
      return assetIds.length - slotOf.size;
    },
    put(document) {
      retire(document.assetId);
      const slot = assetIds.length;
      makeRoom(slot + 1);
      assetIds.push(document.assetId);
      slotOf.set(document.assetId, slot);
      versions[slot] = document.version;
      firstGrant[slot] = rights.add(document);
      grantCount[slot] = document.grants.length;
      freshness[slot] = Date.parse(document.content.freshnessTimestamp);
      recencies[slot] = recencyOf(freshness[slot] ?? 0);
      kind[slot] = kindCode(document.content.kind);
      company[slot] = companyId(document.endorser?.company);
      active[slot] = document.isActive ? 1 : 0;
      hasExclusions[slot] = document.grants.some(({ terms }) => terms.excludes !== undefined) ? 1 : 0;
      features.add(slot, document);
      text.add(slot, textOf(document, label), familyOf(document.content.language));
      addTo(live, slot);
      uses.clear();
      uncompacted++;
      if (uncompacted > Math.max(COMPACT_AFTER, slot / 4)) this.compact();
    },
    remove: retire,
    compact() {
      text.compact();
      uncompacted = 0;
    },
    search(query) {
      const held = columns();
      const use = uses.get(query, { live, features, columns: held });
      const hasText = query.text.trim() !== "";
      const strongest = hasText ? text.score(query.text, familyOf(query.languages[0] ?? ""), textScores) : [];
      const scorer = makeScorer(query, features, recencies, hasText ? textScores : null);
      const filter = makeFilter(query, held, {
        coverage: use.coverage,
        company: query.company === null ? null : companyKey(query.company),
        companyId: companies.get(query.company === null ? "" : companyKey(query.company)) ?? 0,
        shown: slotsOf(query.excludeAssets, slotOf),
      });

      best.reset(query.limit);
      bestOverAge.reset(query.limit);
      bestRuledOut.reset(MAX_RULED_OUT);
      const { eligible } = use;
      scorer.scoreAll(eligible, scores);
      let failing = MAX_FAILING;
      for (let i = 0; i < eligible.length; i++) {
        for (let rest = eligible[i] ?? 0; rest !== 0; rest &= rest - 1) {
          const slot = i * 32 + lowestBit(rest);
          const score = scores[slot] ?? 0;
          // Once the list of hits is full, what scores below it has no place, over its age or not.
          if (!best.admits(score)) continue;
          const list = filter.isFresh(slot) ? best : bestOverAge;
          if (!list.admits(score)) continue;
          if (filter.passes(slot)) list.offer(slot, score);
          else if (failing-- > 0) bestRuledOut.offer(slot, score);
        }
      }
      for (const slot of gatherNear(query, features, use, strongest)) bestRuledOut.offer(slot, scorer.score(slot));
      const fresh = best.slots();
      const room = query.limit - fresh.length;
      const overAge = bestOverAge.slots();
      for (const slot of overAge.slice(room)) bestRuledOut.offer(slot, scorer.score(slot));
      const scored = (slot: number) => hit(slot, scorer.score(slot), scorer.parts(slot));
      return {
        hits: [
          ...fresh.map(scored),
          ...overAge.slice(0, room).map((slot) => ({ ...scored(slot), asks: ["asset.fresh"] })),
        ],
        ruledOut: bestRuledOut
          .slots()
          .map((slot) => ({ ...hit(slot, scorer.score(slot), scorer.parts(slot)), rejectedBy: filter.reasons(slot) })),
      };
    },
  };
}

/** How many that the use would cover, and something else rules out, are looked at for the explanation. */
const MAX_FAILING = 64;

function kindCode(kind: AssetKind): number {
  return assetKind.options.indexOf(kind);
}

function slotsOf(ids: ReadonlySet<string>, slotOf: ReadonlyMap<string, number>): ReadonlySet<number> {
  const slots = new Set<number>();
  for (const id of ids) {
    const slot = slotOf.get(id);
    if (slot !== undefined) slots.add(slot);
  }
  return slots;
}
