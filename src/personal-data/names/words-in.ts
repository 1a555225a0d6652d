/** A word of a text, with what stands between it and the word before. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** Begins with a capital. */
  readonly capital: boolean;
  /** All capitals, two letters or more. */
  readonly shouted: boolean;
  readonly gap: string;
  /** Begins the text, a sentence, a line or a quotation, where words have a capital anyhow. */
  readonly opens: boolean;
}

/** The words of a text; a possessive 's is not part of one. */
export function wordsIn(text: string): readonly Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(word)) {
    const found = match[0].replace(/['’]s?$/i, "");
    const gap = text.slice(end, match.index);
    end = match.index + found.length;
    words.push({
      text: found,
      lower: found.toLowerCase().replaceAll("’", "'"),
      start: match.index,
      end,
      capital: /^(?:d['’])?\p{Lu}/u.test(found),
      shouted: found.length > 1 && found === found.toUpperCase() && found !== found.toLowerCase(),
      gap,
      opens:
        words.length === 0 ||
        /[.!?:;"“”„»«\n([{]|^\s*[-–•*]/u.test(gap.replace(/^\. ?$/, isAbbreviated(words) ? "" : ".")),
    });
  }
  return words;
}

const word = /[\p{L}][\p{L}\p{M}]*(?:['’-][\p{L}\p{M}]+)*['’]?/gu;

/** "Mr. Sample", "J. Sample": the stop ends no sentence. */
function isAbbreviated(words: readonly Word[]): boolean {
  const last = words.at(-1)?.lower ?? "";
  return last.length === 1 || /^(?:mr|mrs|ms|dr|prof|st|jr|sr|hr|fr|mme|mlle|dipl|ing)$/.test(last);
}
