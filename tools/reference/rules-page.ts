import { meaningOf } from "../../src/domain/rule-words.ts";
import { unsoftened } from "../../src/guardrails/apply-overrides.ts";
import { makeChecks } from "../../src/guardrails/checks/checks.ts";
import { loadPolicyFiles } from "../../src/guardrails/policy-files.ts";
import { makeRulesets } from "../../src/guardrails/ruleset.ts";
import { code, page, table } from "./markdown.ts";

/** Every ruleset with its rules: what each asks for, what follows when it is not satisfied, since when, and whence. */
export function rulesPage(): string {
  const rulesets = makeRulesets(loadPolicyFiles(), makeChecks());
  const parts = rulesets.flatMap(({ version, rules, policies }) => {
    const effects = (id: string) => {
      const found = [...policies.values()].filter((one) => one.rule === id).map((one) => one.effect);
      return found.length === 0 ? "by what it finds" : [...new Set(found)].join(" / ");
    };
    const rows = rules.map(({ id, source, effectiveFrom }) => [
      code(id),
      meaningOf(id),
      effects(id),
      new Date(effectiveFrom).toISOString().slice(0, 10),
      source,
    ]);
    return [`## Ruleset ${version}`, table(["rule", "asks that", "else", "since", "source"], rows)];
  });
  return page("Rules", [
    "Every placement is judged by every rule that applies to it, all at once. A fact that is missing does not satisfy a rule; a rule that fails to run denies. Deny beats hold (until a time) beats review (a person is asked) beats allow. The sources are as their authors understood them; none of this is legal advice.",
    ...parts,
    "## Never softened",
    "An administrator can have a person asked what a built-in rule denies ([how](../how-to/change-a-rule-safely.md)). Not of these, and why:",
    table(
      ["rule", "because"],
      Object.entries(unsoftened).map(([id, why]) => [code(id), why]),
    ),
  ]);
}
