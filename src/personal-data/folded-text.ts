/** A text as the recognisers read it, and where each of its characters stands in the original. */
export interface FoldedText {
  readonly text: string;
  /** UTF-16 offsets in the original of a piece of the folded text, combining marks that belong to it included. */
  original(start: number, end: number): { readonly start: number; readonly end: number };
}

/**
 * Full-width letters, digits of other scripts, odd spaces and dashes are read as what they stand for, and characters that
 * nobody sees are left out, so that an address is found however it is typed. What `mask` has put in is opaque.
 */
export function foldText(original: string): FoldedText {
  const text = original.replace(placeholder, (found) => opaque.repeat(found.length));
  // Nearly every text: nothing to fold, and offsets stay what they are.
  if (!needsFolding.test(text)) return { text, original: (start, end) => ({ start, end }) };

  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const char of text) {
    const folded = foldChar(char);
    parts.push(folded);
    for (let i = 0; i < folded.length; i++) {
      starts.push(at);
      ends.push(at + char.length);
    }
    at += char.length;
  }
  return {
    text: parts.join(""),
    original(start, end) {
      const first = starts[start] ?? original.length;
      let last = ends[end - 1] ?? first;
      while (isMark(original, last)) last += original.codePointAt(last) === original.charCodeAt(last) ? 1 : 2;
      return { start: first, end: last };
    },
  };
}

/** Stands for one character of a placeholder; no recogniser takes it for part of anything. */
export const opaque = "\ufffc";

const placeholder =
  /\[(?:name(?: [1-9]\d{0,3})?|e-mail|phone|address|card number|IBAN|social security number|driver's license|national id|IP address|secret)\]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside of ASCII may need it, and NUL to US never do.
const needsFolding = /[^\u0000-\u007e]/;

function foldChar(char: string): string {
  if (char <= "\u007e") return char;
  if (hidden.test(char)) return "";
  if (space.test(char)) return " ";
  if (dash.test(char)) return "-";
  const plain = char.normalize("NFKC");
  const digit = decimal.test(plain) ? digitOf(plain) : null;
  return digit ?? plain;
}

const hidden = /\p{Default_Ignorable_Code_Point}/u;
const space = /\p{Zs}/u;
const dash = /[\p{Pd}\u2212]/u;
const decimal = /^\p{Nd}$/u;

/** Decimal digits stand in Unicode in runs of ten, so its value is the distance to the run's zero. */
function digitOf(char: string): string | null {
  const code = char.codePointAt(0) ?? 0;
  for (let value = 0; value < 10; value++) {
    if (!decimal.test(String.fromCodePoint(code - value - 1))) return String(value);
  }
  // Runs that follow each other without a gap (mathematical digits) are folded by NFKC before they come here.
  return null;
}

function isMark(text: string, at: number): boolean {
  const code = text.codePointAt(at);
  return code !== undefined && code > 0x7e && /[\p{M}\u200d]/u.test(String.fromCodePoint(code));
}
