import { before, type Found, type Recogniser } from "./found.ts";

/** Keys and passwords: by the prefixes that issuers give them, by the words before them, by how little they look like words. */
export const secrets: Recogniser = (text) => [
  ...byForm(text),
  ...inAddresses(text),
  ...assigned(text),
  ...withoutWords(text),
];

function byForm(text: string): readonly Found[] {
  return [...text.matchAll(issued), ...text.matchAll(pem)].map(({ 0: value, index }) => sure(index, value));
}

/** Each prefix is published by its issuer for exactly this: to be found where it should not be. */
const issued = new RegExp(
  `(?<![\\w-])(?:${[
    "(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}",
    "gh[pousr]_[A-Za-z0-9]{36,255}",
    "github_pat_[A-Za-z0-9_]{22,255}",
    "glpat-[\\w-]{20,64}",
    "xox[abeoprs]-[A-Za-z0-9-]{10,250}",
    "xapp-[A-Za-z0-9-]{10,250}",
    "[rs]k_(?:live|test)_[A-Za-z0-9]{10,250}",
    "whsec_[A-Za-z0-9+/=]{20,128}",
    "vsk_[\\w-]{43}",
    "sk-[A-Za-z0-9_-]{20,250}",
    "AIza[\\w-]{35}",
    "ya29\\.[\\w-]{20,250}",
    "npm_[A-Za-z0-9]{36}",
    "pypi-[\\w-]{50,250}",
    "SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}",
    "key-[0-9a-f]{32}",
    "hf_[A-Za-z0-9]{30,64}",
    "dop_v1_[0-9a-f]{64}",
    "shp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}",
    "eyJ[\\w-]{8,2000}\\.[\\w-]{8,4000}\\.[\\w-]{8,1000}",
  ].join("|")})(?![\\w])`,
  "g",
);
const pem = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]{0,8000}-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g;

/** scheme://user:password@host, and the slack-like addresses that are keys themselves */
function inAddresses(text: string): readonly Found[] {
  const carrying = /(?<=[a-z0-9]:\/\/)[^\s/@:]{1,100}:[^\s/@]{1,200}@[^\s/]{1,255}/gi;
  const hooks = /\bhooks\.slack\.com\/services\/[\w/]{20,100}/g;
  return [...text.matchAll(carrying), ...text.matchAll(hooks)].map(({ 0: value, index }) => sure(index, value));
}

function assigned(text: string): readonly Found[] {
  return [...text.matchAll(named)].flatMap(({ 0: whole, 1: bare, 2: quoted, index }): Found[] => {
    const value = quoted ?? bare ?? "";
    const start = index + whole.length - value.length - (quoted === undefined ? 0 : 1);
    const found = sure(start, value);
    if (!isOfWords(value)) return [found];
    // "The secret is customer-first" is prose; "secret=correct-horse" may be none.
    return /[=]/.test(whole.slice(0, start - index)) ? [{ ...found, strength: "likely" }] : [];
  });
}

const named =
  /(?<!\p{L})(?:pass(?:word|wd|phrase|code)|pwd|passwort|kennwort|mot de passe|contraseña|(?:api|access|auth|bearer|secret|private|client)[ _-]?(?:key|token|secret)|secret|token|bearer(?= ))["']?(?: is | ?[:=] ?| )(?:((?!["'])[^\s\ufffc"']{8,200})|["']([^\s\ufffc"']{8,200})["'])/giu;

/** Each part a word or a number by itself: prose, or a name of something. */
function isOfWords(value: string): boolean {
  return value.split(/[^\p{L}\p{M}\p{N}]+/u).every((part) => /^(?:[\p{L}\p{M}]*|\p{N}*)$/u.test(part));
}

/** A long run without a break that mixes letters and digits as no word does. A hash looks the same, so it is only likely. */
function withoutWords(text: string): readonly Found[] {
  return [...text.matchAll(/(?<![\w+/=-])[A-Za-z0-9+/_-]{24,200}={0,2}(?![\w+/=-])/g)].flatMap(
    ({ 0: value, index }): Found[] => {
      const mixes = /[a-z]/.test(value) && /\d/.test(value) && (/[A-Z]/.test(value) || /^[0-9a-f]+$/.test(value));
      if (!mixes || isOurs.test(value) || isPath(value) || entropyOf(value) < 3.5) return [];
      if (/https?:\/\/\S{0,200}$|sha\d{3}:$/.test(before(text, index, 220))) return [];
      return [{ ...sure(index, value), strength: "likely" }];
    },
  );
}

/** The id of a decision or a publication: a prefix and a ULID. */
const isOurs = /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/;

function isPath(value: string): boolean {
  const parts = value.split(/[/_-]/);
  return parts.filter((part) => /^(?:[A-Z]?[a-z]+|\d+)?$/.test(part)).length > parts.length / 2;
}

/** Shannon entropy of the characters, in bits each. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
}

function sure(start: number, value: string): Found {
  return { kind: "SECRET", start, end: start + value.length, strength: "sure" };
}
