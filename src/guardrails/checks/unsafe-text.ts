/** What plain text must not contain: markup, an address that acts, characters that hide or reorder. */
export type Unsafe = "markup" | "scheme" | "hidden";

/** The first thing wrong with a text that is shown as plain text; null when nothing is. */
export function unsafeText(text: string): Unsafe | null {
  if (hasHidden(text)) return "hidden";
  const folded = text.normalize("NFKC");
  if (markup.test(folded)) return "markup";
  return scheme.test(folded) ? "scheme" : null;
}

/** Tags, comments and processing instructions, opened or closed, and the entities that would make one. */
const markup = /<\s*[a-z/!?%]|&(?:lt|gt|#x?[0-9a-f]+);?|<!\[CDATA\[|\]\]>/i;

/** `data:` needs a media type or a comma, since "the data: it was wrong" is prose; likewise with the others. */
const scheme =
  /\b(?:javascript|vbscript|livescript|blob|file)\s*:(?=\S)|\bjavascript\s*:\s*\w+\s*[([=`.]|\bdata\s*:\s*(?:[a-z]+\/[a-z0-9.+-]+)?\s*(?:;[a-z0-9=-]+\s*)*,(?=\S)|\bdata\s*:\s*[a-z]+\/[a-z0-9.+-]+/i;

function hasHidden(text: string): boolean {
  return suspicious.test(text) && suspicious.test(text.replace(legitimate, ""));
}

/** Control, format, private-use and surrogate code points but tab and line ends, and selectors that carry no glyph. */
const suspicious = /[\p{Cf}\p{Co}\p{Cs}\u2028\u2029\uFFFC]|[\u{E0100}-\u{E01EF}]|(?![\t\n\r])\p{Cc}/u;

/**
 * Where such a character is part of how a text is written: joiners between emoji, joiners between letters of scripts
 * that need them, a selector after an ideograph, flags of regions, and direction marks in texts of right-to-left scripts.
 */
const legitimate =
  /(?<=\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200C\u200D](?=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}])|(?<=\p{Script=Han})[\u{E0100}-\u{E01EF}]|(?<=\u{1F3F4})[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,6}\u{E007F}|(?<=[\p{Script=Arabic}\p{Script=Hebrew}][\p{P}\p{Zs}]?)[\u200E\u200F]/gu;
