import { against, type Check, firstOfForce } from "./check.ts";

const rule = "review.complete";

/** Words that speak for all reviews, or an average of them, rest on a statistic over all of them. */
export const reviewComplete: Check = {
  rule,
  holds: "What is said of all reviews, or of their average, covers every one of them.",
  source: "16 CFR 465.7",
  effectiveFrom: firstOfForce,
  applies: ({ version, rendered }) =>
    version === null || rendered === null || wordsOf(version.content, rendered) !== null,
  examine({ facts, version, rendered }) {
    if (version === null || rendered === null) return [against(rule, "deny", "What would be shown is not known.")];
    const words = wordsOf(version.content, rendered);
    const { statistic } = version.content;
    const isWhole = statistic?.coverage === "all" && Date.parse(statistic.to) <= facts.now;
    if (words === null || isWhole) return [];
    const reason = "The words speak for all reviews, or of their average, and no statistic over all of them is stored.";
    return [against(rule, "deny", reason, { words })];
  },
};

/** The quote is the endorser's own view; what the deploying company says is in title, framing and subject. */
function wordsOf(
  { title }: { readonly title: string },
  { framing, subject }: { readonly framing: string; readonly subject?: string | undefined },
): string | null {
  for (const text of [title, framing, subject ?? ""]) {
    const found = wholeness.exec(text);
    if (found) return found[0];
  }
  return null;
}

const reviews =
  "(?:(?:customers?['’]?s?['’]?\\s+)?(?:reviews?|ratings?|reviewers|testimonials)|(?:(?:kunden|nutzer|online)-?)?(?:bewertungen|rezensionen|meinungen|stimmen)" +
  "|avis|reseñas|opiniones|valoraciones|(?:klant(?:en)?-?)?(?:beoordelingen|recensies|reviews)|recensioni|opinioni|opinie|recenzje|recensioner|omdömen)";
const our = "(?:our|the|their|unsere[nr]?|die|les|nos|las|nuestras|onze|de|le|le\\s+nostre|nasze|våra)";
const all = "(?:all|alle|ausnahmslos|tous|toutes|todas|allemaal|tutte|wszystkie|alla)";
const wholeness = new RegExp(
  `(?<![\\p{L}])(?:(?:all|every|each)(?:\\s+of)?(?:\\s+(?:our|the|their))?\\s+${reviews}` +
    `|${all}\\s+${our}\\s+${reviews}|${our}\\s+${reviews}\\s+(?:are|sind|sont|son|zijn|sono|są|är)\\s+${all}` +
    `|\\p{Nd}(?:[.,]\\p{Nd}+)?\\s+of\\s+(?:5|10)(?:\\s+stars?|(?!\\s+\\p{L}|\\p{Nd}))` +
    `|(?:average|mean|overall)\\s+(?:customer\\s+)?(?:rating|score|stars?|review)|average\\s+of\\s+\\p{Nd}` +
    `|rated\\s+\\p{Nd}|\\p{Nd}(?:[.,]\\p{Nd}+)?\\s*(?:out\\s+of|/|von|sur|de|van|su)\\s*(?:5|10)(?:\\s+(?:stars?|sternen?|étoiles|estrellas|sterren|stelle))?` +
    `|(?:alle|jede|sämtliche)\\s+(?:unsere\\s+)?${reviews}|durchschnitt(?:liche|lich|s)?\\s*(?:bewertung|note)` +
    `|tous\\s+(?:les|nos)\\s+avis|note\\s+moyenne|todas\\s+(?:las|nuestras)\\s+${reviews}|(?:nota|valoración)\\s+media` +
    `|gemiddelde\\s+(?:beoordeling|score)|tutte\\s+le\\s+recensioni|(?:voto|valutazione)\\s+medi[oa])(?![\\p{L}])`,
  "iu",
);
