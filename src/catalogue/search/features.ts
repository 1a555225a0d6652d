import { addTo, type Bitset, makeBitset, removeFrom } from "./bitset.ts";
import type { ProofDocument } from "./document.ts";

export type Dimension =
  | "persona"
  | "industry"
  | "size"
  | "stage"
  | "theme"
  | "objection"
  | "product"
  | "kind"
  | "language";

/** Which slots carry which term, one bitmap a term; and which say anything at all in a dimension. */
export interface Features {
  add(slot: number, document: ProofDocument): void;
  retire(slot: number): void;
  of(dimension: Dimension, term: string): Uint32Array;
  /** Slots that name no term of the dimension, and so suit everybody. */
  undeclared(dimension: Dimension): Uint32Array;
  /** Every term of the dimension that was ever seen. */
  terms(dimension: Dimension): readonly string[];
}

const NOBODY = new Uint32Array(0);

export function makeFeatures(): Features {
  const dimensions = new Map<Dimension, { readonly terms: Map<string, Bitset>; readonly undeclared: Bitset }>();

  function add(slot: number, dimension: Dimension, terms: readonly string[]): void {
    let held = dimensions.get(dimension);
    if (held === undefined) {
      held = { terms: new Map(), undeclared: makeBitset() };
      dimensions.set(dimension, held);
    }
    if (terms.length === 0) addTo(held.undeclared, slot);
    for (const term of terms) {
      let set = held.terms.get(term);
      if (set === undefined) {
        set = makeBitset();
        held.terms.set(term, set);
      }
      addTo(set, slot);
    }
  }

  return {
    add(slot, { content, endorser }) {
      const { personas, industries, companySizes, stages } = content.audienceSegment;
      add(slot, "persona", personas);
      // Where the asset names no audience, it speaks first to those like its endorser.
      add(slot, "industry", industries.length > 0 ? industries : listOf(endorser?.industry));
      add(slot, "size", companySizes.length > 0 ? companySizes : listOf(endorser?.companySize));
      add(slot, "stage", stages);
      add(slot, "theme", content.themes);
      add(slot, "objection", content.objections);
      add(slot, "product", content.productContext);
      add(slot, "kind", [content.kind]);
      add(slot, "language", [content.language]);
    },
    retire(slot) {
      for (const { terms, undeclared } of dimensions.values()) {
        removeFrom(undeclared, slot);
        for (const set of terms.values()) removeFrom(set, slot);
      }
    },
    of: (dimension, term) => dimensions.get(dimension)?.terms.get(term)?.words ?? NOBODY,
    undeclared: (dimension) => dimensions.get(dimension)?.undeclared.words ?? NOBODY,
    terms: (dimension) => [...(dimensions.get(dimension)?.terms.keys() ?? [])],
  };
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
