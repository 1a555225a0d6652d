/**
 * The characters [start, end) of a quote as they are shown: with "…" wherever words before or after them are left out,
 * so that an excerpt is never taken for the whole. Null for a span outside the quote, or without a letter or digit.
 */
export function quotedWords(
  quote: string,
  { start, end }: { readonly start: number; readonly end: number },
): string | null {
  if (start < 0 || end > quote.length) return null;
  const said = quote.slice(start, end);
  if (!hasWords(said)) return null;
  const before = hasWords(quote.slice(0, start)) ? "… " : "";
  const after = hasWords(quote.slice(end)) ? " …" : "";
  if (before === "" && after === "") return said;
  return `${before}${before === "" ? said.trimEnd() : said.trim()}${after}`;
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
