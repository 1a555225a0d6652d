import type { PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import { type RuleData, toCedarContext } from "./cedar-request.ts";
import { zonesOfLead } from "./country-zones.ts";
import { evidenceOf } from "./evidence.ts";
import { engineFailure } from "./fold.ts";
import { endOfQuiet } from "./local-hours.ts";
import type { RulePolicy } from "./rule-policy.ts";
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
  // The engine names them in no order that lasts.
  for (const key of [...answer.fired].sort()) {
    const policy = ruleset.policies.get(key);
    if (policy === undefined) return { findings: [engineFailure("An unknown rule fired.")], failed: true };
    findings.push(toFinding(policy, subject, data));
  }
  return { findings, failed: false };
}

function toFinding(policy: RulePolicy, subject: Subject, data: RuleData): Finding {
  const { rule, effect, reason } = policy;
  const evidence = evidenceOf(policy, subject, data);
  if (effect === "hold") return { rule, effect, reason, evidence, until: heldUntil(policy, subject.facts, data) };
  return policy.about === null
    ? { rule, effect, reason, evidence }
    : { rule, effect, reason, evidence, about: policy.about };
}

function heldUntil({ key, rule }: RulePolicy, facts: PlacementFacts, { zonesOf }: RuleData): number {
  const { now, playbook } = facts;
  const quiet = playbook.cadence.quietHours;
  if (rule === "contact.quiet-hours" && quiet) {
    return endOfQuiet(zonesOfLead(facts, zonesOf), quiet, now);
  }
  // Where the window's end is not known, it is asked again within the hour.
  const end = windowEnd(key, facts);
  return end !== null && end > now ? end : now + hourMs;
}

function windowEnd(key: string, facts: PlacementFacts): number | null {
  switch (key) {
    case "contact.frequency/account":
      return facts.accountWindowEnd;
    case "contact.frequency/channel":
      return facts.channelWindowEnd;
    default:
      return facts.contactWindowEnd;
  }
}

const hourMs = 3_600_000;
