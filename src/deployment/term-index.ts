import type { Taxonomy } from "../domain/deployer-profile.ts";
import { nearest } from "../domain/nearest.ts";
import { wordsOf } from "../domain/words.ts";
import type { TermIndex } from "./deployment.ts";

/** Compiles a taxonomy once; look-ups and reading are then linear in what is asked. */
export function makeTermIndex(taxonomy: Taxonomy): TermIndex {
  const known = {
    personas: termsOf(taxonomy.personas),
    industries: termsOf(taxonomy.industries),
    products: termsOf(taxonomy.products),
    themes: termsOf(taxonomy.themes),
    objections: termsOf(taxonomy.objections),
    purposes: termsOf(taxonomy.purposes),
  } satisfies Record<keyof Taxonomy, ReadonlySet<string>>;
  const themes = compilePhrases(taxonomy.themes);
  const objections = compilePhrases(taxonomy.objections);
  return {
    terms: taxonomy,
    problem(vocabulary, term) {
      const terms = known[vocabulary];
      if (terms.has(term)) return null;
      return `"${term}" is not one of the deployment's ${vocabulary}; ${nearestWords(term, terms)}`;
    },
    read(text) {
      const words = wordsOf(text);
      return { themes: themes(words), objections: objections(words) };
    },
  };
}

type Terms = Taxonomy[keyof Taxonomy];

function termsOf(terms: Terms): ReadonlySet<string> {
  return new Set(terms.map(({ term }) => term));
}

function nearestWords(term: string, terms: ReadonlySet<string>): string {
  const near = nearest(term, terms);
  return near.length > 0 ? `nearest: ${near.join(", ")}` : `known: ${[...terms].join(", ") || "none"}`;
}

interface Phrase {
  readonly words: readonly string[];
  readonly term: number;
}

/** Phrases by their first word, so that each word of a text is looked up once. Answers terms in the taxonomy's order. */
function compilePhrases(terms: Terms): (words: readonly string[]) => readonly string[] {
  const byFirst = new Map<string, Phrase[]>();
  terms.forEach(({ phrases }, term) => {
    for (const phrase of phrases) {
      const words = wordsOf(phrase);
      const [first] = words;
      if (first === undefined) continue;
      const sharing = byFirst.get(first);
      if (sharing) sharing.push({ words, term });
      else byFirst.set(first, [{ words, term }]);
    }
  });
  return (words) => {
    const found = new Set<number>();
    words.forEach((word, start) => {
      for (const phrase of byFirst.get(word) ?? []) {
        if (!found.has(phrase.term) && phrase.words.every((part, i) => words[start + i] === part)) {
          found.add(phrase.term);
        }
      }
    });
    return terms.flatMap(({ term }, index) => (found.has(index) ? [term] : []));
  };
}
