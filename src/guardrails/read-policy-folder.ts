import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import { readTextFile } from "../files/file.ts";
import { overridesName } from "./check-own-rules.ts";
import type { PolicyFile } from "./guardrail.ts";

/**
 * The deployment's own files in a folder: `*.cedar` and `overrides.yaml`; anything else there is left alone. None where
 * there is no such folder, which is a problem only where it `mustExist`.
 */
export function readPolicyFolder(
  folder: string,
  { mustExist }: { readonly mustExist: boolean },
  problems: PolicyProblem[],
): readonly PolicyFile[] {
  const complain = (file: string, line: number | null, message: string) =>
    void problems.push({ file, line, rule: null, message });
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    if (mustExist) complain(folder, null, "there is no such folder");
    return [];
  }
  const names = readdirSync(folder).sort();
  if (names.includes("overrides.yml")) complain("overrides.yml", null, `name it ${overridesName}, or it is not read`);
  return names
    .filter((name) => name.endsWith(".cedar") || name === overridesName)
    .flatMap((name) => {
      const read = readTextFile(join(folder, name));
      if (read.ok) return [{ name, text: read.text }];
      complain(name, read.line, read.problem);
      return [];
    });
}
