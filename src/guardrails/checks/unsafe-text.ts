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

/** Whether a word mixes Latin letters with Cyrillic or Greek ones that look the same: it reads as one word and is another. */
export function mixesScripts(text: string): boolean {
  if (!lookalike.test(text)) return false;
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).some((word) => lookalike.test(word) && /\p{Script=Latin}/u.test(word));
}

/** Small Greek letters stand in Latin words of science ("TNFα"), but for omicron. */
const lookalike = /[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]/u;

function hasHidden(text: string): boolean {
  return suspicious.test(text) && suspicious.test(text.replace(legitimate, ""));
}

/**
 * Control, format, private-use and surrogate code points but tab and line ends, and whatever has no glyph (fillers,
 * joiners, selectors, the empty Braille cell): a forbidden word with one inside reads as ever and matches nothing.
 */
const suspicious = /[\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\uFFFC]|(?![\t\n\r])\p{Cc}/u;

/**
 * Where such a character is part of how a text is written: joiners between emoji, joiners between letters of scripts
 * that need them, a selector after an
 * ideograph, an emoji or a Mongolian letter, flags of regions, and direction marks in texts of right-to-left scripts.
 */
const legitimate =
  /(?<=\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200C\u200D](?=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}])|(?<=\p{Script=Han})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]|(?<=\p{Extended_Pictographic}|\p{S})[\uFE0E\uFE0F]|(?<=[0-9#*])\uFE0F(?=\u20E3)|(?<=\p{Script=Mongolian})[\u180B-\u180F]|(?<=\u{1F3F4})[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,6}\u{E007F}|(?<=[\p{Script=Arabic}\p{Script=Hebrew}][\p{P}\p{Zs}]?)[\u200E\u200F]/gu;
