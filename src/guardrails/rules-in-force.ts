import type { Effect } from "../domain/finding.ts";
import { isUnsoftened, type Overrides } from "./apply-overrides.ts";
import type { RuleInForce } from "./guardrail.ts";
import type { RulePolicy } from "./rule-policy.ts";
import type { Ruleset } from "./ruleset.ts";

/** The rules of a ruleset as a list tells them, with what overrides make of them. */
export function rulesInForce({ rules, policies }: Ruleset, overrides: Overrides): readonly RuleInForce[] {
  return rules.map(({ id, kind, source, effectiveFrom }) => {
    const parts = [...policies.values()].filter((policy) => policy.rule === id);
    const override = overrideOf(id, overrides);
    return {
      rule: id,
      pack: id.startsWith("own.") ? "own" : "built-in",
      kind: kind === "cedar" ? "facts" : "text",
      effects: [...new Set(parts.flatMap(({ effect }) => overriddenEffects(id, effect, overrides)))],
      source,
      effectiveFrom,
      effectiveTo: endOf(parts),
      override,
    };
  });
}

function overrideOf(rule: string, { tightenings, softenings }: Overrides): RuleInForce["override"] {
  if (tightenings.some((one) => one.rule === rule)) return "tightened";
  return softenings.some((one) => one.rule === rule) && !isUnsoftened(rule) ? "softened" : null;
}

/** Both, where a deny is a question for some placements only. */
function overriddenEffects(rule: string, effect: Effect, overrides: Overrides): readonly Effect[] {
  const override = overrideOf(rule, overrides);
  if (override === "tightened") return ["deny"];
  if (override !== "softened" || effect !== "deny") return [effect];
  const isEverywhere = overrides.softenings.some((one) => one.rule === rule && one.scope === "global");
  return isEverywhere ? ["review"] : ["review", "deny"];
}

/** When the last of its parts ends. */
function endOf(parts: readonly RulePolicy[]): number | null {
  const ends = parts.map(({ effectiveTo }) => effectiveTo);
  return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
}
