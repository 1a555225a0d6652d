import {
  announced,
  box,
  codeAnnounced,
  codeForm,
  joined,
  leading,
  links,
  military,
  stops,
  trailing,
  unit,
} from "./address-words.ts";
import { opaque } from "./folded-text.ts";
import { before, type Found } from "./found.ts";

/**
 * Postal addresses of many countries: a street with its number, a post box, a unit, or what follows words that announce
 * an address; and from there what belongs to it, on to the right. Sure with a street or box, a number and a third sign
 * (code, unit, words before it); likely with less. `taken`: spans that are surely something else, and end an address.
 */
export function findAddresses(text: string, taken: readonly Found[]): readonly Found[] {
  const pieces = piecesOf(text, taken);
  const announcing = { address: endsOf(text, announced), code: endsOf(text, codeAnnounced) };
  const found: Found[] = [];
  for (let i = 0; i < pieces.length; ) {
    const address = addressAt(text, pieces, i, announcing);
    found.push(...(address?.found ?? []));
    i = address?.next ?? i + 1;
  }
  return found;
}

/** Where words end that announce something, found in one reading of the text. */
function endsOf(text: string, form: RegExp): ReadonlySet<number> {
  return new Set([...text.matchAll(form)].map(({ 0: words, index }) => index + words.length));
}

interface Announcing {
  readonly address: ReadonlySet<number>;
  readonly code: ReadonlySet<number>;
}

interface Piece {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the piece before. */
  readonly gap: string;
  readonly kind: "number" | "word";
}

/** Words and numbers; "12a", "12-14" and "K1A" are numbers, a trailing stop belongs to an abbreviation. */
function piecesOf(text: string, taken: readonly Found[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let next = 0;
  for (const { 0: found, index } of text.matchAll(piece)) {
    while (next < taken.length && (taken[next]?.end ?? 0) <= index) next++;
    if ((taken[next]?.start ?? Number.POSITIVE_INFINITY) < index + found.length) continue;
    pieces.push({
      text: found,
      lower: found.toLowerCase(),
      start: index,
      end: index + found.length,
      gap: text.slice(end, index),
      kind: /\d/.test(found) ? "number" : "word",
    });
    end = index + found.length;
  }
  return pieces;
}

const piece = /#?\p{N}[\p{L}\p{N}]*(?:[-/]\p{N}[\p{L}\p{N}]*)*|\p{L}[\p{L}\p{M}]*(?:['’/-][\p{L}\p{M}]+)*/gu;

interface Address {
  readonly found: readonly Found[];
  readonly next: number;
}

function addressAt(text: string, pieces: readonly Piece[], at: number, announcing: Announcing): Address | null {
  const first = pieces[at];
  if (first === undefined) return null;
  if (first.kind === "number" && announcing.code.has(first.start) && /\d{3}/.test(first.text)) {
    return { found: spanOf([first], "likely"), next: at + 1 };
  }
  const isAnnounced = announcing.address.has(first.start);
  if (!canBegin(pieces, at, isAnnounced)) return null;
  const last = endOf(text, pieces, at);
  const own = pieces.slice(at, last + 1);
  const signs = signsOf(own, isAnnounced);
  if (signs.total < 2 || (!signs.hasStreet && !isAnnounced && (signs.total < 3 || !own.some(isName))))
    return namedStreet(before(text, first.start, 8), pieces, at);
  const strength = signs.hasStreet && signs.total >= 3.5 ? "sure" : "likely";
  const parts = isLabel(own) ? partsOf(own) : [own];
  return { found: parts.flatMap((part) => spanOf(part, strength)), next: last + 1 };
}

function spanOf(part: readonly Piece[], strength: Found["strength"]): readonly Found[] {
  const [first, last] = [part[0], part.at(-1)];
  return first && last ? [{ kind: "ADDRESS", start: first.start, end: last.end, strength }] : [];
}

/** "on Sample Street": a street alone, where the words before it say that it is a place. */
function namedStreet(words: string, pieces: readonly Piece[], at: number): Address | null {
  if (!/\b(?:on|at|in|to|from|of|along|down|near) $/.test(words)) return null;
  for (let i = at + 1; i < at + 4; i++) {
    const one = pieces[i];
    if (one === undefined || one.gap !== " " || !isName(one) || !isName(pieces[at])) return null;
    if (/^(?:street|road|avenue|lane|boulevard|drive)$/.test(one.lower)) {
      return { found: spanOf(pieces.slice(at, i + 1), "likely"), next: i + 1 };
    }
  }
  return null;
}

/** As on an envelope: a block of its own, the lines of a message that is cited, or the unit first. */
function isLabel(own: readonly Piece[]): boolean {
  const [first, second, third] = own;
  if (first === undefined || second === undefined) return false;
  const isApart = first.start === 0 || /\n\s*\n|(?:^|\n)(?:>|\?{2,})/.test(first.gap);
  return (isApart && own.some(({ gap }) => gap.includes("\n"))) || (unit.test(first.lower) && third?.kind === "number");
}

/**
 * On an envelope each line is a part, and so is the unit in front, or a number before the house's own. A line without a
 * number is a place that many share.
 */
function partsOf(own: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [];
  for (const [i, one] of own.entries()) {
    const line = parts.at(-1);
    const isNew =
      line === undefined ||
      one.gap.includes("\n") ||
      (i === 2 && unit.test(own[0]?.lower ?? "")) ||
      (line.length === 1 && line[0]?.kind === "number" && hasNumberAhead(own, i));
    if (isNew) parts.push([one]);
    else line.push(one);
  }
  return parts.filter((part) => part.some(({ kind }) => kind === "number"));
}

function hasNumberAhead(own: readonly Piece[], at: number): boolean {
  for (let i = at; i < own.length; i++) {
    if (i > at && own[i]?.gap.includes("\n")) return false;
    if (own[i]?.kind === "number") return true;
  }
  return false;
}

/** A house number, a street, a unit or a box; where an address is announced, any name. */
function canBegin(pieces: readonly Piece[], at: number, isAnnounced: boolean): boolean {
  const [first, second] = [pieces[at], pieces[at + 1]];
  if (first === undefined) return false;
  if (first.kind === "number")
    return (
      /^#?\d{1,5}(?:[a-z]|[-/]\d{1,4}[a-z]?)?$/i.test(first.text) &&
      second !== undefined &&
      isClose(second) &&
      !stops.has(second.lower) &&
      (second.kind === "word" || pieces[at + 2]?.kind === "word")
    );
  if (stops.has(first.lower)) return false;
  if (isAnnounced) return true;
  if (unit.test(first.lower) || box.test(first.lower)) return second?.kind === "number" && isClose(second);
  if (/^p\.?$/i.test(first.text) && second?.lower === "o") return true;
  if (joined.test(first.lower)) return second?.kind === "number" && isClose(second);
  if (leading.test(first.lower) && first.text.length > 2) return isName(second);
  return isName(first) && endsAsStreet(pieces, at);
}

/** "Main Street 5", "St Marys Rd": up to four capitalised words, then one for streets. */
function endsAsStreet(pieces: readonly Piece[], at: number): boolean {
  for (let i = at + 1; i < at + 5; i++) {
    const one = pieces[i];
    if (
      one === undefined ||
      !/^(?: |\. )$/.test(one.gap) ||
      (one.kind === "word" && !isName(one) && !trailing.test(one.lower))
    )
      return false;
    if (trailing.test(one.lower)) return true;
  }
  return false;
}

function isName(one: Piece | undefined): boolean {
  return one !== undefined && one.kind === "word" && /^(?:[dl]['’])?\p{Lu}/u.test(one.text);
}

function isClose(one: Piece): boolean {
  return /^[ .#°º]{1,3}$/.test(one.gap);
}

const maxPieces = 18;

/** How far it goes on: names, numbers and codes, over commas and lines, to a word that no address has or to a sentence's end. */
function endOf(text: string, pieces: readonly Piece[], at: number): number {
  const isLower = !/\p{Lu}/u.test(text.slice(pieces[at]?.start, (pieces[at]?.start ?? 0) + 160));
  let last = at;
  let lowerWords = 0;
  for (let i = at + 1; i < pieces.length && i < at + maxPieces; i++) {
    const one = pieces[i];
    const previous = pieces[i - 1];
    if (one === undefined || previous === undefined || one.gap.includes(opaque)) break;
    if (!/^(?:[ ,]{0,3}|[ .°º#]{1,3}|,? ?\n *\n?(?:>|\?{2,})? *,? ?|\. ?\n *)$/.test(one.gap)) break;
    if (/^\. /.test(one.gap) && previous.text.length > 5) break;
    if (stops.has(one.lower)) break;
    if (one.kind === "number" && /\d{6,}/.test(one.text)) break;
    const isPart =
      one.kind === "number" ||
      isName(one) ||
      isLower ||
      leading.test(one.lower) ||
      trailing.test(one.lower) ||
      unit.test(one.lower) ||
      links.has(one.lower);
    if (!isPart) break;
    lowerWords = one.kind === "word" && !isName(one) ? lowerWords + 1 : 0;
    if (lowerWords > 6) break;
    if (!links.has(one.lower)) last = i;
  }
  return last;
}

function signsOf(own: readonly Piece[], isAnnounced: boolean): { readonly total: number; readonly hasStreet: boolean } {
  const first = own[0];
  const hasNumber = own.some(({ kind, text }) => kind === "number" && /^#?\d{1,5}(?:[a-z]|[-/]\d+)?$/i.test(text));
  const hasStreet = own.some(
    ({ lower, text }, i) =>
      (i > 0 && trailing.test(lower) && text.length > 1) ||
      (leading.test(lower) && (text.length > 2 || lower === "c")) ||
      joined.test(lower) ||
      (lower === "u" && i > 1) ||
      (box.test(lower) && i > 0),
  );
  const hasUnit = own.some(({ lower }, i) => unit.test(lower) && own[i + 1]?.kind === "number");
  const numbers = own.filter(({ kind }) => kind === "number").length;
  const isLong = own.some(({ text }, i) => i > 1 && (/^\d{4,5}$/.test(text) || codeForm.test(text)));
  const isLaidOut = own.some(({ gap }, i) => i > 1 && /[,\n]/.test(gap));
  const isMilitary = own.some(({ lower }) => military.test(lower));
  const hasWords = own.some(({ kind, lower }) => kind === "word" && !unit.test(lower) && !links.has(lower));
  const isSeries = own.some((_, i) => own.slice(i, i + 4).filter(({ kind }) => kind === "number").length === 4);
  if (!hasWords || isSeries || (!hasNumber && !isAnnounced)) return { total: 0, hasStreet: false };
  const total =
    (isAnnounced ? 1.5 : 0) +
    (hasNumber ? 1 : 0) +
    (hasStreet ? 1.5 : 0) +
    (hasUnit ? 1.5 : 0) +
    (isLong ? 0.75 : 0) +
    (isLaidOut ? 0.5 : 0) +
    (numbers > 1 ? 0.5 : 0) +
    (isMilitary ? 2 : 0) -
    (own.length > 1 && !own.some(isName) && !hasUnit && !isAnnounced ? 1 : 0) -
    (first?.kind === "number" && own.length === 2 && !hasStreet ? 1 : 0);
  return { total, hasStreet: hasStreet || isMilitary };
}
