import type { PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import { type RuleData, toCedarContext } from "./cedar-request.ts";
import { evidenceOf } from "./evidence.ts";
import { engineFailure } from "./fold.ts";
import { endOfQuiet } from "./local-hours.ts";
import type { RulePolicy } from "./policy-files.ts";
import type { Ruleset } from "./ruleset.ts";
import type { Subject } from "./subject.ts";

/** The findings of the rules on facts. `failed`: the engine's answer is not whole, and a deny says so. */
export function cedarFindings(
  ruleset: Ruleset,
  subject: Subject,
  data: RuleData,
): { readonly findings: readonly Finding[]; readonly failed: boolean } {
  const answer = ruleset.engine.answer(toCedarContext(subject, data));
  if ("failure" in answer) return { findings: [engineFailure(answer.failure)], failed: true };
  const findings: Finding[] = [];
  for (const key of answer.fired) {
    const policy = ruleset.policies.get(key);
    if (policy === undefined) return { findings: [engineFailure("An unknown rule fired.")], failed: true };
    findings.push(toFinding(policy, subject));
  }
  return { findings, failed: false };
}

function toFinding(policy: RulePolicy, subject: Subject): Finding {
  const { rule, effect, reason } = policy;
  const evidence = evidenceOf(rule, subject);
  if (effect === "hold") return { rule, effect, reason, evidence, until: heldUntil(rule, subject.facts) };
  return policy.about === null
    ? { rule, effect, reason, evidence }
    : { rule, effect, reason, evidence, about: policy.about };
}

function heldUntil(rule: string, facts: PlacementFacts): number {
  const { now, contactWindowEnd, playbook, lead, profile } = facts;
  const quiet = playbook.cadence.quietHours;
  if (rule === "contact.quiet-hours" && quiet) {
    return endOfQuiet(lead?.timezone ?? profile.defaultTimezone, quiet, now);
  }
  // Where the window's end is not known, it is asked again within the hour.
  return contactWindowEnd !== null && contactWindowEnd > now ? contactWindowEnd : now + hourMs;
}

const hourMs = 3_600_000;
