import { companySize } from "../../domain/vocabulary.ts";
import { bitOf } from "./bitset.ts";
import type { Dimension, Features } from "./features.ts";
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

export type PartName = keyof typeof WEIGHTS;

/** Scores slots for one query; each part is 0..1 and so is their weighted sum. */
export interface Scorer {
  score(slot: number): number;
  parts(slot: number): Readonly<Record<PartName, number>>;
}

export function makeScorer(
  query: ProofQuery,
  features: Features,
  freshness: Float64Array,
  textScores: Float64Array | null,
): Scorer {
  const kinds = query.kinds.map((kind) => features.of("kind", kind));
  const products = query.products.map((product) => features.of("product", product));
  const productsDeclared = features.declared("product");
  const themes = query.themes.map((theme) => features.of("theme", theme));
  const objections = query.objections.map((objection) => features.of("objection", objection));
  const topicWeight = Math.min(2, themes.length) + OBJECTION_WEIGHT * Math.min(1, objections.length);
  const segment = segmentOf(query, features);
  const segmentWeight = segment.reduce((sum, dimension) => sum + dimension.weight, 0);

  const text = (slot: number) => {
    const score = textScores?.[slot] ?? 0;
    return score / (score + HALF_TEXT_SCORE);
  };
  const segmentFit = (slot: number) => {
    let fit = 0;
    for (const dimension of segment) fit += dimension.weight * fitIn(dimension, slot);
    return fit / segmentWeight;
  };
  const theme = (slot: number) => {
    const met = Math.min(2, countIn(themes, slot)) + OBJECTION_WEIGHT * Math.min(1, countIn(objections, slot));
    return met / topicWeight;
  };
  const product = (slot: number) =>
    countIn(products, slot) > 0 ? 1 : bitOf(productsDeclared, slot) === 0 ? UNDECLARED_FIT : 0;
  /** The first kind asked for counts whole, the last not less than half. */
  const kind = (slot: number) => {
    for (let i = 0; i < kinds.length; i++) {
      const words = kinds[i];
      if (words && bitOf(words, slot) === 1) return 1 - (0.5 * i) / kinds.length;
    }
    return 0;
  };
  const recency = (slot: number) => {
    const age = query.now - (freshness[slot] ?? 0);
    return age <= 0 ? 1 : 2 ** (-age / RECENCY_HALF_LIFE_MS);
  };

  const asksText = textScores !== null;
  const asksSegment = segment.length > 0;
  const asksTheme = topicWeight > 0;
  const asksProduct = products.length > 0;
  const asksKind = kinds.length > 0;
  const asked =
    (asksText ? WEIGHTS.text : 0) +
    (asksSegment ? WEIGHTS.segment : 0) +
    (asksTheme ? WEIGHTS.theme : 0) +
    (asksProduct ? WEIGHTS.product : 0) +
    (asksKind ? WEIGHTS.kind : 0) +
    WEIGHTS.recency;

  return {
    score(slot) {
      let sum = WEIGHTS.recency * recency(slot);
      if (asksText) sum += WEIGHTS.text * text(slot);
      if (asksSegment) sum += WEIGHTS.segment * segmentFit(slot);
      if (asksTheme) sum += WEIGHTS.theme * theme(slot);
      if (asksProduct) sum += WEIGHTS.product * product(slot);
      if (asksKind) sum += WEIGHTS.kind * kind(slot);
      return sum / asked;
    },
    parts: (slot) => ({
      text: asksText ? text(slot) : 0,
      segment: asksSegment ? segmentFit(slot) : 0,
      theme: asksTheme ? theme(slot) : 0,
      product: asksProduct ? product(slot) : 0,
      kind: asksKind ? kind(slot) : 0,
      recency: recency(slot),
    }),
  };
}

interface SegmentDimension {
  readonly weight: number;
  readonly members: Uint32Array;
  readonly declared: Uint32Array;
  readonly near: readonly Uint32Array[];
}

function segmentOf(query: ProofQuery, features: Features): readonly SegmentDimension[] {
  const one = (dimension: Dimension, weight: number, term: string | null, near: readonly string[] = []) =>
    term === null
      ? []
      : [
          {
            weight,
            members: features.of(dimension, term),
            declared: features.declared(dimension),
            near: near.map((each) => features.of(dimension, each)),
          },
        ];
  return [
    ...one("persona", SEGMENT_WEIGHTS.persona, query.persona),
    ...one("industry", SEGMENT_WEIGHTS.industry, query.industry),
    ...one("size", SEGMENT_WEIGHTS.size, query.companySize, sizesNextTo(query.companySize)),
    ...one("stage", SEGMENT_WEIGHTS.stage, query.stage),
  ];
}

function sizesNextTo(size: ProofQuery["companySize"]): readonly string[] {
  if (size === null) return [];
  const sizes = companySize.options;
  const at = sizes.indexOf(size);
  return sizes.slice(Math.max(0, at - 1), at + 2).filter((each) => each !== size);
}

function fitIn({ members, declared, near }: SegmentDimension, slot: number): number {
  if (bitOf(members, slot) === 1) return 1;
  if (bitOf(declared, slot) === 0) return UNDECLARED_FIT;
  return countIn(near, slot) > 0 ? NEXT_SIZE_FIT : 0;
}

function countIn(sets: readonly Uint32Array[], slot: number): number {
  let count = 0;
  for (const words of sets) count += bitOf(words, slot);
  return count;
}
