import type { AssetVersion } from "../../domain/facts.ts";
import type { Finding } from "../../domain/finding.ts";
import { quotedWords } from "../../domain/quoted-words.ts";
import type { Subject } from "../subject.ts";
import { against, asked, type Check, firstOfForce } from "./check.ts";
import { leftOut } from "./left-out.ts";

const rule = "quote.verbatim";

/**
 * What is shown as a quote is the source's own words: the whole quote, or an excerpt that the grant allows, that keeps
 * its sense and that a person has cleared for this version. So has a translation.
 */
export const quoteVerbatim: Check = {
  rule,
  holds: "The quote is shown as the source has it.",
  source: "16 CFR 255.1(b)",
  effectiveFrom: firstOfForce,
  applies: ({ version, content, rendered }) =>
    version === null || content === null || content.quote !== null || rendered === null || rendered.quote !== null,
  examine({ version, content, rendered, grant }: Subject): readonly Finding[] {
    const source = version?.content.quote;
    if (version === null || content === null || rendered === null) {
      return [against(rule, "deny", "What would be shown, or the source it quotes, is not known.")];
    }
    const span = content.quote;
    if (span === null || rendered.quote === null || source === undefined) {
      return [against(rule, "deny", "What is shown as a quote is not in the source version.")];
    }
    const expected = quotedWords(source, span);
    if (expected === null || !isSame(rendered.quote, expected)) {
      const isUnmarked = expected !== null && isSame(unmarked(rendered.quote), unmarked(expected));
      const reason = isUnmarked ? wrongMarks : "What is shown as a quote is not in the source version.";
      return [against(rule, "deny", reason, spanOf(version, span))];
    }
    const { translatedFrom } = version.content;
    const translated = translatedFrom === undefined ? [] : [askTranslation(translatedFrom)];
    if (isSame(source.slice(span.start, span.end), source)) return translated;
    if (grant === null || !grant.terms.excerptsAllowed) {
      return [
        against(rule, "deny", "The quote is shown in part, and the grant allows no excerpts.", spanOf(version, span)),
      ];
    }
    return [...translated, excerptFinding(version, source, span)];
  },
};

/** The questions name the span: clearing one excerpt clears no other. */
function excerptFinding(version: AssetVersion, source: string, span: Span): Finding {
  const evidence = spanOf(version, span);
  const lost = leftOut(source, span);
  const which = `characters ${span.start} to ${span.end}`;
  switch (lost.kind) {
    case "word":
      return against(rule, "deny", "The excerpt begins or ends inside a word.", evidence);
    case "negation":
      return against(rule, "deny", "The excerpt leaves out a word that turns its sense.", {
        ...evidence,
        words: lost.words,
      });
    case "contrast": {
      const reason = `This excerpt (${which}) leaves out what limits it, and has not been approved.`;
      return asked(rule, reason, { ...evidence, words: lost.words });
    }
    case "nothing":
      return asked(rule, `This excerpt of the quote (${which}) has not been approved.`, evidence);
  }
}

function askTranslation(from: string): Finding {
  return asked(rule, "The quote is a translation that has not been approved.", { translatedFrom: from });
}

type Span = { readonly start: number; readonly end: number };

function spanOf(version: AssetVersion, span: Span): Finding["evidence"] {
  return { assetVersion: version.version, start: span.start, end: span.end };
}

const wrongMarks = "A cut in the quote is not marked as one, or a mark stands where nothing is cut.";

/**
 * The declared normalisation, under which two texts are the same words:
 * - Unicode NFC;
 * - quote marks and apostrophes of every kind as their ASCII forms;
 * - hyphens, dashes and minus signs of every kind as "-", with no account of a space beside it;
 * - every run of white space (no-break, thin and narrow spaces and line ends among them) as one space, none at the ends;
 * - "...", "[…]" and "(…)" as "…", with no account of a space beside it.
 * Quote marks around the whole count for nothing. Nothing else: letters and their case, digits, punctuation and order
 * stay as they are, and so does each mark of a cut.
 */
function normalised(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[“”„‟«»＂]/g, '"')
    .replace(/[‘’‚‛‹›´`＇]/g, "'")
    .replace(/\s+/g, " ")
    .replace(/ ?[‐‑‒–—―−-] ?/g, "-")
    .replace(/ ?(?:\[…\]|\(…\)|\[\.\.\.\]|\(\.\.\.\)|\.\.\.|…) ?/g, "…")
    .trim();
}

function isSame(shown: string, said: string): boolean {
  if (shown === said) return true;
  const [one, other] = [normalised(shown), normalised(said)];
  return one === other || one === `"${other}"`;
}

function unmarked(text: string): string {
  return normalised(text).replace(/^…|…$/g, "");
}
