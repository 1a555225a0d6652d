import { makeBoundedCache } from "./bounded-cache.ts";

/**
 * A company's name in the form in which two spellings of one company are equal: folded, without a "The" before it, what
 * is in brackets, and the legal form at its end ("Globex GmbH & Co. KG" and "The GLOBEX Company" are one).
 */
export function companyKey(name: string): string {
  const cached = keys.get(name);
  if (cached !== undefined) return cached;
  const key = nameWords(name.replace(/(?<=\S)\s*[([{][^()[\]{}]*[)\]}]/gu, " "))
    .map(foldWord)
    .join("");
  keys.set(name, key, 1);
  return key;
}

/** The words of a company's name as they are written, without a "The" before them and the legal form at their end. */
export function nameWords(name: string): readonly string[] {
  const words = wordsOf(name);
  const start = words.length > 1 && foldWord(words[0] ?? "") === "the" ? 1 : 0;
  let end = words.length;
  while (end > start + 1 && legalForms.has(foldWord(words[end - 1] ?? ""))) end--;
  return words.slice(start, end);
}

function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFC")
    .replace(/['’‘`´.]/gu, "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "");
}

/** Unicode NFKD without marks, in lower case; "ae" is "ä", and neither differs from "a". */
export function foldWord(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđ]/gu, (letter) => plainLetters[letter] ?? letter)
    .replace(/([aou])e/gu, "$1");
}

const plainLetters: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d" };

/** Names repeat in every decision of their lead, asset and profile. */
const keys = makeBoundedCache<string, string>(10_000);

export function isLegalForm(folded: string): boolean {
  return legalForms.has(folded);
}

const legalForms = new Set(
  (
    "ab ag as asa aps bv co company corp corporation cv eg ek eu ev gbr gesmbh gmbh group holding inc incorporated kg kgaa " +
    "limited llc llp lp ltd ltda mbh nv oy oyj ohg og plc pte pty pvt sa sab sal sapi sarl sas sasu se sl slu spa sp srl " +
    "sro spzoo doo oo ug z zoo"
  )
    .split(" ")
    .map(foldWord),
);
