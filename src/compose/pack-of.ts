import type { Config } from "../config.ts";
import type { PolicyProblem } from "../guardrails/guardrail.ts";
import { checkAgainstPack } from "../guardrails/own-rules.ts";
import { loadPolicyFiles, type PolicyFiles, unusable } from "../guardrails/policy-files.ts";
import { readPolicyFolder } from "../guardrails/read-policy-folder.ts";
import { withOwnRules } from "../guardrails/with-own-rules.ts";
import { machineClock } from "../runtime/system-runtime.ts";

/**
 * The built-in rules with those of the deployment's folder, as they are found at a start. Throws `config` that lists
 * everything that is wrong with them: a service whose rules are not usable does not start.
 */
export function packOf({
  policiesDir,
  isPoliciesDirNamed,
}: Pick<Config, "policiesDir" | "isPoliciesDirNamed">): PolicyFiles {
  const problems: PolicyProblem[] = [];
  const files = readPolicyFolder(policiesDir, { mustExist: isPoliciesDirNamed }, problems);
  const pack = loadPolicyFiles();
  if (files.length === 0 && problems.length === 0) return pack;
  const checked = checkAgainstPack(files, { now: machineClock.now(), when: "starting" });
  const all = [...problems, ...checked.problems];
  if (all.length > 0) throw unusable("The deployment's own rules are not usable", all);
  return withOwnRules(pack, checked.rules);
}
