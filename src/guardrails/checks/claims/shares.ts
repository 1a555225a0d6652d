import { numberWord } from "./number-words.ts";
import { followedBy, type Token } from "./tokens.ts";
import { unitOf } from "./units.ts";

/** A share or a multiple that is said without a numeral: "half", "by a third", "doubled", "dreimal", "hundreds of". */
export interface ShareOrMultiple {
  readonly value: number;
  readonly unit: string;
  readonly next: number;
}

/** `language` is the text's: "es half" is German for "it helped". */
export function shareOrMultipleAt(tokens: readonly Token[], at: number, language: string): ShareOrMultiple | null {
  const token = tokens[at];
  if (token?.kind !== "word" || (token.lower === "half" && language === "de")) return null;
  return (
    oneOfATime(tokens, at) ??
    fractionAt(tokens, at) ??
    multipleAt(tokens, at) ??
    idiomAt(tokens, at) ??
    vagueAt(tokens, at)
  );
}

/** "a couple of days", "a fortnight", "a score of teams", "an order of magnitude", "live overnight". */
function idiomAt(tokens: readonly Token[], at: number): ShareOrMultiple | null {
  const word = tokens[at]?.lower ?? "";
  if (word === "a") {
    const couple = followedBy(tokens, at, [["a", "couple", "of"]]);
    const counted = unitOf(tokens[couple ?? at]?.lower ?? "");
    if (couple !== null && counted !== null) return { value: 2 * counted.factor, unit: counted.unit, next: couple + 1 };
    const score = followedBy(tokens, at, [["a", "score", "of"]]);
    if (score !== null && tokens[score]?.kind === "word") return { value: 20, unit: "vaguely", next: score };
    const long = /^(?:fortnight|decade)$/.test(tokens[at + 1]?.lower ?? "")
      ? unitOf(tokens[at + 1]?.lower ?? "")
      : null;
    if (long !== null) return { value: long.factor, unit: long.unit, next: at + 2 };
  }
  const magnitude = followedBy(tokens, at, ofMagnitude);
  if (magnitude !== null) return { value: 10, unit: word === "order" ? "times" : "vaguely", next: magnitude };
  // "Overnight delivery" is a trade; what is done overnight is done in a night.
  const isDone = word === "overnight" && tokens[at + 1]?.kind !== "word";
  return isDone || (word === "overnight" && /^(?:and|with|without|for)$/.test(tokens[at + 1]?.lower ?? ""))
    ? { value: 1, unit: "night", next: at + 1 }
    : null;
}

const ofMagnitude: readonly (readonly string[])[] = [
  ["order", "of", "magnitude"],
  ["orders", "of", "magnitude"],
];

/** "in a week", "within an hour", "half an hour". */
function oneOfATime(tokens: readonly Token[], at: number): ShareOrMultiple | null {
  if (!timeOpeners.has(tokens[at]?.lower ?? "")) return null;
  const half = followedBy(tokens, at, halfOf);
  const counted = half !== null && tokens[half]?.text === "-" ? half + 1 : half;
  const halved = counted === null ? null : unitOf(tokens[counted]?.lower ?? "");
  if (counted !== null && halved !== null) return { value: 0.5 * halved.factor, unit: halved.unit, next: counted + 1 };
  const article = followedBy(tokens, at, oneOf);
  const unit = article === null ? null : unitOf(tokens[article]?.lower ?? "");
  return article !== null && unit !== null ? { value: unit.factor, unit: unit.unit, next: article + 1 } : null;
}

/** "It took an hour", "saved a week": elsewhere an hour is mostly a manner of speaking. */
const verbs = "took takes saved saves save needed needs lost loses gained gains cost costs lasted lasts".split(" ");
const halfOf: readonly (readonly string[])[] = [
  ["half", "an"],
  ["half", "a"],
  ["une", "demi"],
  ["una", "mezz"],
  ["mezz"],
  ["media"],
  ["half"],
  ["halben"],
  ["halbes"],
  ["halbe"],
  ["halber"],
];
const oneOf: readonly (readonly string[])[] = [
  ["in", "a"],
  ["in", "an"],
  ["within", "a"],
  ["within", "an"],
  ["under", "a"],
  ["under", "an"],
  ["in", "under", "a"],
  ["after", "a"],
  ["just", "a"],
  ["in", "just", "a"],
  ...verbs.flatMap((verb) => [
    [verb, "a"],
    [verb, "an"],
  ]),
];
const timeOpeners = new Set([
  ..."half une una mezz media halben halbes halbe halber in within under after just".split(" "),
  ...verbs,
]);

function fractionAt(tokens: readonly Token[], at: number): ShareOrMultiple | null {
  const word = tokens[at]?.lower ?? "";
  const whole = halves.has(word) ? 1 / 2 : null;
  if (whole !== null) return { value: whole, unit: "share", next: at + 1 };
  const part = parts.get(tokens[at + 1]?.lower ?? "");
  if (part !== undefined) {
    const many = articles.has(word) ? 1 : (numberWord(word)?.value ?? 0);
    // "in a quarter" and "two quarters" are times.
    const isTime = part === 4 && !afterQuarter.test(tokens[at + 2]?.lower ?? "") && tokens[at - 1]?.lower !== "by";
    if (many > 0 && many < 10) return isTime ? null : { value: many / part, unit: "share", next: at + 2 };
  }
  if (word === "driekwart" || word === "dreiviertel") return { value: 3 / 4, unit: "share", next: at + 1 };
  const lone = lonePart.test(word) ? parts.get(word) : undefined;
  return lone === undefined ? null : { value: 1 / lone, unit: "share", next: at + 1 };
}

const afterQuarter =
  /^(?:of|more|less|fewer|faster|der|des|de|weniger|mehr|schneller|van|minder|meer|sneller|moins|plus|menos|más|di|del|meno|più)$/;
const lonePart = /^(?:drittel|viertel|fünftel|sechstel|siebtel|achtel|neuntel|zehntel)$/;
const halves = new Set(
  "half halved halves halving hälfte halbiert halbierte halbieren moitié mitad metà helft gehalveerd halveerde".split(
    " ",
  ),
);
const articles = new Set("a one an ein einem einen un une uno una een één".split(" "));
const parts = new Map<string, number>([
  ...split("third thirds drittel tiers tercio tercios terzo terzi derde", 3),
  ...split("quarter quarters viertel quart quarts cuarto cuartos quarto quarti kwart", 4),
  ...split("fifth fifths fünftel cinquième quinto vijfde", 5),
  ...split("sixth sixths sechstel sixième sixièmes sexto sextos sesto sesti zesde", 6),
  ...split("seventh sevenths siebtel septième septièmes séptimo séptimos settimo settimi zevende", 7),
  ...split("eighth eighths achtel huitième huitièmes octavo octavos ottavo ottavi achtste", 8),
  ...split("ninth ninths neuntel neuvième neuvièmes noveno novenos nono noni negende", 9),
  ...split("tenth tenths zehntel dixième décimo decimo tiende", 10),
]);

function split(words: string, value: number): (readonly [string, number])[] {
  return words.split(" ").map((word) => [word, value] as const);
}

function multipleAt(tokens: readonly Token[], at: number): ShareOrMultiple | null {
  const word = tokens[at]?.lower ?? "";
  const known = multipleForms.test(word) ? multiples.find(([form]) => form.test(word)) : undefined;
  if (known !== undefined) return { value: known[1], unit: "times", next: at + 1 };
  const joined = /^(\p{L}+?)(?:fold|mal|maal|fach(?:e|en|es|er)?)$/u.exec(word)?.[1];
  const value = joined === undefined ? undefined : numberWord(joined)?.value;
  return value === undefined || value < 2 ? null : { value, unit: "times", next: at + 1 };
}

const multipleForms = /^(?:tw[io]|dou?b|dopp|dupl|radd|verd|verv|verf|dubb|thri|tri?|qua|cua|qui)/;

/** Whole words, so that "doublethink" and "treble clef" stay what they are. */
const multiples: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:twice|twofold|doubl(?:e|es|ed|ing)|verdoppel(?:n|t|te|ten)|doppelt(?:e|en|er|es)?|doubl(?:é|ée|ent|er)|duplic(?:a|ó|ado|ada|ar|aron)|doble|raddoppi(?:a|ato|ata|are|ano)|doppi(?:o|a)|verdubbel(?:d|de|t|en)|dubbel(?:e)?)$/,
    2,
  ],
  [
    /^(?:thrice|tripl(?:e|es|ed|ing)|trebl(?:e|ed|ing)|verdreifach(?:t|te|en)|tripl(?:é|ée|er)|triplic(?:a|ó|ado|ada|ar)|triplicat(?:o|a)|verdrievoudig(?:d|t|en))$/,
    3,
  ],
  [
    /^(?:quadrupl(?:e|es|ed|ing)|vervierfach(?:t|te|en)|quadrupl(?:é|ée|er)|cuadruplic(?:a|ó|ado|ada|ar)|quadruplicat(?:o|a)|verviervoudig(?:d|t|en))$/,
    4,
  ],
  [/^(?:quintupl(?:e|es|ed|ing)|verfünffach(?:t|te|en)|quintupl(?:é|ée))$/, 5],
];

/** Counts that nobody counted. They are the same only as the same word. */
function vagueAt(tokens: readonly Token[], at: number): ShareOrMultiple | null {
  const vague = vagues.get(tokens[at]?.lower ?? "");
  return vague === undefined ? null : { value: vague, unit: "vaguely", next: at + 1 };
}

const vagues = new Map<string, number>([
  ...split("dozens dutzende dutzenden dizaines decenas docenas dozzine decine tientallen dozijnen", 10),
  ...split("dizaine decena decina tiental", 10),
  ...split("quinzaine quincena quindicina vijftiental", 15),
  ...split("vingtaine veintena ventina twintigtal", 20),
  ...split("trentaine treintena trentina dertigtal", 30),
  ...split("cinquantaine cincuentena cinquantina vijftigtal", 50),
  ...split(
    "hundreds hunderte hunderten centaine centaines cientos centenar centenares centinaio centinaia honderdtal honderden",
    100,
  ),
  ...split(
    "thousands tausende tausenden millier milliers millar millares miles migliaio migliaia duizendtal duizenden",
    1000,
  ),
  ...split("millions millionen millones milioni miljoenen", 1e6),
  ...split("billions milliarden milliards miliardi miljarden", 1e9),
]);
