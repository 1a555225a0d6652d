import { ruleIds } from "../domain/rule-words.ts";
import { checkOwnRules } from "./check-own-rules.ts";
import type { CheckedRules, PolicyFile } from "./guardrail.ts";
import { loadPolicyFiles } from "./policy-files.ts";

/** A deployment's own rules against the built-in pack: everything that is wrong with them at once. */
export function checkAgainstPack(
  files: readonly PolicyFile[],
  { now, when }: { readonly now: number; readonly when: "switching" | "starting" },
): CheckedRules {
  const pack = loadPolicyFiles();
  const otherRules = ruleIds.filter((id) => !pack.rules.some(({ rule }) => rule === id));
  return checkOwnRules(files, { pack, otherRules, now, when });
}
