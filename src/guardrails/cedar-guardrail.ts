import { AppError } from "../domain/errors.ts";
import { makeChecks } from "./checks/checks.ts";
import { confidenceFinding, confidenceOf } from "./confidence.ts";
import { evaluate } from "./evaluate.ts";
import { engineFailure, foldFindings } from "./fold.ts";
import type { Guardrail } from "./guardrail.ts";
import { makeLeaveBook } from "./leave.ts";
import { loadPolicyFiles, type PolicyFiles } from "./policy-files.ts";
import { loadRuleData } from "./rule-data.ts";
import { makeRulesets, rulesetAt } from "./ruleset.ts";
import { subjectOf } from "./subject.ts";
import { weighClearances } from "./weigh-clearances.ts";

/**
 * The rule pack: rules on facts in Cedar, rules on text as checks. The ruleset is chosen by the time of the facts.
 * Rejects with `config` when a policy or a data file is not usable.
 */
export async function makeGuardrail(files: PolicyFiles = loadPolicyFiles()): Promise<Guardrail> {
  const data = loadRuleData();
  const [first, ...later] = makeRulesets(files, makeChecks());
  if (first === undefined) throw new AppError("config", "There is no rule at all.");
  const at = (now: number) => rulesetAt([first, ...later], now);
  const book = makeLeaveBook();
  const failures = [engineFailure("A rule failed on these facts.")];
  const failed = { findings: failures, verdict: foldFindings(failures), rulesetVersion: first.version };

  return {
    rulesetVersionAt: (now) => at(now).version,
    judge(facts) {
      try {
        const ruleset = at(facts.now);
        const found = evaluate(ruleset, subjectOf(facts), data);
        const findings = weighClearances(found, facts.clearances, facts.now);
        const judgement = { findings, verdict: foldFindings(findings), rulesetVersion: ruleset.version };
        return book.judgement(judgement, facts);
      } catch {
        // The one place where a fault becomes a finding: on facts that make a rule throw nothing may rest.
        return failed;
      }
    },
    fold: foldFindings,
    confidence: (facts, input) => book.confidence(confidenceOf(facts, input, data.freshness), facts),
    confidenceFinding,
    rule: (judgement, confidence, approval) =>
      book.rule(judgement, confidenceFinding(confidence), confidence, approval),
  };
}
