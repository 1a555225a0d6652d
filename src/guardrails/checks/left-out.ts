/** What an excerpt leaves out of the sentences that it cuts. */
export type LeftOut =
  | { readonly kind: "nothing" }
  /** It begins or ends inside a word. */
  | { readonly kind: "word" }
  /** A negation, or what limits what is kept ("but", "until", "only if"). */
  | { readonly kind: "negation" | "contrast"; readonly words: string };

/**
 * Whether the part of a sentence that an excerpt drops held a word that turns or limits the rest: a dropped "not" makes
 * the opposite of what was said. Only sentences that are cut are looked at; a whole one that is left out stands for
 * itself, but for one that begins with such a limit and follows the excerpt.
 */
export function leftOut(source: string, { start, end }: { readonly start: number; readonly end: number }): LeftOut {
  if (isInsideWord(source, start) || isInsideWord(source, end)) return { kind: "word" };
  const before = source.slice(sentenceStart(source, start), start);
  const after = source.slice(end, sentenceEnd(source, end));
  const next = source.slice(sentenceEnd(source, end));
  // Within the clause that is cut it governs what is kept; elsewhere in the sentence it only limits it.
  const turned =
    negation.exec(before.split(clauseMark).at(-1) ?? "") ?? negation.exec(after.split(clauseMark)[0] ?? "");
  if (turned) return { kind: "negation", words: turned[0].trim() };
  const limited =
    contrast.exec(before) ??
    contrast.exec(after) ??
    negation.exec(before) ??
    negation.exec(after) ??
    opening.exec(next);
  return limited ? { kind: "contrast", words: limited[0].trim() } : { kind: "nothing" };
}

/** Between letters, or where a hyphen, an apostrophe, a decimal mark or a unit ties them ("don't", "1.5", "40%"). */
function isInsideWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 3), at);
  const after = text.slice(at, at + 3);
  if (unspaced.test(before.slice(-1)) || unspaced.test(after.slice(0, 1))) return false;
  return ties.some(([left, right]) => left.test(before) && right.test(after));
}

const ties: readonly (readonly [before: RegExp, after: RegExp])[] = [
  [/[\p{L}\p{M}\p{N}]$/u, /^[\p{L}\p{M}\p{N}]/u],
  [/[\p{L}\p{N}]['’‑-]$/u, /^\p{L}/u],
  [/\p{L}$/u, /^['’‑-]\p{L}/u],
  [/\p{N}[.,]$/u, /^\p{N}/u],
  [/\p{N}$/u, /^(?:[.,]\p{N}|\s?[%‰€])/u],
  [/[$€£]\s?$/u, /^\p{N}/u],
];

/** Scripts that write no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const sentenceMark = /[.!?…](?=["'”’»)]*(?:\s|$))/gu;

const clauseMark = /[,;:()–—]|\s-\s/u;

/** Just after the sentence mark before a place. */
function sentenceStart(text: string, at: number): number {
  let from = 0;
  for (const mark of text.slice(0, at).matchAll(sentenceMark)) from = mark.index + 1;
  return from;
}

/** Just after the sentence mark that ends the sentence of the character before a place. */
function sentenceEnd(text: string, at: number): number {
  if (/[.!?…]["'”’»)]*\s*$/u.test(text.slice(0, at))) return at;
  const rest = /[.!?…](?=["'”’»)]*(?:\s|$))/u.exec(text.slice(at));
  return rest ? at + rest.index + 1 : text.length;
}

const word = (words: string) => new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, "iu");

const negation = word(
  "not|never|no|none|nobody|nothing|neither|nor|cannot|without|hardly|barely|rarely|seldom|far\\s+from|fail(?:s|ed)?\\s+to|\\p{L}+n['’]t" +
    "|nicht|nie|niemals|kein\\p{L}*|niemand|nichts|ohne|kaum|weder" +
    "|ne|n['’]\\p{L}*|pas|jamais|aucun\\p{L}*|rien|sans|ni" +
    "|nunca|jamás|ningun\\p{L}*|ningún|nadie|nada|sin" +
    "|niet|nooit|geen|niemand|niets|zonder" +
    "|non|mai|nessun\\p{L}*|niente|senza|neanche|nemmeno|neppure|né" +
    "|não|ninguém|nenhum\\p{L}*|sem" +
    "|nigdy|nikt|nic|żaden|żadn\\p{L}*|bez|ani|wcale" +
    "|inte|aldrig|ingen|inget|inga|ingenting|utan|knappt|ikke|uden",
);
const limits =
  "but|however|until|unless|except|although|though|only\\s+if|only\\s+when|only\\s+after|if|once|yet|despite|apart\\s+from" +
  "|aber|jedoch|bis|außer|obwohl|nur\\s+wenn|erst|falls|wenn|trotz|allerdings|sondern" +
  "|mais|cependant|sauf|jusqu['’]\\p{L}*|bien\\s+que|seulement\\s+si|si|malgré" +
  "|pero|sino|hasta|salvo|excepto|aunque|solo\\s+si" +
  "|maar|echter|tot|tenzij|behalve|hoewel|alleen\\s+als|als" +
  "|ma|però|finché|tranne|anche\\s+se|solo\\s+se" +
  "|mas|porém|exceto|embora|só\\s+se" +
  "|ale|jednak|lecz|dopóki|dopiero|chyba\\s+że|oprócz|chociaż|choć|jeśli|mimo" +
  "|men|dock|förrän|tills|utom|fastän|trots|bara\\s+om|ifall";
const contrast = word(limits);
const opening = new RegExp(`^["'“„«]?\\s*(?:${limits})(?![\\p{L}\\p{M}])`, "iu");
