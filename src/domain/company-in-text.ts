import { makeBoundedCache } from "./bounded-cache.ts";
import { foldWord, nameWords } from "./company-name.ts";

/**
 * How a text names a company. `named`: by its whole name, but for the legal form and a "The" before it, written with a
 * capital, as the record has it, or as the beginning of an address on the net. `perhaps`: by the first of several words
 * alone, in small letters, or by words that only run together to the name.
 */
export type CompanyNaming = "named" | "perhaps" | "not";

/**
 * Spellings are equal without marks, signs and white space, with "ae" for "ä", in any case. `isWord` is asked about
 * what a name's first word, or one in small letters, means besides (in lower case): a word that everybody uses is no
 * name. Without it `perhaps` is not looked for, which costs less.
 */
export function companyNaming(text: string, name: string, isWord?: (word: string) => boolean): CompanyNaming {
  const { whole, first } = spellingOf(name);
  if (whole.folded === "" || !foldedText(text).includes(first.folded)) return "not";
  const words = wordsIn(text);
  const found = words.map((_word, at) => spelledAt(text, words, at, whole));
  if (found.includes("named")) return "named";
  if (isWord === undefined) return "not";
  const isFirst = whole !== first && first.folded.length >= minChars && !isWord(first.raw.toLowerCase());
  // Several words in small letters are a name all the same.
  const isHint =
    (found.includes("perhaps") && (whole !== first || !isWord(whole.raw.toLowerCase()))) ||
    (isFirst && words.some((_word, at) => spelledAt(text, words, at, first) === "named"));
  return isHint ? "perhaps" : "not";
}

interface Spelling {
  /** As it is written, and as all spellings of it are; without what is between its words. */
  readonly raw: string;
  readonly folded: string;
  /** Words as a text's are told apart: "O'Reilly" has two. */
  readonly count: number;
}

/** A name of one word is its own first word. */
function spellingOf(name: string): { readonly whole: Spelling; readonly first: Spelling } {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const words = nameWords(name);
  const toSpelling = (some: readonly string[]): Spelling => ({
    raw: some.join(""),
    folded: some.map(foldWord).join(""),
    count: wordsIn(name).length,
  });
  const whole = toSpelling(words);
  const made = { whole, first: words.length > 1 ? toSpelling(words.slice(0, 1)) : whole };
  spellings.set(name, made, 1);
  return made;
}

/** Whether the words from one on run together to the name. */
function spelledAt(
  text: string,
  words: readonly TextWord[],
  at: number,
  { raw, folded, count }: Spelling,
): CompanyNaming {
  let joined = "";
  for (let to = at; to < words.length; to++) {
    const [before, word] = [words[to - 1], words[to]];
    if (word === undefined || (to > at && before !== undefined && !runOn(text, before, word))) return "not";
    joined += word.folded;
    if (!folded.startsWith(joined)) return "not";
    if (joined !== folded) continue;
    const start = words[at]?.start ?? word.start;
    if (isOnNet(text, start, word.end)) return "named";
    const written = text.slice(start, word.end).replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
    const isName = written === raw || beginsLikeName.test(written);
    if (to - at < count) return isName ? "named" : "perhaps";
    return isName ? "perhaps" : "not";
  }
  return "not";
}

/** "globex.com", "@globex". */
function isOnNet(text: string, start: number, end: number): boolean {
  return /^\.[a-z]{2}/.test(text.slice(end, end + 3)) || /[@#]/.test(text.slice(Math.max(0, start - 1), start));
}

/** No sentence ends between them; after "St." none does. */
function runOn(text: string, before: TextWord, word: TextWord): boolean {
  const gap = text.slice(before.end, word.start);
  return !/[!?;:…]/.test(gap) && !(before.raw.length > maxShortened && /\.\s/.test(gap));
}

interface TextWord {
  readonly raw: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

function wordsIn(text: string): readonly TextWord[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: raw, index: start }) => ({
    raw,
    folded: foldWord(raw),
    start,
    end: start + raw.length,
  }));
}

/** Only to see at once that a name is not there: most are not. */
function foldedText(text: string): string {
  const known = foldedTexts.get(text);
  if (known !== undefined) return known;
  const folded = foldWord(text).replace(/[^\p{L}\p{N}]+/gu, "");
  foldedTexts.set(text, folded, 2 * text.length);
  return folded;
}

/** A letter that has no small form is as good as a capital. */
const beginsLikeName = /^(?!\p{Ll})/u;
const minChars = 3;
const maxShortened = 3;

/** Names and texts repeat in every decision of their lead, asset and profile. */
const spellings = makeBoundedCache<string, { readonly whole: Spelling; readonly first: Spelling }>(10_000);
const foldedTexts = makeBoundedCache<string, string>(2_000_000);
