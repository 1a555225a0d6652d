import type { ClaimSources } from "./sources.ts";

/**
 * Names in a framing that nothing it may draw on has: words with a capital inside a sentence, and the competitors
 * wherever they stand. Where capitals tell nothing (German nouns, a headline in title case) only the competitors are
 * told; such a framing is read by a person in any case.
 */
export function foreignNames(
  framing: string,
  sources: ClaimSources,
  { language, competitors }: { readonly language: string; readonly competitors: readonly string[] },
): readonly string[] {
  const known = new Set(sources.texts.flatMap(({ text }) => namesOf(text)));
  const rivals = competitors.filter((name) => contains(framing, name) && !isKnown(name, known));
  if (/^de\b/.test(language) || isTitleCase(framing)) return rivals;
  const names = [...framing.matchAll(capitalised)]
    .filter((match) => !startsSentence(framing, match.index))
    .map(([word]) => word)
    .filter((word) => !known.has(word.toLowerCase()) && !/^I(?:'|’|$)/.test(word));
  return [...new Set([...rivals, ...names])];
}

const capitalised = /(?<![\p{L}\p{N}{])\p{Lu}[\p{L}\p{M}\p{N}&'’-]*/gu;

function namesOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}&'’-]*/gu) ?? [];
}

function isKnown(name: string, known: ReadonlySet<string>): boolean {
  return namesOf(name).every((word) => known.has(word));
}

function contains(text: string, name: string): boolean {
  const words = ` ${namesOf(text).join(" ")} `;
  return words.includes(` ${namesOf(name).join(" ")} `);
}

/** At the beginning, or after what ends a sentence or opens one. */
function startsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:…—–(]\s*|\n)["'“„‘«¿¡]?\s*$/u.test(text.slice(0, at));
}

/** More than half of the longer words have a capital. */
function isTitleCase(text: string): boolean {
  const words = text.match(/(?<![\p{L}{])\p{L}{4,}/gu) ?? [];
  return words.length >= 3 && words.filter((word) => /^\p{Lu}/u.test(word)).length > words.length / 2;
}
