import { z } from "zod";
import { nearest } from "../domain/nearest.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import { parseYaml } from "../files/file.ts";
import type { PolicyFile, Tightening } from "./guardrail.ts";
import type { RulePolicy } from "./rule-policy.ts";

const stricter =
  "only `deny`: a file makes rules stricter; what is denied can be asked of a person by an administrator's override (vouchsafe policies override)";
const overrides = z.strictObject({
  overrides: z.array(
    z.strictObject({
      rule: z.string().min(1).max(100),
      effect: z.literal("deny", { error: stricter }),
      reason: z.string().trim().min(1, "say why").max(300),
    }),
  ),
});

interface Rules {
  readonly known: readonly string[];
  readonly policies: readonly RulePolicy[];
}

/** The overrides of `overrides.yaml`; what is wrong with them is added to `problems`, each by its line. */
export function readOverrides(
  { name: file, text }: PolicyFile,
  rules: Rules,
  problems: PolicyProblem[],
  warnings: PolicyProblem[],
): readonly Tightening[] {
  const yaml = parseYaml(text);
  if (!yaml.ok) {
    problems.push(...yaml.problems.map(({ line, message }) => ({ file, line, rule: null, message })));
    return [];
  }
  const complain = (path: readonly PropertyKey[], rule: string | null, message: string): PolicyProblem => {
    return { file, line: yaml.lineOf(path), rule, message };
  };
  const parsed = overrides.safeParse(yaml.value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      if (issue.code === "unrecognized_keys")
        problems.push(...issue.keys.map((key) => complain([...issue.path, key], null, `${key}: unknown field`)));
      else problems.push(complain(issue.path, null, `${issue.path.join(".") || "overrides"}: ${issue.message}`));
    }
    return [];
  }
  const seen = new Set<string>();
  return parsed.data.overrides.flatMap(({ rule, reason }, index) => {
    const path = ["overrides", index, "rule"];
    if (!rules.known.includes(rule)) {
      const near = nearest(rule, rules.known);
      const words = near.length === 0 ? "" : `; near it: ${near.join(", ")}`;
      problems.push(complain(path, rule, `there is no such rule${words}`));
      return [];
    }
    if (seen.has(rule)) {
      problems.push(complain(path, rule, "it is overridden twice; keep one"));
      return [];
    }
    seen.add(rule);
    const effects = rules.policies.filter((policy) => policy.rule === rule).map((policy) => policy.effect);
    if (alwaysDenying.has(rule) || (effects.length > 0 && effects.every((effect) => effect === "deny")))
      warnings.push(complain(path, rule, "it denies already, so the override changes nothing"));
    return [{ rule, reason }];
  });
}

const alwaysDenying: ReadonlySet<string> = new Set(["engine.failure", "permit.valid"]);
