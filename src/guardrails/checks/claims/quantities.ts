import { isAmbiguous, longestInWords, mayBeginNumber, numberWord } from "./number-words.ts";
import type { Token } from "./tokens.ts";
import { scaleOf, unitOf } from "./units.ts";

/** A number at a place of a text, in digits or words, with the words that multiply it. */
export interface Quantity {
  readonly value: number;
  readonly next: number;
  readonly isWord: boolean;
}

/** `language` (base subtag) says which separator is the decimal one, and whose number words are read. */
export function quantityAt(tokens: readonly Token[], at: number, language: string): Quantity | null {
  const first = tokens[at]?.kind === "number" ? digitsAt(tokens, at, language) : wordsAt(tokens, at, language);
  return first === null ? aloneAt(tokens, at) : scaled(tokens, first, language);
}

/** "a million euros", "a dozen people": what multiplies a number is one by itself. */
function aloneAt(tokens: readonly Token[], at: number): Quantity | null {
  const word = tokens[at]?.lower ?? "";
  const value = scaleOf(word);
  return value === null || !numberByItself.test(word) ? null : { value, next: at + 1, isWord: true };
}

const numberByItself =
  /^(?:dozen|dutzend|douzaine|docena|dozzina|dozijn|mill(?:ion|ón)|milione|miljoen|billion|milliarde?|miliardo|miljard)$/;

function digitsAt(tokens: readonly Token[], at: number, language: string): Quantity | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const value = numberOf(token.text, language);
  const fraction = fractionAt(tokens, at + 1);
  return { value: value + (fraction ?? 0), next: at + (fraction === null ? 1 : 4), isWord: false };
}

/** "2 1/2" */
function fractionAt(tokens: readonly Token[], at: number): number | null {
  const [over, bar, under] = tokens.slice(at, at + 3);
  if (over?.kind !== "number" || bar?.text !== "/" || under?.kind !== "number") return null;
  const value = Number(over.text) / Number(under.text);
  return value < 1 ? value : null;
}

/** Where one separator stands before exactly three digits, the language says whether they are thousands or decimals. */
function numberOf(text: string, language: string): number {
  const plain = text.replace(/[ '’]/g, "");
  const separators = plain.match(/[.,]/g) ?? [];
  const last = separators.at(-1);
  if (last === undefined) return Number(plain);
  const decimals = plain.length - plain.lastIndexOf(last) - 1;
  const isMixed = new Set(separators).size > 1;
  const isThousands = isMixed ? false : separators.length > 1 || (decimals === 3 && last !== decimalMark(language));
  const whole = isThousands ? plain.replace(/[.,]/g, "") : plain.slice(0, -decimals - 1).replace(/[.,]/g, "");
  return Number(isThousands ? whole : `${whole}.${plain.slice(-decimals)}`);
}

function decimalMark(language: string): "." | "," {
  return /^(?:de|fr|es|it|nl|pt|pl|sv|da|nb|nn|no|fi|cs|sk|tr|ru|uk|el|ro|hu|bg|hr|sl|sr|id|vi)$/.test(language)
    ? ","
    : ".";
}

function wordsAt(tokens: readonly Token[], at: number, language: string): Quantity | null {
  if (!mayBeginNumber(tokens[at]?.lower ?? "")) return null;
  for (let count = longestInWords; count >= 1; count--) {
    const words = tokens.slice(at, at + 2 * count);
    const phrase = joinedWords(words, count);
    if (phrase === null) continue;
    const found = numberWord(phrase.text);
    if (found === null) continue;
    const next = at + phrase.tokens;
    const isCounting = unitOf(tokens[next]?.lower ?? "") !== null || scaleOf(tokens[next]?.lower ?? "") !== null;
    // "one" and "un" are mostly pronouns and articles.
    const isNumber = found.value !== 1 && (!isAmbiguous(phrase.text) || found.languages.has(language));
    if (isNumber || isCounting) {
      return { value: found.value, next, isWord: true };
    }
  }
  return null;
}

/** The first `count` words, with hyphens between them taken as spaces; null where something else comes between. */
function joinedWords(tokens: readonly Token[], count: number): { text: string; tokens: number } | null {
  const words: string[] = [];
  let used = 0;
  for (const token of tokens) {
    if (words.length === count) break;
    if (token.kind === "word") words.push(token.lower);
    else if (token.text !== "-") return null;
    used++;
  }
  return words.length === count ? { text: words.join(" "), tokens: used } : null;
}

/** "five hundred", "1.2 million", "two hundred and fifty", "trois cent mille". */
function scaled(tokens: readonly Token[], first: Quantity, language: string): Quantity {
  let { value, next } = first;
  for (;;) {
    const word = tokens[next]?.lower ?? "";
    const isLetter = word === "m" && currencyBefore(tokens, next);
    const scale = isLetter ? 1e6 : (scaleOf(word) ?? (hundred.test(word) && value < 100 ? 100 : null));
    if (scale === null || (scale === 12 && value > 99)) return { value, next, isWord: first.isWord };
    value *= scale;
    next++;
    const isAnd = ands.test(tokens[next]?.lower ?? "");
    const rest = scale >= 100 && scale <= 1000 ? belowAt(tokens, isAnd ? next + 1 : next, language) : null;
    if (rest !== null && rest.value < scale) {
      value += rest.value;
      next = rest.next;
    }
  }
}

/** Words below a hundred, or with the hundreds that "two thousand three hundred and five" has after its thousands. */
function belowAt(tokens: readonly Token[], at: number, language: string): Omit<Quantity, "isWord"> | null {
  const few = wordsAt(tokens, at, language);
  if (few === null || few.value > 9 || !hundred.test(tokens[few.next]?.lower ?? "")) return few;
  const next = few.next + 1;
  const more = wordsAt(tokens, ands.test(tokens[next]?.lower ?? "") ? next + 1 : next, language);
  const hundreds = few.value * 100;
  return more === null || more.value > 99
    ? { value: hundreds, next }
    : { value: hundreds + more.value, next: more.next };
}

const hundred = /^(?:hundred|cent|cents|hundert|honderd)$/;
const ands = /^(?:and|und|et|y|e|en)$/;

/** "$1.2m" is a million; "30 m" is not. */
function currencyBefore(tokens: readonly Token[], next: number): boolean {
  return /^(?:[$€£¥]|eur|usd|gbp|chf)$/.test(tokens[next - 2]?.lower ?? "");
}
