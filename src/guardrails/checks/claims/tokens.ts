/** A word (letters, with digits after them: "Q3", or numerals that are no digits), a number with its separators, or any other sign. */
export interface Token {
  readonly kind: "word" | "number" | "mark";
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(token)].map((match) => {
    const [found, number, word] = match;
    const kind = number !== undefined ? "number" : word !== undefined ? "word" : "mark";
    return { kind, text: found, lower: found.toLowerCase(), start: match.index, end: match.index + found.length };
  });
}

/** Groups of three may be set apart by a space, a point, a comma or an apostrophe. */
const token = /(\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*)|((?:\p{L}|(?!\d)\p{N})[\p{L}\p{M}\p{N}]*)|\S/gu;

/** The place after one of the sequences of words that stands at `at`; null where none does. */
export function followedBy(
  tokens: readonly Token[],
  at: number,
  sequences: readonly (readonly string[])[],
): number | null {
  for (const words of sequences) {
    if (words.every((word, index) => tokens[at + index]?.lower === word)) return at + words.length;
  }
  return null;
}
