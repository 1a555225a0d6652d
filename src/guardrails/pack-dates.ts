import type { PolicyProblem } from "../domain/policy-problem.ts";
import type { RulePolicy } from "./rule-policy.ts";

/**
 * What is wrong with the dates of force: one that ends before it begins, two of the same rule and part at one time, and a
 * time without a rule that there was before and is after.
 */
export function dateProblems(rules: readonly RulePolicy[]): readonly PolicyProblem[] {
  const endless = rules.filter((rule) => rule.effectiveTo !== null && rule.effectiveTo <= rule.effectiveFrom);
  const sound = rules.filter((rule) => !endless.includes(rule));
  const gaps = new Map<string, PolicyProblem>();
  // A gap of the only part is the rule's as well: it is told once.
  for (const group of [...grouped(sound, (rule) => rule.key), ...grouped(sound, (rule) => rule.rule)])
    for (const found of gapsOf(group)) gaps.set(`${found.file}:${found.line}`, found);
  return [
    ...endless.map((rule) => problem(rule, `it is in force ${periodOf(rule)}, which never begins`)),
    ...grouped(sound, (rule) => rule.key).flatMap(overlapsOf),
    ...gaps.values(),
  ];
}

function overlapsOf(group: readonly RulePolicy[]): readonly PolicyProblem[] {
  return group.slice(1).flatMap((rule, index) => {
    const before = group[index];
    if (before === undefined || (before.effectiveTo !== null && before.effectiveTo <= rule.effectiveFrom)) return [];
    const there = `${before.file}:${before.line}`;
    return [
      problem(
        rule,
        `it is there twice: ${periodOf(rule)} here and ${periodOf(before)} in ${there}; give one of them another @id or @part, or let the first end (@effective_to) where the second begins`,
      ),
    ];
  });
}

function gapsOf(group: readonly RulePolicy[]): readonly PolicyProblem[] {
  const found: PolicyProblem[] = [];
  let end: number | null = group[0]?.effectiveFrom ?? null;
  for (const rule of group) {
    if (end !== null && end < rule.effectiveFrom)
      found.push(
        problem(
          rule,
          `there is a gap: ${rule.rule} ends on ${dayOf(end)} and is in force again from ${dayOf(rule.effectiveFrom)}; let the one begin where the other ends`,
        ),
      );
    end = end === null || rule.effectiveTo === null ? null : Math.max(end, rule.effectiveTo);
  }
  return found;
}

function grouped(rules: readonly RulePolicy[], by: (rule: RulePolicy) => string): readonly (readonly RulePolicy[])[] {
  const groups = new Map<string, RulePolicy[]>();
  for (const rule of [...rules].sort((a, b) => a.effectiveFrom - b.effectiveFrom))
    groups.set(by(rule), [...(groups.get(by(rule)) ?? []), rule]);
  return [...groups.values()];
}

function problem({ file, line, key }: RulePolicy, message: string): PolicyProblem {
  return { file, line, rule: key, message };
}

function periodOf({ effectiveFrom, effectiveTo }: RulePolicy): string {
  const from = `from ${dayOf(effectiveFrom)}`;
  return effectiveTo === null ? `${from} on` : `${from} until before ${dayOf(effectiveTo)}`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
