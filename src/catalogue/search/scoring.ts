import { companySize } from "../../domain/vocabulary.ts";
import { bitOf, except, lowestBit, onceAndTwice, union } from "./bitset.ts";
import type { Features } from "./features.ts";
import type { ProofQuery } from "./search.ts";

/**
 * What each part adds to a score, of 1. Only parts that the query asks about count: without text, say, the others
 * share its weight in proportion. `recency` is always asked.
 */
export const WEIGHTS = { text: 0.25, segment: 0.25, theme: 0.25, product: 0.1, kind: 0.08, recency: 0.07 } as const;

/** What each dimension adds to the segment's fit, of those that the query names. */
export const SEGMENT_WEIGHTS = { persona: 0.3, industry: 0.3, size: 0.2, stage: 0.2 } as const;

/** An objection answered counts as much as this many themes met. */
const OBJECTION_WEIGHT = 2;
/** How well an asset suits that names nobody in a dimension: it is for everybody, and for nobody in particular. */
const UNDECLARED_FIT = 0.5;
/** One size away from the lead's. */
const NEXT_SIZE_FIT = 0.5;
/** The BM25 score that counts half; from there to infinity it grows to 1. */
const HALF_TEXT_SCORE = 6;
/** After so many days an asset counts half as recent. */
const RECENCY_HALF_LIFE_MS = 365 * 86_400_000;
/** Recency is kept relative to this instant, so that a query multiplies once instead of raising a power per asset. */
const RECENCY_REFERENCE = Date.UTC(2026, 0, 1);

/** What `makeScorer` reads of an asset's age: the power of two that has the reference's age taken out. */
export function recencyOf(freshness: number): number {
  return 2 ** ((freshness - RECENCY_REFERENCE) / RECENCY_HALF_LIFE_MS);
}

export type PartName = keyof typeof WEIGHTS;

/** Scores slots for one query; each part is 0..1 and so is their weighted sum. */
export interface Scorer {
  /** Scores of all the slots in `among`, into `scores` (one number a slot; the others' are of no use). */
  scoreAll(among: Uint32Array, scores: Float64Array): void;
  /** The same for one. */
  score(slot: number): number;
  parts(slot: number): Readonly<Record<PartName, number>>;
}

/** Columns by slot: `recencies` from `recencyOf`, `textScores` from the text index, or null without text. */
export function makeScorer(
  query: ProofQuery,
  features: Features,
  recencies: Float64Array,
  textScores: Float64Array | null,
): Scorer {
  const shares = [
    ...segmentGains(query, features),
    ...themeGains(query, features),
    ...productGains(query, features),
    ...kindGains(query, features),
  ];
  const asked = new Set<PartName>(["recency", ...shares.map(({ part }) => part)]);
  if (textScores) asked.add("text");
  const whole = [...asked].reduce((sum, part) => sum + WEIGHTS[part], 0);
  const gains = shares.map((gain) => ({ ...gain, amount: (WEIGHTS[gain.part] * gain.share) / whole }));
  const textWeight = WEIGHTS.text / whole;
  const recencyWeight = WEIGHTS.recency / whole;
  const ageOfReference = 2 ** (-(query.now - RECENCY_REFERENCE) / RECENCY_HALF_LIFE_MS);

  const text = (slot: number) => {
    const score = textScores?.[slot] ?? 0;
    return score / (score + HALF_TEXT_SCORE);
  };
  const recency = (slot: number) => Math.min(1, (recencies[slot] ?? 0) * ageOfReference);
  const graded = (slot: number) => textWeight * text(slot) + recencyWeight * recency(slot);

  return {
    scoreAll(among, scores) {
      scores.fill(0);
      for (const { words, amount } of gains) addWhere(scores, among, words, amount);
      for (let i = 0; i < among.length; i++) {
        for (let rest = among[i] ?? 0; rest !== 0; rest &= rest - 1) {
          const slot = i * 32 + lowestBit(rest);
          scores[slot] = (scores[slot] ?? 0) + graded(slot);
        }
      }
    },
    score(slot) {
      let sum = 0;
      for (const { words, amount } of gains) sum += amount * bitOf(words, slot);
      return sum + graded(slot);
    },
    parts(slot) {
      const parts = { text: text(slot), segment: 0, theme: 0, product: 0, kind: 0, recency: recency(slot) };
      for (const { part, share, words } of gains) if (bitOf(words, slot) === 1) parts[part] += share;
      return parts;
    },
  };
}

/** Slots that gain this share of a part. */
interface Gain {
  readonly part: "segment" | "theme" | "product" | "kind";
  readonly share: number;
  readonly words: Uint32Array;
}

function addWhere(scores: Float64Array, among: Uint32Array, words: Uint32Array, amount: number): void {
  const length = Math.min(among.length, words.length);
  for (let i = 0; i < length; i++) {
    for (let rest = (among[i] ?? 0) & (words[i] ?? 0); rest !== 0; rest &= rest - 1) {
      const slot = i * 32 + lowestBit(rest);
      scores[slot] = (scores[slot] ?? 0) + amount;
    }
  }
}

function segmentGains(query: ProofQuery, features: Features): readonly Gain[] {
  const named = [
    { dimension: "persona", term: query.persona, near: [] },
    { dimension: "industry", term: query.industry, near: [] },
    { dimension: "size", term: query.companySize, near: sizesNextTo(query.companySize) },
    { dimension: "stage", term: query.stage, near: [] },
  ] as const;
  const whole = named.reduce((sum, { dimension, term }) => sum + (term === null ? 0 : SEGMENT_WEIGHTS[dimension]), 0);
  return named.flatMap(({ dimension, term, near }) => {
    if (term === null) return [];
    const share = SEGMENT_WEIGHTS[dimension] / whole;
    const members = features.of(dimension, term);
    const undeclared = features.undeclared(dimension);
    const gains: Gain[] = [
      { part: "segment", share, words: members },
      { part: "segment", share: share * UNDECLARED_FIT, words: undeclared },
    ];
    if (near.length > 0) {
      const nearby = except(union(near.map((each) => features.of(dimension, each))), members);
      gains.push({ part: "segment", share: share * NEXT_SIZE_FIT, words: nearby });
    }
    return gains;
  });
}

/** Up to two of the themes count, and one of the objections. */
function themeGains(query: ProofQuery, features: Features): readonly Gain[] {
  const whole = Math.min(2, query.themes.length) + (query.objections.length > 0 ? OBJECTION_WEIGHT : 0);
  if (whole === 0) return [];
  const { once, twice } = onceAndTwice(query.themes.map((theme) => features.of("theme", theme)));
  const objections = union(query.objections.map((objection) => features.of("objection", objection)));
  return [
    { part: "theme", share: 1 / whole, words: once },
    { part: "theme", share: 1 / whole, words: twice },
    { part: "theme", share: OBJECTION_WEIGHT / whole, words: objections },
  ];
}

function productGains(query: ProofQuery, features: Features): readonly Gain[] {
  if (query.products.length === 0) return [];
  const members = union(query.products.map((product) => features.of("product", product)));
  return [
    { part: "product", share: 1, words: members },
    { part: "product", share: UNDECLARED_FIT, words: features.undeclared("product") },
  ];
}

/** The first kind asked for counts whole, the last a little over half; an asset is of one kind. */
function kindGains(query: ProofQuery, features: Features): readonly Gain[] {
  return [...new Set(query.kinds)].map((kind, index, kinds) => ({
    part: "kind",
    share: 1 - (0.5 * index) / kinds.length,
    words: features.of("kind", kind),
  }));
}

function sizesNextTo(size: ProofQuery["companySize"]): readonly string[] {
  if (size === null) return [];
  const sizes = companySize.options;
  const at = sizes.indexOf(size);
  return sizes.slice(Math.max(0, at - 1), at + 2).filter((each) => each !== size);
}
