import type { StandingClearance } from "../domain/facts.ts";
import { type Finding, questionOf } from "../domain/finding.ts";

/**
 * The findings with what people said of the asset version: a question about the version that was cleared holds, one that
 * was refused denies, until the answer ends. Nothing else is touched: a clearance lifts no deny, no hold and no question
 * about a lead or the words around the proof.
 */
export function weighClearances(
  findings: readonly Finding[],
  clearances: readonly StandingClearance[],
  now: number,
): readonly Finding[] {
  const standing = clearances.filter(({ expiresAt }) => now < expiresAt);
  if (standing.length === 0) return findings;
  return findings.map((found) => {
    if (found.effect !== "review" || found.about !== "version") return found;
    const question = questionOf(found);
    const answers = standing.filter((one) => one.question === question);
    const answer = answers.find(({ verdict }) => verdict === "refused") ?? answers[0];
    return answer ? answered(found, answer) : found;
  });
}

function answered({ rule, reason, evidence }: Finding, { verdict, expiresAt }: StandingClearance): Finding {
  const until = new Date(expiresAt).toISOString();
  const told = { ...evidence, question: reason, answeredUntil: until };
  const day = until.slice(0, 10);
  switch (verdict) {
    case "cleared":
      return { rule, effect: "allow", reason: `Cleared by a person until ${day}.`, evidence: told };
    case "refused":
      return { rule, effect: "deny", reason: `Refused by a person until ${day}.`, evidence: told };
  }
}
