import type { Found } from "../found.ts";
import { contextOf } from "./context.ts";
import { isKnownPhrase, know } from "./dictionary.ts";
import { type Word, wordsIn } from "./words-in.ts";

/**
 * People's names, by what speaks for one: a title, words around it that go with people, given and family names of many
 * countries, and being a capitalised word that is known as nothing else. What speaks for a place, a company or a plain
 * word is weighed against it. `taken`: spans that are something else already.
 */
export function findNames(text: string, taken: readonly Found[]): readonly Found[] {
  const words = wordsIn(text);
  const manner = mannerOf(words);
  const isTaken = takenBy(taken);
  const found: Found[] = [];
  for (let i = 0; i < words.length; ) {
    const length = manner.lowerCase ? lowerRun(words, i) : capitalRun(words, i, manner);
    const run = words.slice(i, i + length);
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) {
      i++;
      continue;
    }
    if (!isTaken(first.start, last.end)) {
      const weight = weigh(text, words, i, run, manner);
      if (weight >= 2) {
        found.push({ kind: "PERSON", start: first.start, end: last.end, strength: weight >= 5 ? "sure" : "likely" });
      }
    }
    i += length;
  }
  return found;
}

interface Manner {
  /** No capitals at all: they tell nothing. */
  readonly lowerCase: boolean;
  /** Capitals stand for names, as in English; not where nouns have them, or where everything has. */
  readonly capitalsTell: boolean;
}

function mannerOf(words: readonly Word[]): Manner {
  const inner = words.filter(({ opens }) => !opens);
  const capitals = inner.filter(({ capital }) => capital).length;
  const known = words.filter(({ lower }) => english.has(lower)).length;
  return {
    lowerCase: words.every(({ capital }) => !capital),
    capitalsTell: words.length < 6 || known >= foreignWords(words),
  };

  function foreignWords(all: readonly Word[]): number {
    return (
      all.filter(({ lower }) => foreign.has(lower)).length +
      (capitals > inner.length * 0.6 && inner.length > 8 ? 99 : 0)
    );
  }
}

const english: ReadonlySet<string> = new Set(
  "the of and to is was that it for with as on be at by this have from or had not are but what were we when your can said there use an each which she do how their if will".split(
    " ",
  ),
);
const foreign: ReadonlySet<string> = new Set(
  "der die das und ist nicht mit ein eine den dem des auf für sich von zu im wir haben le la les et est pas une des du que pour dans sur nous avec el los las y es por para con una nos il di che non per sono het een van niet voor op met wij zijn och att det som är på og ikke til av ja na nie jest się do".split(
    " ",
  ),
);

function takenBy(taken: readonly Found[]): (start: number, end: number) => boolean {
  let next = 0;
  return (start, end) => {
    while (next < taken.length && (taken[next]?.end ?? 0) <= start) next++;
    return (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end;
  };
}

const particles: ReadonlySet<string> = new Set(
  "van von der den de da di del della dos das du la le el al bin ibn ten ter zu af av y e do vander vande".split(" "),
);

/** Capitalised words in a row, particles between them. */
function capitalRun(words: readonly Word[], at: number, { capitalsTell }: Manner): number {
  const first = words[at];
  if (first === undefined || !first.capital || !canBegin(first, capitalsTell)) return 0;
  let length = 1;
  while (length < 6) {
    const next = words[at + length];
    if (next === undefined || !isJoined(next, words[at + length - 1])) break;
    if (next.capital && !(next.shouted && next.text.length > 3) && canFollow(next)) {
      length++;
      continue;
    }
    const beyond = particleRun(words, at + length);
    if (beyond === 0) break;
    length += beyond;
  }
  return length;
}

/** How many words a particle and what belongs to it take: "van der Voet" is three. */
function particleRun(words: readonly Word[], at: number): number {
  for (let length = 0; length < 3; length++) {
    const word = words[at + length];
    if (word === undefined || (length > 0 && word.gap !== " ")) return 0;
    if (length > 0 && word.capital) return length + 1;
    if (!particles.has(word.lower)) return 0;
  }
  return 0;
}

function isJoined(word: Word, before: Word | undefined): boolean {
  if (/^ {1,2}$/.test(word.gap)) return true;
  return /^\. ?$/.test(word.gap) && before !== undefined && (before.text.length === 1 || titles.has(before.lower));
}

/** At the beginning of a sentence a plain word has a capital, too, and is not part of a name. */
function canBegin(word: Word, capitalsTell: boolean): boolean {
  if (word.text.length === 1) return !/^[ia]$/i.test(word.text);
  if (titles.has(word.lower)) return true;
  const { given, givenToo, family, word: isWord } = know(word.lower);
  if (given || givenToo || family) return true;
  return capitalsTell && !isWord && !word.shouted;
}

function canFollow(word: Word): boolean {
  const { given, givenToo, family, familyEnding, word: isWord } = know(word.lower);
  return given || givenToo || family || familyEnding || !isWord || word.text.length === 1;
}

/** Without capitals a name is known by the lists; what follows it belongs to it if nothing else is known of it. */
function lowerRun(words: readonly Word[], at: number): number {
  const first = words[at];
  if (first === undefined) return 0;
  let length = titles.has(first.lower) ? 1 : 0;
  const name = words[at + length];
  if (name === undefined) return 0;
  const { given, givenToo, family, familyEnding, word, other } = know(name.lower);
  if (!given && !givenToo && !family && !familyEnding && (word || other || name.text.length < 3)) return 0;
  length++;
  while (length < 5) {
    const next = words[at + length];
    if (next === undefined || next.gap !== " ") break;
    const known = know(next.lower);
    if (known.family || known.familyEnding || (!known.word && !known.other && next.text.length > 2)) length++;
    else if (particles.has(next.lower) && !know(words[at + length + 1]?.lower ?? "a").word) length += 2;
    else break;
  }
  return length;
}

export const titles: ReadonlySet<string> = new Set(
  "mr mrs ms miss mx dr prof professor sir dame herr frau hr fr monsieur madame mme mlle señor señora sr sra srta don doña signor signora sig senhor senhora mevrouw meneer dhr mevr pan pani".split(
    " ",
  ),
);

/** How much speaks for a person; from 2 on it is one, from 5 on surely. */
function weigh(
  text: string,
  words: readonly Word[],
  at: number,
  run: readonly Word[],
  { lowerCase, capitalsTell }: Manner,
): number {
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return 0;
  const hasTitle = titles.has(first.lower);
  const names = run.filter(({ lower }, i) => !(i === 0 && hasTitle) && !particles.has(lower));
  const [name] = names;
  if (name === undefined) return hasTitle && /^(?:dr|prof)$/.test(first.lower) ? 0 : 0;
  const context = contextOf(text, words, at, run.length);
  const known = names.map(({ lower }) => know(lower));
  const firstKnown = known[0];
  const lastKnown = known.at(-1);
  if (firstKnown === undefined || lastKnown === undefined) return 0;

  let weight = context.weight;
  if (hasTitle) weight += 4;
  if (firstKnown.given) weight += 3;
  else if (firstKnown.givenToo) weight += names.length > 1 ? 2 : 0.8;
  else if (firstKnown.family) weight += 1;
  else if (firstKnown.familyEnding) weight += 1.2;
  if (names.length > 1) {
    if (lastKnown.given) weight += 1;
    else if (lastKnown.family) weight += 2;
    else if (lastKnown.familyEnding) weight += 1.5;
    else if (lastKnown.word) weight -= 2;
    else if (!lastKnown.other) weight += 1;
  } else if (firstKnown.family && !firstKnown.word) weight += 0.5;
  // Where every noun has a capital, one word alone may be one of them.
  if (!lowerCase && !capitalsTell && names.length === 1) weight -= 1.2;
  if (!lowerCase && capitalsTell) {
    const isUnknown = known.every((one) => !one.word && !one.other);
    if (isUnknown && !first.opens) weight += 1;
    if (isUnknown && names.length > 1) weight += 0.5;
    if (/[^\p{Script=Latin}'’-]/u.test(name.text)) weight -= 1;
  }
  if (known.some((one) => one.other && !one.given)) weight -= 2;
  if (known.every((one) => one.word && !one.family && !one.givenToo)) weight -= 3;
  if (names.some(({ shouted, text: value }) => shouted && value.length > 2)) weight -= 1.5;
  if (isKnownPhrase(text.slice(name.start, last.end))) weight -= 4;
  return weight;
}
