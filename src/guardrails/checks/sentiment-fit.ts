import sentiment from "wink-sentiment";
import { asked, type Check, firstOfForce } from "./check.ts";
import { remembered } from "./remembered.ts";

const rule = "sentiment.fit";

/**
 * A quote that is shown as proof does not speak against the product. As a person or the rubric recorded it; else as an
 * English quote's words score (AFINN-165 by wink-sentiment). A negative score asks a
 * person once for the version. Words that score nothing, and other languages, tell nothing: that is not asked about, so
 * a deployment that wants to be sure records how its quotes speak. An excerpt is judged by itself, too.
 */
export function makeSentimentFit(): Check {
  const scoreOf = remembered((text) => sentiment(text).score);
  return {
    rule,
    holds: "The quote does not speak against what it is shown for.",
    source: "Sentiment gate",
    effectiveFrom: firstOfForce,
    applies: ({ version, content }) => version?.content.quote !== undefined && content?.quote !== null,
    examine({ version, content, rendered }) {
      const quote = version?.content.quote;
      if (version === null || quote === undefined) return [];
      const { sentiment: recorded, language } = version.content;
      if (recorded === "negative" || recorded === "mixed") {
        return [asked(rule, "The quote is recorded as speaking against the product, at least in part.", { recorded })];
      }
      const isEnglish = /^en\b/.test(language);
      const span = content?.quote;
      const isExcerpt = span != null && span.end - span.start < quote.length;
      if (isExcerpt && isEnglish && scoreOf(rendered?.quote ?? "") < 0) {
        return [
          asked(rule, "The excerpt's words speak against the product.", { score: scoreOf(rendered?.quote ?? "") }),
        ];
      }
      if (recorded !== undefined) return [];
      if (!isEnglish) return [];
      const score = scoreOf(quote);
      return score < 0 ? [asked(rule, "The quote's words speak against the product.", { score })] : [];
    },
  };
}
