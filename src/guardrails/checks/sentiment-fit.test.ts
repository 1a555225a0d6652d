import { expect, test } from "vitest";
import { holding, saidBy, showing } from "../../../test/support/one-check.ts";
import { placementFacts } from "../../../test/support/placement-facts.ts";
import { subjectOf } from "../subject.ts";
import { makeSentimentFit } from "./sentiment-fit.ts";

const check = makeSentimentFit();
const asset = (quote: string, more: object = {}) => placementFacts({ asset: { quote, ...more } });
/** A part of a quote, shown as such. */
function part(quote: string, kept: string, more: object = {}) {
  const start = quote.indexOf(kept);
  const span = { start, end: start + kept.length };
  return placementFacts({
    asset: { quote, ...more },
    proposed: { excerpt: span },
    grant: { excerptsAllowed: true },
  });
}
const both = "It was awful for a week. It is a great, excellent and superb tool.";
const ofUse = { sentiment: "positive" };

test.each([
  ["silent", "no quote", placementFacts({ asset: { kind: "statistic", quote: undefined } })],
  ["silent", "a quote that is not shown", holding({ quote: null }, { asset: { quote: "It was awful." } })],
  ["allow", "nothing for or against", asset("We use it on two floors.")],
  ["review of the version", "against", asset("It was awful.")],
  ["review of the version", "recorded as against", asset("A great tool.", { sentiment: "negative" })],
  ["review of the version", "recorded as both", asset("A great tool.", { sentiment: "mixed" })],
  ["allow", "recorded as for it", asset("It was awful.", ofUse)],
  ["allow", "another language", asset("It was awful.", { language: "de" })],
  ["review of the version", "an English of a country", asset("It was awful.", { language: "en-GB" })],
  ["allow", "the whole", asset(both)],
  ["review of the version", "a part that is against it", part(both, "It was awful for a week.")],
  ["review of the version", "such a part, the whole recorded as for it", part(both, "It was awful for a week.", ofUse)],
  ["allow", "such a part in another language", part(both, "It was awful for a week.", { language: "de" })],
  ["allow", "a part that is for it", part(both, "It is a great, excellent and superb tool.")],
  ["allow", "a part for it, recorded as such", part(both, "It is a great, excellent and superb tool.", ofUse)],
  ["allow", "a part that says neither", part("We use it. It is great.", "We use it.", ofUse)],
  [
    "allow",
    "a part of which nothing is shown",
    showing({ quote: null }, { ...excerptOf(both), asset: { quote: both } }),
  ],
])("%s: %s", (effect, _why, facts) => expect(saidBy(check, facts)).toBe(effect));

function excerptOf(quote: string) {
  return { proposed: { excerpt: { start: 0, end: quote.indexOf(".") + 1 } }, grant: { excerptsAllowed: true } };
}

test("nothing is said of what is not there", () => {
  expect(check.examine(subjectOf(placementFacts({ facts: { version: null } })))).toEqual([]);
  const quoteless = placementFacts({ asset: { kind: "statistic", quote: undefined, sentiment: "negative" } });
  expect(check.examine(subjectOf(quoteless))).toEqual([]);
});

test("a quote that the version does not have is not judged, whatever the content says", () => {
  const subject = subjectOf(placementFacts());
  const { version } = subject;
  expect(check.applies(subject)).toBe(true);
  expect(
    check.applies({
      ...subject,
      version: version && { ...version, content: { ...version.content, quote: undefined } },
    }),
  ).toBe(false);
});

test("the evidence is the score of what is shown", () => {
  const [whole] = check.examine(subjectOf(asset("It was awful.")));
  expect(whole?.evidence).toEqual({ score: -3 });
  const [excerpt] = check.examine(subjectOf(part(both, "It was awful for a week.")));
  expect(excerpt?.evidence).toEqual({ score: -3 });
  expect(excerpt?.reason).toMatch(/^The excerpt/);
});
