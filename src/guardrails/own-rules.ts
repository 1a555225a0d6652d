import { nearest } from "../domain/nearest.ts";
import { ruleIds } from "../domain/rule-words.ts";
import { whyUnsoftened } from "./apply-overrides.ts";
import { checkOwnRules } from "./check-own-rules.ts";
import type { RulePack } from "./guardrail.ts";
import { loadPolicyFiles, type PolicyFiles } from "./policy-files.ts";

/** The built-in pack, for what a deployment adds to it. Throws `config` when it is not usable itself. */
export function makeRulePack(pack: PolicyFiles = loadPolicyFiles()): RulePack {
  const builtIn = new Set(pack.rules.map(({ rule }) => rule));
  const otherRules = ruleIds.filter((id) => !builtIn.has(id));
  return {
    check: (files, { now, when }) => checkOwnRules(files, { pack, otherRules, now, when }),
    softening(rule) {
      if (rule.startsWith("own."))
        return { answer: "refused", words: `${rule} is the deployment's own: switch on a set in which it only asks` };
      if (!builtIn.has(rule) && !otherRules.includes(rule)) {
        const near = nearest(rule, [...builtIn, ...otherRules]);
        return {
          answer: "unknown",
          words: `there is no rule ${rule}${near.length > 0 ? `; near it: ${near.join(", ")}` : ""}`,
        };
      }
      const why = whyUnsoftened(rule);
      if (why !== null) return { answer: "refused", words: `${rule} may not be softened: ${why}` };
      const effects = pack.rules.filter((one) => one.rule === rule).map(({ effect }) => effect);
      const isNeverDenying = rule === "autonomy.confidence" || (effects.length > 0 && !effects.includes("deny"));
      return isNeverDenying
        ? { answer: "refused", words: `${rule} never denies, so there is nothing to soften` }
        : { answer: "possible", words: "" };
    },
  };
}
