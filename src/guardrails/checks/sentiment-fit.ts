import sentiment from "wink-sentiment";
import { asked, type Check, firstOfForce } from "./check.ts";

const rule = "sentiment.fit";

/**
 * A quote that is shown as proof does not speak against the product. As a person or the rubric recorded it; else as an
 * English quote's words score (AFINN-165 by wink-sentiment). A score of nothing, and another language, tell nothing,
 * and then a person is asked once for the version. An excerpt is judged by itself, too.
 */
export const sentimentFit: Check = {
  rule,
  holds: "The quote does not speak against what it is shown for.",
  source: "Sentiment gate",
  effectiveFrom: firstOfForce,
  applies: ({ version, content }) => version?.content.quote !== undefined && content?.quote !== null,
  examine({ version, rendered }) {
    const quote = version?.content.quote;
    if (version === null || quote === undefined) return [];
    const { sentiment: recorded, language } = version.content;
    if (recorded === "negative" || recorded === "mixed") {
      return [asked(rule, "The quote is recorded as speaking against the product, at least in part.", { recorded })];
    }
    const isEnglish = /^en\b/.test(language);
    const isExcerpt = rendered?.quote != null && rendered.quote.length < quote.length;
    if (isExcerpt && isEnglish && scoreOf(rendered?.quote ?? "") < 0) {
      return [asked(rule, "The excerpt's words speak against the product.", { score: scoreOf(rendered?.quote ?? "") })];
    }
    if (recorded !== undefined) return [];
    if (!isEnglish) return [asked(rule, "Nobody has said how the quote speaks of the product.", { language })];
    const score = scoreOf(quote);
    if (score > 0) return [];
    const reason =
      score < 0
        ? "The quote's words speak against the product."
        : "The quote's words don't tell how it speaks of the product.";
    return [asked(rule, reason, { score })];
  },
};

function scoreOf(text: string): number {
  const known = scores.get(text);
  if (known !== undefined) return known;
  const { score } = sentiment(text);
  if (scores.size >= maxScores) scores.clear();
  scores.set(text, score);
  return score;
}

const maxScores = 4096;
const scores = new Map<string, number>();
