/** A text in the form in which it is read, and where each of its characters stood in the text as it was given. */
export interface Folded {
  readonly text: string;
  /** Where [start, end) of the folded text, which is not empty, stands in the given one. */
  original(start: number, end: number): readonly [start: number, end: number];
}

/**
 * Unicode NFKC by code point, a mark after a Latin letter or a digit as one with it or left off, digits of every script as
 * ASCII, and a space before a fraction that is one character ("2½" is "2 1/2"). Numerals that are no digits stay. Most
 * texts are their own fold.
 */
export function fold(given: string): Folded {
  if (plain.test(given)) return { text: given, original: (start, end) => [start, end] };
  const units: string[] = [];
  const from: number[] = [];
  let at = 0;
  for (const character of given) {
    const last = units.at(-1);
    const joined = last !== undefined && mark.test(character) ? joinedTo(last, character) : null;
    if (joined !== null) units[units.length - 1] = joined;
    else
      for (const unit of foldOne(character).split("")) {
        units.push(unit);
        from.push(at);
      }
    at += character.length;
  }
  return {
    text: units.join(""),
    original: (start, end) => [from[start] ?? at, endOf(given, from[end - 1] ?? at)],
  };
}

/** ASCII and the letters and marks of European languages, none of which the fold changes. */
const plain = /^[\n\t -~äöüßÄÖÜàâçéèêëîïôùûÿœæÀÂÇÉÈÊËÎÏÔÙÛáíóúñÁÍÓÚÑìòÌÒ¿¡«»€£“”„‘’–—]*$/;

function endOf(given: string, start: number): number {
  return start + ((given.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
}

const mark = /^\p{M}$/u;

/** "fu\u0308nf" is a number, too, and so is "9\u0335"; null where marks are letters of their own. */
function joinedTo(last: string, character: string): string | null {
  if (!/[\p{Script=Latin}\p{Nd}]/u.test(last)) return null;
  const joined = (last + character).normalize("NFC");
  return joined.length === 1 ? joined : last;
}

function foldOne(character: string): string {
  if (/\p{Nd}/u.test(character)) return String(digitValue(character.codePointAt(0) ?? 0));
  if (character === "\u066a") return "%";
  const folded = character.normalize("NFKC");
  // A numeral of another kind ("\u216b") would be letters, and no number any more.
  if (/\p{N}/u.test(character) && !/\d/.test(folded)) return character;
  if (folded.includes("\u2044")) return ` ${folded.replace("\u2044", "/")}`;
  return folded;
}

/** Decimal digits stand in runs of ten, from nought to nine, so the place within its run is the digit's value. */
function digitValue(code: number): number {
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return before % 10;
}
