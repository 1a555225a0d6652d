import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { judges } from "./judge.ts";
import { grantOf, type Opinion, versionOf } from "./opinion.ts";
import { masked } from "./rights.ts";
import { words } from "./words.ts";

/**
 * What the written rules have against showing it without asking anybody, each as `rule opinion`; none where it may be
 * shown as it stands. The system's own confidence is no fact about the placement, and so is not asked.
 */
export function standingAgainst(facts: PlacementFacts): readonly string[] {
  return Object.entries({ ...judges, ...words }).flatMap(([rule, judge]) => {
    const opinion = answered(facts, rule, judge(facts));
    return opinion === "ok" ? [] : [`${rule} ${opinion}`];
  });
}

/** What is asked once per version has been answered where a person did, until the answer ends. */
function answered({ clearances, now }: PlacementFacts, rule: string, opinion: Opinion): Opinion {
  if (opinion !== "review" || !askedOnce.includes(rule)) return opinion;
  const answers = clearances.filter(({ question, expiresAt }) => question.startsWith(`${rule}|`) && now < expiresAt);
  if (answers.some(({ verdict }) => verdict === "refused")) return "deny";
  return answers.some(({ verdict }) => verdict === "cleared") ? "ok" : "review";
}

/** "review, cleared per version" in the written rules. First uses are counted, and so are no question that is answered. */
const askedOnce = [
  "grant.elements",
  "asset.fresh",
  "endorser.current",
  "quote.verbatim",
  "claim.typical",
  "sentiment.fit",
  "content.safe",
  "disclose.connection",
];

/** Whether what the place wants and the grant covers of the asset, masked as the grant says, still is what its kind promises. */
export function leavesProof(facts: PlacementFacts): boolean {
  const [asset, grant] = [versionOf(facts)?.content, grantOf(facts)];
  if (!asset || !grant || !facts.definition) return false;
  const allowed = grant.terms.elements.filter((one) => masked[grant.terms.attribution]?.includes(one));
  const shown = facts.definition.elements.filter((one) => allowed.includes(one));
  if (asset.kind === "testimonial" || asset.kind === "review")
    return asset.quote !== undefined && shown.includes("quote");
  return asset.kind !== "logo" || shown.includes("logo");
}
