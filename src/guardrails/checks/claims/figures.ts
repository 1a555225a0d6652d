import { dateFigures } from "./date-figures.ts";
import { fold } from "./folded.ts";
import { type Quantity, quantityAt } from "./quantities.ts";
import { shareOrMultipleAt } from "./shares.ts";
import { textLanguage } from "./text-language.ts";
import { followedBy, type Token, tokensOf } from "./tokens.ts";
import { currencyOf, monthOf, type Unit, unitOf } from "./units.ts";

/** A number in a text with what it counts, wherever and however it is written. */
export interface Figure {
  readonly text: string;
  /** Characters [start, end) of the text as it was given. */
  readonly start: number;
  readonly end: number;
  /**
   * What the figure can be read as, by value and unit: `9|` and a unit's name, `9|~` and the word that is counted, or
   * `9|` alone where nothing is. Two figures are the same when they share one.
   */
  readonly keys: readonly string[];
}

/** Every figure of a text. `language` is how its separators are read where its own words don't say. */
export function figuresIn(given: string, language: string): readonly Figure[] {
  const folded = fold(given);
  const spoken = textLanguage(folded.text) ?? language;
  const dates = dateFigures(folded.text);
  const tokens = tokensOf(withoutDates(folded.text, dates));
  const raw = [
    ...dates.map(({ start, end, keys }) => ({ start, end, keys, quantity: null, sentence: 0 })),
    ...readAll(tokens, spoken),
  ];
  const figures = raw.map((one, place) => {
    const [start, end] = folded.original(one.start, one.end);
    const beside = [raw[place - 1], raw[place + 1]];
    return { text: given.slice(start, end), start, end, keys: [...one.keys, ...lentKeys(one, beside)] };
  });
  return figures.sort((a, b) => a.start - b.start);
}

/** `nine days of work` counts as days; the claims of an asset as their value and unit. */
export function keysOfClaim(value: number, unit: string): readonly string[] {
  const [first = ""] = unit.toLowerCase().split(/[/\s]/, 1);
  const known = unitOf(first);
  if (known !== null) return [keyOf(value * known.factor, known.unit)];
  const currency = currencyOf(first);
  return currency === null ? [keyOf(value, `~${stem(first)}`), keyOf(value, "")] : [keyOf(value, currency)];
}

interface Raw {
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
  /** Set where no unit and no word follows the number, so that it may share its neighbour's ("from six days to two"). */
  readonly quantity: Quantity | null;
  readonly unit?: Unit | undefined;
  readonly sentence: number;
}

function readAll(tokens: readonly Token[], language: string): readonly Raw[] {
  const found: Raw[] = [];
  let sentence = 0;
  for (let at = 0; ; ) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === "mark" && /[.!?;]/.test(token.text)) sentence++;
    const read = readAt(tokens, at, language);
    if (read === null) {
      at++;
      continue;
    }
    const last = tokens[read.next - 1] ?? token;
    const { keys, quantity, unit } = read;
    const start = read.startsBefore === true ? (tokens[at - 1]?.start ?? token.start) : token.start;
    found.push({ start, end: last.end, keys, quantity, sentence, unit });
    at = read.next;
  }
  return found;
}

interface Read {
  readonly next: number;
  readonly keys: readonly string[];
  readonly quantity: Quantity | null;
  readonly unit?: Unit | undefined;
  readonly startsBefore?: boolean;
}

function readAt(tokens: readonly Token[], at: number, language: string): Read | null {
  const special = shareOrMultipleAt(tokens, at, language);
  if (special !== null) return { next: special.next, keys: [keyOf(special.value, special.unit)], quantity: null };
  const code = codeAt(tokens, at);
  if (code !== null) return code;
  const quantity = quantityAt(tokens, at, language);
  // "#1" is a boast, and is told as one.
  if (quantity === null || (quantity.value === 1 && tokens[at - 1]?.text === "#")) return null;
  return withRatio(tokens, quantity, language) ?? withUnit(tokens, at, quantity);
}

/** Letters with digits in them ("Q3", "B2B", "SOC2") are the same only as they stand. */
function codeAt(tokens: readonly Token[], at: number): Read | null {
  const token = tokens[at];
  if (token?.kind !== "word" || !/\p{N}/u.test(token.text) || /^b2[bc]$/.test(token.lower)) return null;
  return { next: at + 1, keys: [`code|${token.lower}`], quantity: null };
}

/** "4.8 out of 5", "nine of ten", "3/4". */
function withRatio(tokens: readonly Token[], quantity: Quantity, language: string): Read | null {
  const connected = followedBy(tokens, quantity.next, ratioWords);
  if (connected === null) return null;
  const whole = quantityAt(tokens, connected, language);
  if (whole === null) return null;
  const keys = [`${canonical(quantity.value)}|of${canonical(whole.value)}`];
  const isShare = Number.isInteger(quantity.value) && Number.isInteger(whole.value) && quantity.value < whole.value;
  if (isShare) keys.push(keyOf(quantity.value / whole.value, "share"));
  return { next: whole.next, keys, quantity: null };
}

const ratioWords: readonly (readonly string[])[] = [
  ["out", "of"],
  ["in", "every"],
  ["of", "the"],
  ["von", "den"],
  ["de", "cada"],
  ["van", "de"],
  ["su"],
  ["sur"],
  ["of"],
  ["von"],
  ["van"],
  ["in"],
  ["/"],
];

function withUnit(tokens: readonly Token[], at: number, quantity: Quantity): Read {
  const { value, next } = quantity;
  const before = tokens[at - 1];
  const sign = before === undefined ? null : currencyOf(before.lower);
  if (sign !== null) return { next, keys: [keyOf(value, sign)], quantity: null, startsBefore: true };
  const month = monthBeside(tokens, at, next);
  if (month !== null) return { next: month.next, keys: [keyOf(value, `month-${month.month}`)], quantity: null };
  const words = followedBy(tokens, next, percentWords);
  if (words !== null) return { next: words, keys: [keyOf(value / 100, "share")], quantity: null };
  const points = followedBy(tokens, next, pointWords);
  if (points !== null) return { next: points, keys: [keyOf(value, "point")], quantity: null };
  const nouns = nounsAfter(tokens, next);
  for (const { token, index } of nouns.slice(0, 2)) {
    const unit = unitOf(token.lower);
    if (unit !== null) {
      return { next: index + 1, keys: [keyOf(value * unit.factor, unit.unit)], quantity: null, unit };
    }
    const currency = currencyOf(token.lower);
    if (currency !== null) return { next: index + 1, keys: [keyOf(value, currency)], quantity: null };
  }
  const after = tokens[next];
  if (after !== undefined && after.start === tokens[next - 1]?.end && /^(?:st|nd|rd|th|er|e|ème)$/.test(after.lower)) {
    return { next: next + 1, keys: [keyOf(value, "ordinal")], quantity: null };
  }
  const counted = nouns.map(({ token }) => keyOf(value, `~${stem(token.lower)}`));
  const isYear = quantity.isWord === false && value >= 1900 && value < 2100 && Number.isInteger(value);
  const isDated = dateWords.has(before?.lower ?? "") || monthOf(before?.lower ?? "") !== null;
  if (isYear && (counted.length === 0 || isDated)) {
    return { next, keys: [keyOf(value, "year-date"), ...counted], quantity: null };
  }
  return {
    next,
    keys: counted.length === 0 ? [keyOf(value, "")] : counted,
    quantity: counted.length === 0 ? quantity : null,
  };
}

const percentWords = [
  ["per", "cent"],
  ["pour", "cent"],
  ["por", "ciento"],
  ["por", "cien"],
  ["per", "cento"],
];
const pointWords = [
  ["percentage", "points"],
  ["percentage", "point"],
  ["%", "points"],
  ["points", "de", "pourcentage"],
  ["puntos", "porcentuales"],
  ["punti", "percentuali"],
];
const dateWords = new Set(
  "in since by of until before after during seit im ab bis depuis en desde dal dalla nel sinds vanaf".split(" "),
);

function monthBeside(tokens: readonly Token[], at: number, next: number): { month: number; next: number } | null {
  const before = monthOf(tokens[at - 1]?.lower ?? "");
  const value = Number(tokens[at]?.text);
  if (before !== null && value >= 1 && value <= 31) return { month: before, next };
  // "9. Dezember", "12 de marzo", "12th of March"
  for (let skipped = next; skipped <= next + 2; skipped++) {
    const month = monthOf(tokens[skipped]?.lower ?? "");
    if (month !== null) return { month, next: skipped + 1 };
    if (!/^(?:\.|de|of|st|nd|rd|th)$/.test(tokens[skipped]?.lower ?? "")) return null;
  }
  return null;
}

/** Up to three words that the number may count, up to a mark or a word that joins. */
function nounsAfter(tokens: readonly Token[], next: number): { token: Token; index: number }[] {
  const nouns: { token: Token; index: number }[] = [];
  for (let index = next; nouns.length < 3; index++) {
    const token = tokens[index];
    if (token === undefined || joining.has(token.lower)) break;
    const isHyphen = token.text === "-" && index === next;
    if (isHyphen) continue;
    if (token.kind === "word" || unitOf(token.lower) !== null || currencyOf(token.lower) !== null)
      nouns.push({ token, index });
    else break;
  }
  return nouns;
}

const joining = new Set(
  (
    "of in to and or at on for with from by than that which who is are was were a an the per as " +
    "von in zu und oder an auf für mit als die der das den dem ist sind war waren pro statt bis nach aus im am um " +
    "de des du et ou à en sur pour avec que qui par le la les y o con por para el los las al e di da per il lo gli dei delle van en of op voor met het te"
  ).split(" "),
);

/** As long as before, with a sign in their place that is no part of a number. */
function withoutDates(text: string, dates: readonly { start: number; end: number }[]): string {
  let left = "";
  let from = 0;
  for (const { start, end } of dates) {
    left += text.slice(from, start) + "\u00a4".repeat(end - start);
    from = end;
  }
  return left + text.slice(from);
}

/** A bare number may share the unit of the figure beside it in its sentence; and a bare one is read as a number alone. */
function lentKeys(one: Raw, beside: readonly (Raw | undefined)[]): readonly string[] {
  if (one.quantity === null) return [];
  const { value } = one.quantity;
  return beside.flatMap((other) => {
    if (other?.unit === undefined || other.sentence !== one.sentence) return [];
    return [keyOf(value * other.unit.factor, other.unit.unit)];
  });
}

function keyOf(value: number, unit: string): string {
  return `${canonical(value)}|${unit}`;
}

function canonical(value: number): string {
  return String(Number(value.toPrecision(10)));
}

/** Plural and singular of one word are one: the endings that European languages put to a noun are left off. */
export function stem(word: string): string {
  return word.length <= 4 ? word.replace(/s$/, "") : word.replace(/(?:ern|en|er|es|s|e|n|i|a|o)$/, "");
}
