import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stemsOf } from "./stems.ts";
import { makeTextIndex, type TextIndex } from "./text-index.ts";

describe("BM25", () => {
  // Three documents of 4, 2 and 3 terms: a mean of 3.
  const documents = ["apple apple pear plum", "apple kiwi", "grape kiwi fig"];

  test("gives the scores worked out by hand", () => {
    const index = indexOf(documents);
    const scores = scored(index, "apple", 3);
    // N = 3, n = 2: ln(1 + 1.5 / 2.5) = 0.470004. First: tf 2, norm 1.2 (0.25 + 0.75 · 4/3) = 1.5: 2 · 2.2 / 3.5.
    // Second: tf 1, norm 1.2 (0.25 + 0.75 · 2/3) = 0.9: 2.2 / 1.9.
    expect(scores[0]).toBeCloseTo(0.470004 * ((2 * 2.2) / 3.5), 5);
    expect(scores[1]).toBeCloseTo(0.470004 * (2.2 / 1.9), 5);
    expect(scores[2]).toBe(0);
    // "fig" is in one of three: ln(1 + 2.5 / 1.5) = 0.980829; its document has the mean length, so the norm is 1.2.
    // A word that the text says twice counts twice.
    expect(scored(index, "FIGS!", 3)[2]).toBeCloseTo(0.980829, 5);
    expect(scored(index, "FIGS, figs!", 3)[2]).toBeCloseTo(2 * 0.980829, 5);
  });

  test("is the same before and after compaction, and after a document came and went", () => {
    const once = scored(indexOf(documents), "apple kiwi plum", 3);
    const index = indexOf(documents);
    index.compact();
    expect(scored(index, "apple kiwi plum", 3)).toEqual(once);
    index.add(3, "apple banana kiwi", "other");
    expect(scored(index, "apple kiwi plum", 4)).not.toEqual([...once, 0]);
    index.retire(3);
    expect(scored(index, "apple kiwi plum", 4).slice(0, 3)).toEqual(once);
    index.compact();
    expect(scored(index, "apple kiwi plum", 4).slice(0, 3)).toEqual(once);
  });

  test("equals the formula over any documents, however they were added", () => {
    const word = fc.constantFrom("ab", "cd", "ef", "gh", "ij", "kl");
    const document = fc.array(word, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 20 }), document, fc.nat(20), (texts, query, cut) => {
        const index = makeTextIndex();
        texts.forEach((text, slot) => {
          if (slot === cut) index.compact();
          index.add(slot, text.join(" "), "other");
        });
        const scores = scored(index, query.join(" "), texts.length);
        for (const [slot, text] of texts.entries()) expect(scores[slot]).toBeCloseTo(naive(texts, text, query), 9);
      }),
    );
  });

  test("of no words, stop words, unknown words and in an empty index is nothing", () => {
    for (const query of ["", "the and of", "zzz", "… ?!"]) {
      expect(scored(indexOf(["the apple"]), query, 1, "en")).toEqual([0]);
    }
    expect(scored(makeTextIndex(), "apple", 1)).toEqual([0]);
  });
});

describe("stems", () => {
  test.each([
    ["en", ["integrate", "integrates", "integrating", "integration", "integrations", "integrated"]],
    ["en", ["price", "prices", "pricing", "Priced"]],
    ["en", ["plan", "plans", "planning", "planned"]],
    ["en", ["company", "companies"]],
    ["de", ["Einführung", "Einführungen"]],
    ["de", ["teuer", "teuere", "teueren"].slice(1)],
    ["de", ["Straße", "strasse", "STRASSEN"]],
    ["fr", ["intégré", "intégrés", "intégrée"]],
    ["other", ["Ångström", "angstrom"]],
  ] as const)("%s: forms of a word meet", (family, forms) => {
    expect(new Set(forms.flatMap((form) => stemsOf(form, family))).size).toBe(1);
  });

  test("different words stay apart; stop words go", () => {
    expect(stemsOf("The bus uses analysis and process speed", "en")).toEqual([
      "bus",
      "use",
      "analysis",
      "proces",
      "speed",
    ]);
    expect(stemsOf("das ist nicht zu teuer", "de")).toEqual(["teu"]);
  });
});

function indexOf(documents: readonly string[]): TextIndex {
  const index = makeTextIndex();
  for (const [slot, text] of documents.entries()) index.add(slot, text, "en");
  return index;
}

function scored(index: TextIndex, query: string, slots: number, family: "en" | "other" = "en"): number[] {
  const scores = new Float64Array(slots);
  index.score(query, family, scores);
  return [...scores];
}

function naive(texts: readonly string[][], text: readonly string[], query: readonly string[]): number {
  const mean = texts.reduce((sum, each) => sum + each.length, 0) / texts.length;
  let score = 0;
  for (const term of query) {
    const n = texts.filter((each) => each.includes(term)).length;
    const tf = text.filter((each) => each === term).length;
    if (n === 0) continue;
    const idf = Math.log(1 + (texts.length - n + 0.5) / (n + 0.5));
    score += (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * text.length) / mean));
  }
  return score;
}
