import type { Finding } from "../domain/finding.ts";
import type { RuleData } from "./cedar-request.ts";
import type { Check } from "./checks/check.ts";
import { speaksOfNow } from "./endorser-now.ts";
import { owes } from "./owed-disclosures.ts";
import type { RulePolicy } from "./rule-policy.ts";
import { unrecordedResults } from "./stated-results.ts";
import type { Subject } from "./subject.ts";
import { tracks } from "./tracking.ts";
import { statesStatistic } from "./usage-figures.ts";

/** One rule as an explanation lists it. */
export interface Rule {
  readonly id: string;
  readonly kind: "cedar" | "check";
  readonly source: string;
  /** Milliseconds UTC. */
  readonly effectiveFrom: number;
  /** What it says when it applied and held. */
  readonly allow: Finding;
  /** Whether an explanation names it where it did not fire; a rule that fires speaks in any case. */
  applies(subject: Subject, data: RuleData): boolean;
}

/** The registry: every rule of the policies and of the checks, one entry per id. */
export function ruleRegistry(policies: readonly RulePolicy[], checks: readonly Check[]): readonly Rule[] {
  const rules = new Map<string, Rule>();
  // The last part of a rule in the files has the same words for holding as the first; `asset.fresh` names its kind's.
  for (const policy of [...policies].sort((a, b) => b.key.localeCompare(a.key)))
    rules.set(policy.rule, {
      id: policy.rule,
      kind: "cedar",
      source: policy.source,
      effectiveFrom: policy.effectiveFrom,
      allow: allowing(policy.rule, policy.holds),
      applies: conditions[policy.rule] ?? always,
    });
  for (const check of checks)
    rules.set(check.rule, {
      id: check.rule,
      kind: "check",
      source: check.source,
      effectiveFrom: check.effectiveFrom,
      allow: allowing(check.rule, check.holds),
      applies: check.applies,
    });
  return [...rules.values()].sort((a, b) => a.id.localeCompare(b.id));
}

/** Rules on facts that do not concern every placement. Their policies say the same in Cedar, which is what decides. */
const conditions: Readonly<Record<string, (subject: Subject, data: RuleData) => boolean>> = {
  "endorser.fatigue": ({ grant }) => grant?.terms.maxUses !== undefined,
  "contact.repeat": ({ facts }) => facts.playbook.cadence.repeatAfterDays > 0,
  "contact.quiet-hours": ({ facts }) =>
    facts.playbook.cadence.quietHours !== undefined &&
    (facts.touchpoint.channel === "email" || facts.touchpoint.channel === "ads"),
  "asset.source-terms": ({ version }, { sources }) => version === null || sources.of(version.content.source).length > 0,
  "endorser.current": (subject) => speaksOfNow(subject) !== false,
  "claim.typical": ({ version }) =>
    version === null || version.content.claims.length > 0 || unrecordedResults(version).length > 0,
  "claim.statistic": (subject) => statesStatistic(subject) !== false,
  "review.sentiment-incentive": ({ version }) => version === null || version.content.source.incentive !== undefined,
  "review.selection": (subject, { dutiesOf }) => owes(subject, dutiesOf, "selection"),
  "disclose.verification": (subject, { dutiesOf }) => owes(subject, dutiesOf, "verification", "review-policy"),
  "disclose.adviser": (subject, { dutiesOf }) => owes(subject, dutiesOf, "adviser"),
  "disclose.ai": (subject, { dutiesOf }) => owes(subject, dutiesOf, "model-text", "machine-notice"),
  "tracking.consent": (subject) => tracks(subject) !== false,
  "autonomy.first-use": ({ facts }) => facts.playbook.autonomy.firstUses > 0,
  "email.sender": (subject) => onEmail(subject),
  "email.unsubscribe": (subject) => onEmail(subject),
  "email.recipient": (subject) => onEmail(subject),
};

const onEmail = ({ facts }: Subject) => facts.touchpoint.channel === "email";
const always = () => true;

/** Shared by every decision, and so frozen. */
function allowing(rule: string, reason: string): Finding {
  return Object.freeze({ rule, effect: "allow", reason, evidence: Object.freeze({}) });
}
