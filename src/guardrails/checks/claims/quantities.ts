import { numberWords, oneWords, wordValue } from "./number-words.ts";
import { unitOf, unitWords } from "./units.ts";

/** An amount that a text states. */
export interface Quantity {
  /** As it stands in the text. */
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** `%`, `times`, an ISO 4217 code, or a unit's canonical name; null where the text gives none that is known. */
  readonly unit: string | null;
}

/**
 * Every amount in a text: figures in any script's digits, with signs and separators of either custom; number words;
 * percentages; currencies; durations; multiples ("3x", "three times", "tripled") and shares ("half", "a third").
 * Offsets are of the text given. Time grows with its length.
 */
export function quantitiesIn(text: string): readonly Quantity[] {
  const found: Quantity[] = [];
  for (const match of text.matchAll(amount)) {
    const { before, figure, scale, words, one, after } = match.groups ?? {};
    const value = figure === undefined ? wordsValue(words ?? one ?? "") : figureValue(figure) * scaleOf(scale);
    const unit = unitOf(after ?? "") ?? unitOf(before ?? "");
    // "One" is a pronoun and "a" an article, unless they measure time.
    if (one !== undefined && (unit === null || !durations.has(unit))) continue;
    found.push(quantity(match, value, unit));
  }
  for (const match of text.matchAll(multiple)) found.push(quantity(match, verbValue(match[0]), "times"));
  for (const match of text.matchAll(share)) found.push(quantity(match, shareValue(match[0]), "%"));
  return found;
}

/** Equal in value and unit; a share in words may be rounded in figures ("a third" is 33%). */
export function isSame(a: Quantity, b: { readonly value: number; readonly unit: string | null }): boolean {
  const tolerance =
    a.unit === "%" && b.unit === "%" && !(Number.isInteger(a.value) && Number.isInteger(b.value)) ? 0.5 : 1e-9;
  return a.unit === b.unit && Math.abs(a.value - b.value) <= tolerance;
}

const figure = "[-−]?\\p{Nd}+(?:[.,'’\\u00a0\\u202f]\\p{Nd}+)*|[\\p{No}\\p{Nl}]+";
const scale = "k|m|mio|mn|bn|million(?:en|s)?|millón|millones|miljoen|milion[ei]|thousand|tausend|mille|duizend";
const sign = "[€$£¥]|\\b(?:EUR|USD|GBP|CHF|SEK|PLN|CAD|AUD)";
const amount = new RegExp(
  `(?<before>${sign})?\\s?(?:(?<figure>${figure})(?:\\s?(?<scale>${scale})(?![\\p{L}]))?` +
    `|(?<![\\p{L}\\p{M}])(?:(?<words>(?:${numberWords})(?:[\\s-](?:and\\s)?(?:${numberWords}))*)|(?<one>${oneWords}))(?![\\p{L}\\p{M}]))` +
    `(?:[\\s-]?(?<after>${unitWords}))?`,
  "giu",
);
const multiple =
  /(?<![\p{L}])(?:doubl(?:ed?|es|ing)|tripl(?:ed?|es|ing)|quadrupl(?:ed?|es|ing)|twice|thrice|twofold|threefold|fourfold|fivefold|tenfold|verdoppel\w*|verdreifach\w*|doppelt|dreifach|doublé\w*|triplé\w*|duplic\w+|triplic\w+|verdubbel\w*|verdrievoudig\w*|raddoppi\w+)(?![\p{L}])/giu;
const share =
  /(?<![\p{L}])(?:half|halved|halves|halving|(?:a|one|two|three)[\s-](?:thirds?|quarters?|fifths?|tenths?)|hälfte|halb(?:iert)?\w*|(?:ein|zwei|drei)\s(?:drittel|viertel|fünftel)|(?:la\s)?moitié|(?:un|deux)\stiers|la\smitad|un\stercio|de\shelft|een\s(?:derde|kwart)|(?:la\s)?metà|un\sterzo)(?![\p{L}])/giu;

const durations = new Set(["second", "minute", "hour", "day", "week", "month", "quarter", "year"]);

function quantity(match: RegExpExecArray, value: number, unit: string | null): Quantity {
  const words = match[0].trim();
  const start = match.index + match[0].indexOf(words);
  return { words, start, end: start + words.length, value, unit };
}

/** "1,234.5", "1.234,5", "1'234": the last separator is a decimal one unless three digits follow it. */
function figureValue(written: string): number {
  const digits = written.normalize("NFKC").replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  const plain = digits.replace("−", "-").replace(/['’\u00a0\u202f ]/g, "");
  const parts = plain.split(/[.,]/);
  const last = parts.at(-1) ?? "";
  const separators = new Set(plain.match(/[.,]/g));
  if (parts.length === 1) return Number(plain);
  const isDecimal = separators.size === 2 || (parts.length === 2 && last.length !== 3);
  return Number(isDecimal ? `${parts.slice(0, -1).join("")}.${last}` : parts.join(""));
}

/** Every script's digits stand in a row of ten. */
function digitValue(digit: string): number {
  let zero = digit.codePointAt(0) ?? 0;
  const point = zero;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && point - zero < 9) zero--;
  return point - zero;
}

function scaleOf(word: string | undefined): number {
  if (word === undefined) return 1;
  if (/^(?:k|thousand|tausend|mille|duizend)$/i.test(word)) return 1000;
  return /^bn$/i.test(word) ? 1e9 : 1e6;
}

/** "Two hundred and fifty": a greater one multiplies what stands before it, others add. */
function wordsValue(text: string): number {
  let sum = 0;
  let group = 0;
  for (const word of text.split(/[\s-]+/)) {
    const value = wordValue(word);
    if (value === undefined) continue;
    if (value >= 1000) {
      sum += (group || 1) * value;
      group = 0;
    } else if (value === 100) group = (group || 1) * 100;
    else group += value;
  }
  return sum + group || 1;
}

function verbValue(word: string): number {
  if (/^(?:quadrupl|fourfold)/i.test(word)) return 4;
  if (/^fivefold/i.test(word)) return 5;
  if (/^tenfold/i.test(word)) return 10;
  return /^(?:tripl|thrice|threefold|verdreifach|dreifach|verdrievoudig)/i.test(word) ? 3 : 2;
}

function shareValue(words: string): number {
  const of = /third|drittel|tier|terci|derde|terzo/i.test(words)
    ? 3
    : /quarter|viertel|kwart/i.test(words)
      ? 4
      : /fifth|fünftel/i.test(words)
        ? 5
        : /tenth/i.test(words)
          ? 10
          : 2;
  const count = of === 2 ? 1 : /^(?:two|zwei|deux)/i.test(words) ? 2 : /^(?:three|drei)/i.test(words) ? 3 : 1;
  return (100 * count) / of;
}
