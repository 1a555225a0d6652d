import type { Finding } from "../domain/finding.ts";
import type { Softening, Tightening } from "./guardrail.ts";

export interface Overrides {
  readonly tightenings: readonly Tightening[];
  /** Those that stand at the time of the facts. */
  readonly softenings: readonly Softening[];
}

/**
 * The findings as the deployment's overrides have them: of a tightened rule a question or a hold denies; of a softened
 * one a deny is asked of a person, who sees by whose override. Where a rule is both, it is tightened. Nothing is ever
 * allowed by an override.
 */
export function applyOverrides(
  findings: readonly Finding[],
  { tightenings, softenings }: Overrides,
): readonly Finding[] {
  if (tightenings.length === 0 && softenings.length === 0) return findings;
  const tightened = new Set(tightenings.map(({ rule }) => rule));
  return findings.map((found) => {
    if (tightened.has(found.rule)) return denying(found);
    const softening = softenings.find(({ rule }) => rule === found.rule);
    return softening ? asking(found, softening) : found;
  });
}

function denying(found: Finding): Finding {
  if (found.effect !== "review" && found.effect !== "hold") return found;
  const { rule, reason, evidence } = found;
  return { rule, effect: "deny", reason, evidence: { ...evidence, override: `${found.effect} → deny` } };
}

/** Asked each time: what an administrator let a person decide is nothing that a clearance settles once. */
function asking(found: Finding, { overrideId, by }: Softening): Finding {
  if (found.effect !== "deny" || isUnsoftened(found.rule)) return found;
  const { rule, reason, evidence } = found;
  return { rule, effect: "review", reason, evidence: { ...evidence, override: overrideId, by } };
}

/**
 * Rules whose deny nobody at the deployment may turn into a question, and why: what they keep is not the deployment's
 * to give away, or is not a matter of opinion.
 */
export const unsoftened: Readonly<Record<string, string>> = {
  "grant.valid": "without a grant there is no right to show it, and its withdrawal binds at once",
  "grant.channel": "the channel is the endorser's to give",
  "grant.territory": "the territory is the endorser's to give",
  "grant.purpose": "the use is the endorser's to give",
  "grant.elements": "name, face and words are the endorser's to give",
  "endorser.exclusions": "whom it is kept from is the endorser's to say; change the grant once they agree",
  "endorser.fatigue": "how often it is used is the endorser's to say; change the grant once they agree",
  "asset.current": "what was taken out of use comes back by the steps of its life, not by a rule",
  "contact.repeat": "how often is for the playbook to say (repeatAfterDays)",
  "consent.channel": "whether they are addressed is the lead's to say",
  "consent.suppressed": "an objection of the lead is absolute",
  "tracking.consent": "whether they are tracked is the lead's to say",
  "privacy.minimal": "a person's data is that person's",
  "profile.special": "what is sensitive about a person is not the sender's to say",
  "proof.authentic": "proof that nobody is known to stand behind is forbidden, whoever agrees to it",
  "quote.verbatim": "nobody may put words into the endorser's mouth; correct the asset instead",
  "review.sentiment-incentive": "praise that was paid for is forbidden, whoever agrees to it",
  "review.selection": "what the law wants said beside it is said, or it is not shown",
  "disclose.adviser": "what the law wants said beside it is said, or it is not shown",
  "disclose.ai": "what the law wants said beside it is said, or it is not shown",
  "disclose.connection": "what the law wants said beside it is said, or it is not shown",
  "disclose.insider": "what the law wants said beside it is said, or it is not shown",
  "disclose.verification": "what the law wants said beside it is said, or it is not shown",
  "content.safe": "what can act on a page is not seen by the person who would be asked",
  "email.recipient": "without an address there is nobody to send it to",
  "email.sender": "every message says who sends it; write it into the brand file",
  "email.unsubscribe": "every message says how to get rid of the next one",
  "kill-switch": "a stop is lifted by whoever may lift stops, not by a rule",
  "rollout.mode": "a playbook is switched on in its own file, not by a rule",
  "engine.failure": "where the rules could not be asked, nobody knows what they would have said",
  "permit.valid": "a permit that does not hold is none",
};

export function isUnsoftened(rule: string): boolean {
  return Object.hasOwn(unsoftened, rule);
}

/** Why the rule may not be softened; null where it may. */
export function whyUnsoftened(rule: string): string | null {
  return Object.hasOwn(unsoftened, rule) ? (unsoftened[rule] ?? null) : null;
}
