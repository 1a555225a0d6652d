import type { Finding } from "../domain/finding.ts";
import { cedarFindings } from "./cedar-findings.ts";
import type { RuleData } from "./cedar-request.ts";
import { oversized } from "./checks/channel-limits.ts";
import type { Ruleset } from "./ruleset.ts";
import type { Subject } from "./subject.ts";

/**
 * Every rule in force on one placement: what fires, and for each rule that applied and held an `allow`. A rule that
 * fires is reported whether or not it was expected to apply.
 */
export function evaluate(ruleset: Ruleset, subject: Subject, data: RuleData): readonly Finding[] {
  const cedar = cedarFindings(ruleset, subject, data);
  const findings: Finding[] = [...cedar.findings];
  const tooLong = oversized(subject);
  if (tooLong !== null) return [...findings, tooLong];
  for (const check of ruleset.checks) if (check.applies(subject)) findings.push(...check.examine(subject));
  const fired = new Set(findings.map((found) => found.rule));
  for (const rule of ruleset.rules) {
    // What the engine could not say is not said.
    if (rule.kind === "cedar" && cedar.failed) continue;
    if (!fired.has(rule.id) && rule.applies(subject, data)) findings.push(rule.allow);
  }
  return findings;
}
