import { createRequire } from "node:module";
import type { default as Nlp } from "compromise/two";
import { moreOthers, moreWords } from "./common-words.ts";
import { givenNames, wordsToo } from "./given-names.ts";
import { surnameEnding, surnames } from "./surnames.ts";

/** What is known of a word, by lists alone. */
export interface WordKnowledge {
  /** A given name and hardly anything else. */
  readonly given: boolean;
  /** A given name that is a word, too. */
  readonly givenToo: boolean;
  readonly family: boolean;
  /** An ending of family names, on a word that is known as nothing else. */
  readonly familyEnding: boolean;
  /** A word of the language, in any of its forms. */
  readonly word: boolean;
  /** A place, a people, a month, a day, an organisation. */
  readonly other: boolean;
}

/** What the lists know; the big one is loaded at the first word that the small ones leave open. */
export interface Dictionary {
  /** Whatever the word's case. */
  know(word: string): WordKnowledge;
  /** Whether the words together are a place or an organisation: "New York", "Burkina Faso". */
  isKnownPhrase(phrase: string): boolean;
}

export function makeDictionary(): Dictionary {
  const tagsOf = makeTags();
  const seen = new Map<string, WordKnowledge>();
  return {
    know(word) {
      const lower = word.toLowerCase();
      const known = seen.get(lower);
      if (known !== undefined) return known;
      const knowledge = isPlainWord(lower) ? plainWord : lookUp(lower, tagsOf);
      // Bounded: texts bring words that nobody has.
      if (seen.size >= 20_000) seen.clear();
      seen.set(lower, knowledge);
      return knowledge;
    },
    isKnownPhrase: (phrase) => tagsOf(phrase.toLowerCase()).some((tag) => others.has(tag)),
  };
}

type Tags = (entry: string) => readonly string[];

function isPlainWord(lower: string): boolean {
  return moreWords.has(lower) && !givenNames.has(lower) && !surnames.has(lower) && !moreOthers.has(lower);
}

const plainWord: WordKnowledge = {
  given: false,
  givenToo: false,
  family: false,
  familyEnding: false,
  word: true,
  other: false,
};

function lookUp(lower: string, tagsOf: Tags): WordKnowledge {
  const tags = tagsOf(lower);
  const other = tags.some((tag) => others.has(tag)) || moreOthers.has(lower);
  const isName = givenNames.has(lower) || tags.some((tag) => personal.has(tag));
  const word = moreWords.has(lower) || tags.some(isOfWords) || (!isName && isInflected(lower, tagsOf));
  const given = isName && !wordsToo.has(lower) && !word && !other;
  return {
    given,
    givenToo: !given && isName,
    family: surnames.has(lower) || tags.some((tag) => family.has(tag)),
    familyEnding: !word && !other && surnameEnding.test(lower),
    word,
    other,
  };
}

function isOfWords(tag: string): boolean {
  return !personal.has(tag) && !family.has(tag) && !others.has(tag) && tag !== "ProperNoun";
}

function isInflected(lower: string, tagsOf: Tags): boolean {
  const stem = /^(.{3,}?)(?:'s|s|es|ly|ness|ed|ing|er|ers|ment|less|ful)$/.exec(lower)?.[1];
  if (stem === undefined)
    return (
      /(?:tion|tions|ment|ments|ness|ity|ities|ance|ence|ability|ology|ical|ously|ings)$/.test(lower) &&
      lower.length > 6
    );
  return [stem, `${stem}e`].some((one) => moreWords.has(one) || tagsOf(one).some((tag) => verbal.has(tag)));
}

const personal: ReadonlySet<string> = new Set(["MaleName", "FemaleName", "FirstName", "Person"]);
const family: ReadonlySet<string> = new Set(["LastName"]);
const others: ReadonlySet<string> = new Set(
  "City Country Region Place Demonym Organization SportsTeam Month WeekDay Currency Honorific Abbreviation Unit Date".split(
    " ",
  ),
);
const verbal: ReadonlySet<string> = new Set(
  "Infinitive PresentTense PastTense Gerund Adjective Singular Noun Actor Uncountable Adverb".split(" "),
);

/** Loading takes a quarter of a second, which texts without a doubt never spend. */
function makeTags(): Tags {
  let lexicon: Readonly<Record<string, string | readonly string[]>> | undefined;
  return (entry) => {
    if (lexicon === undefined) {
      const nlp = createRequire(import.meta.url)("compromise/two") as typeof Nlp;
      lexicon = (nlp.model() as { one: { lexicon: Record<string, string | string[]> } }).one.lexicon;
    }
    const tags = Object.hasOwn(lexicon, entry) ? lexicon[entry] : undefined;
    return tags === undefined ? [] : [tags].flat();
  };
}
