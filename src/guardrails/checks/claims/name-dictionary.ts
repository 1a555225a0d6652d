import { createRequire } from "node:module";

/** What a word list knows of a word in lower case: whose or what name it is, a common word, or nothing. */
export type WordKind = "name" | "place" | "common" | "unknown";

/**
 * English words with what they are, from a tagger's list. It is loaded when a word in capitals is found that nothing
 * cheaper explains (0.4 s once), since most framings need none of it.
 */
export function makeNameDictionary(): (word: string) => WordKind {
  let lexicon: Lexicon | null = null;
  return (word) => {
    const cached = places().has(word) ? "place" : null;
    if (cached !== null) return cached;
    lexicon ??= loadLexicon();
    const tags = tagsOf(word, lexicon);
    if (tags.some((tag) => nameTags.has(tag))) return "name";
    if (tags.some((tag) => placeTags.has(tag))) return "place";
    return tags.length > 0 || commonEnding.test(word) || isAdverb(word, lexicon) ? "common" : "unknown";
  };
}

type Lexicon = Readonly<Record<string, unknown>>;

function tagsOf(word: string, lexicon: Lexicon): readonly string[] {
  return Object.hasOwn(lexicon, word) ? [lexicon[word]].flat().map(String) : [];
}

/** "Highly", "easily": made of an adjective, as a company's name in "-ly" seldom is. */
function isAdverb(word: string, lexicon: Lexicon): boolean {
  const [, stem] = /^(.{3,})ly$/.exec(word) ?? [];
  return (
    stem !== undefined && [stem, stem.replace(/i$/, "y")].some((one) => tagsOf(one, lexicon).includes("Adjective"))
  );
}

const nameTags = new Set([
  "Person",
  "FirstName",
  "MaleName",
  "FemaleName",
  "LastName",
  "Organization",
  "SportsTeam",
  "Company",
  "School",
]);
const placeTags = new Set(["Place", "City", "Country", "Region", "Demonym"]);

/** Endings by which English, and words that it took in, are known as common words that no list has whole. */
const commonEnding =
  /(?:ing|ings|tion|tions|ness|ment|ments|ship|ships|work|works|ware|sheets?|boards?|[^c]outs?|less|ful|fully|able|ible|ally|ward|wise|ers|ized|ised|ology|graphy|ism|ists)$/;

function loadLexicon(): Lexicon {
  const nlp: { model(): { one: { lexicon: Lexicon } } } = createRequire(import.meta.url)("compromise/two");
  return nlp.model().one.lexicon;
}

let knownPlaces: ReadonlySet<string> | null = null;

/** Countries and languages in the six languages that are read here; "German" and "Italia" are nobody's name. */
function places(): ReadonlySet<string> {
  knownPlaces ??= new Set(
    ["en", "de", "fr", "es", "it", "nl"].flatMap((language) => {
      const regions = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
      const tongues = new Intl.DisplayNames([language], { type: "language", fallback: "none" });
      return [...regionCodes.map((code) => regions.of(code)), ...languageCodes.map((code) => tongues.of(code))]
        .flatMap((name) => name?.toLowerCase().match(/\p{L}+/gu) ?? [])
        .filter((word) => word.length > 3);
    }),
  );
  return knownPlaces;
}

const regionCodes =
  "AT AU BE BR CA CH CN CZ DE DK ES FI FR GB GR HU IE IN IT JP KR LU MX NL NO NZ PL PT RO SE SG TR UA US ZA".split(" ");
const languageCodes = "en de fr es it nl pt pl sv da fi nb cs hu ro el tr uk zh ja".split(" ");
