import type { Dictionary } from "./dictionary.ts";
import type { Manner } from "./manner.ts";
import type { Word } from "./words-in.ts";

/** How many words from here on may be one name together; 0 where none begins. */
export function runAt(words: readonly Word[], at: number, manner: Manner, dictionary: Dictionary): number {
  return manner.lowerCase ? lowerRun(words, at, dictionary) : capitalRun(words, at, manner, dictionary);
}

export const titles: ReadonlySet<string> = new Set(
  "mr mrs ms miss mx dr prof professor sir dame herr herrn frau hr fr monsieur madame mme mlle señor señora sr sra srta don doña signor signora signorina sig senhor senhora mevrouw meneer dhr mevr pan pani".split(
    " ",
  ),
);

/** Words within a name that are none by themselves. */
export const particles: ReadonlySet<string> = new Set(
  "van von der den de da di del della dos das du la le el al bin ibn ten ter zu af av y e do vander vande".split(" "),
);

/** Pronouns by which somebody is addressed with respect, and which have a capital for it. */
const address: ReadonlySet<string> = new Set(
  "ihr ihre ihren ihrem ihrer ihres ihnen sie suo sua suoi usted ustedes ud uds vd vds u uw".split(" "),
);
/** Those that are names in other languages. */
const italianAddress: ReadonlySet<string> = new Set(["lei", "sue"]);

/** Capitalised words in a row, particles between them. */
function capitalRun(words: readonly Word[], at: number, { capitalsTell }: Manner, dictionary: Dictionary): number {
  const first = words[at];
  const isAddress = ({ lower }: Word) => address.has(lower) || (!capitalsTell && italianAddress.has(lower));
  if (first === undefined || isAddress(first)) return 0;
  if (!first.capital && !isSmallTitle(first, words[at + 1])) return 0;
  if (!canBegin(first, capitalsTell, dictionary)) return 0;
  let length = 1;
  while (length < 6) {
    const next = words[at + length];
    if (next === undefined || !isJoined(next, words[at + length - 1]) || isAddress(next)) break;
    if (next.capital && !(next.shouted && next.text.length > 3) && canFollow(next, dictionary)) {
      length++;
      continue;
    }
    const beyond = particleRun(words, at + length);
    if (beyond === 0) break;
    length += beyond;
  }
  return length;
}

/** "La señora García", "al signor Rossi": where a title is written small, the name after it is not. */
function isSmallTitle(word: Word, next: Word | undefined): boolean {
  return smallTitles.has(word.lower) && next?.capital === true && isJoined(next, word);
}

const smallTitles: ReadonlySet<string> = new Set(
  "monsieur madame señor señora signor signora signorina senhor senhora mevrouw meneer".split(" "),
);

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
function canBegin(word: Word, capitalsTell: boolean, { know }: Dictionary): boolean {
  if (word.text.length === 1) return !/^[ia]$/i.test(word.text);
  if (titles.has(word.lower)) return true;
  const { given, givenToo, family, word: isWord } = know(word.lower);
  if (given || givenToo || family) return true;
  return capitalsTell && !isWord && !word.shouted;
}

function canFollow(word: Word, { know }: Dictionary): boolean {
  const { given, givenToo, family, familyEnding, word: isWord } = know(word.lower);
  return given || givenToo || family || familyEnding || !isWord || word.text.length === 1;
}

/** Without capitals a name is known by the lists; what follows it belongs to it if nothing else is known of it. */
function lowerRun(words: readonly Word[], at: number, { know }: Dictionary): number {
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
