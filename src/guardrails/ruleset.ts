import type { CedarEngine } from "./cedar-engine.ts";
import { makeCedarEngine } from "./cedar-engine.ts";
import type { Check } from "./checks/check.ts";
import type { PolicyFiles } from "./policy-files.ts";
import type { RulePolicy } from "./rule-policy.ts";
import { type Rule, ruleRegistry } from "./rules.ts";

/** The rules in force from one date to the next. */
export interface Ruleset {
  /**
   * The date from which it stands, the revision of the pack, and the set that a deployment adds: `2026-11-01.1`, or
   * `2026-11-01.1+own.4f1d2c9a0b7e`.
   */
  readonly version: string;
  readonly effectiveFrom: number;
  readonly engine: CedarEngine;
  readonly policies: ReadonlyMap<string, RulePolicy>;
  readonly checks: readonly Check[];
  readonly rules: readonly Rule[];
}

/**
 * One ruleset per date at which a rule begins or ends, oldest first. Throws `config` when one of them does not
 * validate, also one that is yet to come.
 */
export function makeRulesets(files: PolicyFiles, checks: readonly Check[]): readonly Ruleset[] {
  const dated = [...files.rules, ...checks.map((check) => ({ effectiveFrom: check.effectiveFrom, effectiveTo: null }))];
  const cuts = new Set(dated.flatMap((rule) => [rule.effectiveFrom, ...(rule.effectiveTo ? [rule.effectiveTo] : [])]));
  return [...cuts].sort((a, b) => a - b).map((from) => rulesetFrom(files, checks, from));
}

/** The one in force at a time. Before the first date the first one stands: there is no time without rules. */
export function rulesetAt(rulesets: readonly [Ruleset, ...Ruleset[]], at: number): Ruleset {
  return rulesets.findLast((one) => one.effectiveFrom <= at) ?? rulesets[0];
}

function rulesetFrom(files: PolicyFiles, allChecks: readonly Check[], from: number): Ruleset {
  const inForce = files.rules.filter(
    (rule) => rule.effectiveFrom <= from && (rule.effectiveTo === null || from < rule.effectiveTo),
  );
  const checks = allChecks.filter((check) => check.effectiveFrom <= from);
  const own = files.own === null ? "" : `+${files.own.version}`;
  return {
    version: `${new Date(from).toISOString().slice(0, 10)}.${files.revision}${own}`,
    effectiveFrom: from,
    engine: makeCedarEngine({ schema: files.schema, base: files.base, rules: inForce }),
    policies: new Map(inForce.map((rule) => [rule.key, rule])),
    checks,
    rules: ruleRegistry(inForce, checks),
  };
}
