import { expect, test } from "vitest";
import { saidBy, showing } from "../../../test/support/one-check.ts";
import { now, placementFacts } from "../../../test/support/placement-facts.ts";
import { subjectOf } from "../subject.ts";
import { reviewComplete } from "./review-complete.ts";

const until = (at: number, coverage = "all") => ({
  statistic: {
    query: "reviews of 2026",
    from: "2026-01-01T00:00:00Z",
    to: new Date(at).toISOString(),
    count: 40,
    coverage,
  },
});
const title = { title: "All our reviews" };

test.each([
  ["silent", "nothing of the kind", placementFacts()],
  ["deny", "in the title", placementFacts({ asset: title })],
  ["deny", "in the framing", showing({ framing: "All our reviews" })],
  ["deny", "in the subject", showing({ subject: "All our reviews" })],
  ["silent", "in the quote", placementFacts({ asset: { quote: "All reviews say so." } })],
  ["allow", "over all of them until now", placementFacts({ asset: { ...title, ...until(now) } })],
  ["deny", "over a time that has not ended", placementFacts({ asset: { ...title, ...until(now + 1) } })],
  ["deny", "over some of them", placementFacts({ asset: { ...title, ...until(now, "selected") } })],
  ["deny", "nothing rendered", placementFacts({ facts: { rendered: null } })],
  ["deny", "version unknown", placementFacts({ facts: { version: null } })],
])("%s: %s", (effect, _why, facts) => expect(saidBy(reviewComplete, facts)).toBe(effect));

test.each([
  "Our reviews are all positive",
  "All our customers' reviews are good",
  "Alle unsere Kundenbewertungen sind gut",
  "Unsere Bewertungen sind ausnahmslos gut",
  "Tous nos avis",
  "Nos avis sont tous positifs",
  "Todas las opiniones de nuestros clientes",
  "Al onze klantbeoordelingen zijn goed, en onze reviews zijn allemaal goed",
  "Le nostre recensioni sono tutte positive",
  "Tutte le nostre recensioni",
  "Wszystkie nasze opinie",
  "Alla våra omdömen",
  "Rated by others: 4.8 of 5 stars",
  "4.8 of 5",
])("speaks for all: %s", (words) => expect(saidBy(reviewComplete, showing({ framing: words }))).toBe("deny"));

test.each(["Some of our reviews", "Our reviews are good", "9 of 10 teams", "4 of 50", "Unsere Bewertungen sind lang"])(
  "does not speak for all: %s",
  (words) => expect(saidBy(reviewComplete, showing({ framing: words }))).toBe("silent"),
);

test("nothing is said where no words speak for all", () => {
  expect(reviewComplete.examine(subjectOf(placementFacts()))).toEqual([]);
});
