import { makeBoundedCache } from "./bounded-cache.ts";

/**
 * A company's name in the form in which two spellings of one company are equal: Unicode NFKD without marks, lower case,
 * letters and digits only, without the legal form at its end ("Globex GmbH & Co. KG" and "GLOBEX" are one).
 */
export function companyKey(name: string): string {
  const cached = keys.get(name);
  if (cached !== undefined) return cached;
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/['’.]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  let end = words.length;
  while (end > 1 && legalForms.has(words[end - 1] ?? "")) end--;
  const key = words.slice(0, end).join("");
  keys.set(name, key, 1);
  return key;
}

/**
 * Whether a text names the company, with or without the legal form at its end, as it is written or in capitals. Small
 * letters are not told, since many names are words besides.
 */
export function namesCompany(text: string, name: string): boolean {
  const spellings = spellingsOf(name);
  const read = text.normalize("NFC");
  return spellings.some((words) => standsIn(read, words));
}

/** Each as its words, at least one. */
type Spellings = readonly (readonly [string, ...string[]])[];

function spellingsOf(name: string): Spellings {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const [first = "", ...rest] = withoutForm(name.normalize("NFC").trim().split(/\s+/)).map((word) =>
    word.replace(/,$/, ""),
  );
  const upper = (word: string) => word.toUpperCase();
  const made: Spellings =
    first === ""
      ? []
      : [
          [first, ...rest],
          [upper(first), ...rest.map(upper)],
        ];
  spellings.set(name, made, 1);
  return made;
}

function withoutForm(words: readonly string[]): readonly string[] {
  const isForm = (word: string) => {
    const letters = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    return letters === "" || legalForms.has(letters);
  };
  let end = words.length;
  while (end > 1 && isForm(words[end - 1] ?? "")) end--;
  return words.slice(0, end);
}

/** Word by word, whatever white space is between: a pattern for each company that there is would cost too much memory. */
function standsIn(text: string, [first, ...rest]: readonly [string, ...string[]]): boolean {
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at + 1)) {
    let end: number | null = at + first.length;
    for (const word of rest) end = end === null ? null : afterWord(text, end, word);
    if (
      end !== null &&
      !wordEnds.test(text.slice(Math.max(0, at - 2), at)) &&
      !wordBegins.test(text.slice(end, end + 2))
    )
      return true;
  }
  return false;
}

function afterWord(text: string, from: number, word: string): number | null {
  white.lastIndex = from;
  const gap = white.exec(text)?.[0].length ?? 0;
  return gap > 0 && text.startsWith(word, from + gap) ? from + gap + word.length : null;
}

const white = /\s+/y;
const wordEnds = /[\p{L}\p{N}]$/u;
const wordBegins = /^[\p{L}\p{N}]/u;

/** Names repeat in every decision of their lead, asset and profile. */
const maxNames = 10_000;
const keys = makeBoundedCache<string, string>(maxNames);
const spellings = makeBoundedCache<string, Spellings>(maxNames);

const legalForms = new Set(
  (
    "ab ag as asa aps bv co company corp corporation cv eg ek eu ev gbr gesmbh gmbh group holding inc incorporated kg kgaa " +
    "limited llc llp lp ltd ltda mbh nv oy oyj ohg og plc pte pty pvt sa sab sal sapi sarl sas sasu se sl slu spa sp srl " +
    "sro spzoo doo oo ug z zoo"
  ).split(" "),
);
