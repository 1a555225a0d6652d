import { AppError } from "../domain/errors.ts";
import type { Finding } from "../domain/finding.ts";
import { makeChecks } from "./checks/checks.ts";
import { confidenceFinding, confidenceOf } from "./confidence.ts";
import { loadCountryTable } from "./country-table.ts";
import { evaluate } from "./evaluate.ts";
import { engineFailure, foldFindings } from "./fold.ts";
import { loadFreshnessLimits } from "./freshness.ts";
import type { Guardrail } from "./guardrail.ts";
import { loadPolicyFiles, type PolicyFiles } from "./policy-files.ts";
import { makeRulesets, rulesetAt } from "./ruleset.ts";
import { subjectOf } from "./subject.ts";

/**
 * The rule pack: rules on facts in Cedar, rules on text as checks. The ruleset is chosen by the time of the facts.
 * Rejects with `config` when a policy or a data file is not usable.
 */
export async function makeGuardrail(files: PolicyFiles = loadPolicyFiles()): Promise<Guardrail> {
  const data = { countries: loadCountryTable(), freshness: loadFreshnessLimits() };
  const [first, ...later] = makeRulesets(files, makeChecks());
  if (first === undefined) throw new AppError("config", "There is no rule at all.");
  const newest = later.at(-1) ?? first;

  return {
    rulesetVersion: newest.version,
    judge(facts) {
      const findings = orFailure(() => evaluate(rulesetAt([first, ...later], facts.now), subjectOf(facts), data));
      return { findings, verdict: foldFindings(findings) };
    },
    fold: foldFindings,
    confidence: (facts, input) => confidenceOf(facts, input, data.freshness),
    confidenceFinding,
  };
}

/** The one place where a fault becomes a finding: facts that make a rule throw are facts that nothing may rest on. */
function orFailure(examine: () => readonly Finding[]): readonly Finding[] {
  try {
    return examine();
  } catch {
    return [engineFailure("A rule failed on these facts.")];
  }
}
