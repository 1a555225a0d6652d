import type { AssetVersion } from "../../domain/facts.ts";
import type { Finding } from "../../domain/finding.ts";
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
    if (span === null || rendered.quote === null || source === undefined || !isSpanOf(span, source)) {
      return [against(rule, "deny", "What is shown as a quote is not in the source version.")];
    }
    const said = source.slice(span.start, span.end);
    if (normalised(rendered.quote) !== normalised(said) || normalised(said) === "") {
      return [against(rule, "deny", "What is shown as a quote is not in the source version.", spanOf(version, span))];
    }
    const { translatedFrom } = version.content;
    const translated = translatedFrom === undefined ? [] : [askTranslation(translatedFrom)];
    if (normalised(said) === normalised(source)) return translated;
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

function isSpanOf({ start, end }: Span, source: string): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= source.length;
}

function spanOf(version: AssetVersion, span: Span): Finding["evidence"] {
  return { assetVersion: version.version, start: span.start, end: span.end };
}

/**
 * The declared normalisation: Unicode NFC, typographic quote marks and apostrophes as their ASCII forms, every dash as a
 * hyphen, runs of white space (no-break and thin spaces among them) as one space, and neither an ellipsis nor quote
 * marks around the whole.
 */
function normalised(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[‐‑‒–—―−]/g, "-")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?:…|\.\.\.)\s?|\s?(?:…|\.\.\.)$/g, "")
    .replace(/^"([^"]*)"$/, "$1");
}
