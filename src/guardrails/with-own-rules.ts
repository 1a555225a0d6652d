import type { PolicyProblem } from "../domain/policy-problem.ts";
import type { OwnRules } from "./guardrail.ts";
import { type PolicyFiles, toRules, unusable } from "./policy-files.ts";
import { readPolicies } from "./read-policies.ts";

/**
 * The built-in pack with what a deployment adds. A rule of its own stands no earlier than the first built-in one: there
 * is no time at which it would stand alone. Throws `config` for a set that does not parse.
 */
export function withOwnRules(pack: PolicyFiles, own: OwnRules | null): PolicyFiles {
  if (own === null || own.files.length === 0) return pack;
  const problems: PolicyProblem[] = [];
  const cedar = own.files.filter(({ name }) => name.endsWith(".cedar"));
  const rules = toRules(
    cedar.flatMap((file) => [...readPolicies(file, problems)]),
    problems,
  );
  if (problems.length > 0) throw unusable("The deployment's own rules are not usable", problems);
  const first = Math.min(...pack.rules.map(({ effectiveFrom }) => effectiveFrom));
  const dated = rules
    .filter(({ effectiveTo }) => effectiveTo === null || effectiveTo > first)
    .map((rule) => ({ ...rule, effectiveFrom: Math.max(first, rule.effectiveFrom) }));
  return { ...pack, rules: [...pack.rules, ...dated], own };
}
