import { wordsOf } from "../../domain/words.ts";
import { roomFor8, roomFor32, roomForFloats } from "./columns.ts";
import { type LanguageFamily, stemOf } from "./stems.ts";

/** BM25's usual constants: how soon repetition stops to count, and how much length does. */
export const K1 = 1.2;
export const B = 0.75;

/**
 * Own BM25 postings in typed arrays. Documents are slots in ascending order. What was added since the last
 * `compact` lies in small lists beside the arrays; what was retired is only no longer counted.
 */
export interface TextIndex {
  /** `slot` must be the next one: one more than any before. */
  add(slot: number, text: string, family: LanguageFamily): void;
  retire(slot: number): void;
  /**
   * Writes each slot's BM25 score for the text into `scores` (zeroed first, at least one number a slot): the sum over
   * the text's words of ln(1 + (N - n + 0.5) / (n + 0.5)) · tf · (K1 + 1) / (tf + K1 · (1 - B + B · length / mean)).
   * Returns the slots that have the word that weighs most, for a look at what is near.
   */
  score(text: string, family: LanguageFamily, scores: Float64Array): Iterable<number>;
  /** Moves everything into the arrays. */
  compact(): void;
}

/** Of a longer text, the terms that weigh most: more of them find no better, and cost more. */
const MAX_QUERY_TERMS = 64;
const MAX_QUERY_CHARS = 8000;
const MAX_HELD_WORDS = 100_000;

interface QueryTerm {
  readonly term: number;
  /** Times in the text, times its inverse document frequency. */
  readonly weight: number;
}

export function makeTextIndex(): TextIndex {
  const termIds = new Map<string, number>();
  const wordIds: Record<LanguageFamily, Map<string, number>> = {
    en: new Map(),
    de: new Map(),
    fr: new Map(),
    other: new Map(),
  };
  let documentsWith = new Uint32Array(1024);

  // By slot: where its terms begin in the arena, how many there are, its length in words.
  let firstTerm = new Uint32Array(64);
  let termCount = new Uint32Array(64);
  let lengths = new Uint32Array(64);
  let arenaTerms = new Uint32Array(1024);
  let arenaCounts = new Uint8Array(1024);
  let arenaLength = 0;
  let slots = 0;
  let live = 0;
  let totalLength = 0;

  // By term: slots below `compacted`, in one array; later ones in `recent` as slot, count, slot, count…
  let compacted = 0;
  let postingStart = new Uint32Array(1);
  let postingSlots = new Uint32Array(0);
  let postingCounts = new Uint8Array(0);
  const recent = new Map<number, number[]>();

  // K1 · (1 - B + B · length / mean) by slot, made anew when the mean has changed.
  let lengthNorms = new Float64Array(0);
  let normsAreStale = true;

  /** -1 for stop words; with `isNew` false also for words that no document has. */
  function termOf(word: string, family: LanguageFamily, isNew: boolean): number {
    const held = wordIds[family];
    const known = held.get(word);
    if (known !== undefined) return known;
    const stem = stemOf(word, family);
    let term = stem === null ? -1 : termIds.get(stem);
    if (term === undefined) {
      if (!isNew || stem === null) return -1;
      term = termIds.size;
      termIds.set(stem, term);
      documentsWith = roomFor32(documentsWith, term + 1);
    }
    if (held.size >= MAX_HELD_WORDS) held.clear();
    held.set(word, term);
    return term;
  }

  function norms(): Float64Array {
    if (!normsAreStale) return lengthNorms;
    const mean = live === 0 ? 1 : Math.max(1, totalLength) / live;
    lengthNorms = roomForFloats(lengthNorms, slots);
    for (let slot = 0; slot < slots; slot++) lengthNorms[slot] = K1 * (1 - B + (B * (lengths[slot] ?? 0)) / mean);
    normsAreStale = false;
    return lengthNorms;
  }

  /** The text's terms that documents have, what says most (count times weight) first. */
  function queryTerms(text: string, family: LanguageFamily): readonly QueryTerm[] {
    const counts = new Map<number, number>();
    for (const word of wordsOf(text.slice(0, MAX_QUERY_CHARS))) {
      const term = termOf(word, family, false);
      if (term >= 0 && (documentsWith[term] ?? 0) > 0) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const terms = [...counts].map(([term, count]) => {
      const n = documentsWith[term] ?? 0;
      return { term, weight: count * Math.log(1 + (live - n + 0.5) / (n + 0.5)) };
    });
    return terms.sort((a, b) => b.weight - a.weight || a.term - b.term).slice(0, MAX_QUERY_TERMS);
  }

  function* slotsWith(term: number): Iterable<number> {
    if (term + 1 < postingStart.length) {
      for (let i = postingStart[term] ?? 0; i < (postingStart[term + 1] ?? 0); i++) yield postingSlots[i] ?? 0;
    }
    const list = recent.get(term) ?? [];
    for (let i = 0; i < list.length; i += 2) yield list[i] ?? 0;
  }

  return {
    add(slot, text, family) {
      const counts = new Map<number, number>();
      let length = 0;
      for (const word of wordsOf(text)) {
        const term = termOf(word, family, true);
        if (term < 0) continue;
        length++;
        counts.set(term, (counts.get(term) ?? 0) + 1);
      }
      firstTerm = roomFor32(firstTerm, slot + 1);
      termCount = roomFor32(termCount, slot + 1);
      lengths = roomFor32(lengths, slot + 1);
      arenaTerms = roomFor32(arenaTerms, arenaLength + counts.size);
      arenaCounts = roomFor8(arenaCounts, arenaLength + counts.size);
      firstTerm[slot] = arenaLength;
      termCount[slot] = counts.size;
      lengths[slot] = length;
      for (const [term, count] of counts) {
        const capped = Math.min(count, 255);
        arenaTerms[arenaLength] = term;
        arenaCounts[arenaLength] = capped;
        arenaLength++;
        documentsWith[term] = (documentsWith[term] ?? 0) + 1;
        const list = recent.get(term);
        if (list) list.push(slot, capped);
        else recent.set(term, [slot, capped]);
      }
      slots = slot + 1;
      live++;
      totalLength += length;
      normsAreStale = true;
    },
    retire(slot) {
      const first = firstTerm[slot] ?? 0;
      for (let i = first; i < first + (termCount[slot] ?? 0); i++) {
        const term = arenaTerms[i] ?? 0;
        documentsWith[term] = (documentsWith[term] ?? 0) - 1;
      }
      live--;
      totalLength -= lengths[slot] ?? 0;
      normsAreStale = true;
    },
    score(text, family, scores) {
      scores.fill(0);
      const terms = queryTerms(text, family);
      const lengthNorm = norms();
      for (const { term, weight: termWeight } of terms) {
        const weight = termWeight * (K1 + 1);
        const end = term + 1 < postingStart.length ? (postingStart[term + 1] ?? 0) : 0;
        for (let i = end === 0 ? 0 : (postingStart[term] ?? 0); i < end; i++) {
          const slot = postingSlots[i] ?? 0;
          const count = postingCounts[i] ?? 0;
          scores[slot] = (scores[slot] ?? 0) + (weight * count) / (count + (lengthNorm[slot] ?? 0));
        }
        const list = recent.get(term);
        if (list === undefined) continue;
        for (let i = 0; i < list.length; i += 2) {
          const slot = list[i] ?? 0;
          const count = list[i + 1] ?? 0;
          scores[slot] = (scores[slot] ?? 0) + (weight * count) / (count + (lengthNorm[slot] ?? 0));
        }
      }
      const [strongest] = terms;
      return strongest === undefined ? [] : slotsWith(strongest.term);
    },
    compact() {
      if (compacted === slots) return;
      const starts = new Uint32Array(termIds.size + 1);
      for (let i = 0; i < arenaLength; i++) {
        const after = (arenaTerms[i] ?? 0) + 1;
        starts[after] = (starts[after] ?? 0) + 1;
      }
      for (let term = 1; term < starts.length; term++) starts[term] = (starts[term] ?? 0) + (starts[term - 1] ?? 0);
      const next = starts.slice();
      postingSlots = new Uint32Array(arenaLength);
      postingCounts = new Uint8Array(arenaLength);
      for (let slot = 0; slot < slots; slot++) {
        const first = firstTerm[slot] ?? 0;
        for (let i = first; i < first + (termCount[slot] ?? 0); i++) {
          const term = arenaTerms[i] ?? 0;
          const at = next[term] ?? 0;
          postingSlots[at] = slot;
          postingCounts[at] = arenaCounts[i] ?? 0;
          next[term] = at + 1;
        }
      }
      postingStart = starts;
      recent.clear();
      compacted = slots;
    },
  };
}
