import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import type { PolicySwitch } from "./policies.ts";

/**
 * What a person is told where the folder is not what stands. A folder with nothing in it is a difference only where what
 * stands came from it: whoever switches sets on from elsewhere needs no folder.
 */
export function folderWarnings(
  last: Pick<PolicySwitch, "to" | "origin">,
  /** The version is null where it is not usable. */
  folder: { readonly path: string; readonly version: string | null; readonly problems: readonly PolicyProblem[] },
): readonly string[] {
  const { path, version, problems } = folder;
  if (version === last.to) return [];
  const stands = `the set ${last.to} stands, as it was recorded`;
  if (version === null)
    return [`${path} is not usable: ${stands}`, ...problems.map((one) => `in ${path}: ${problemWords(one)}`)];
  if (version === "none")
    return last.origin === "folder"
      ? [
          `${path} is empty: ${stands}; to go back to the built-in rules: vouchsafe policies roll-back none --reason "…"`,
        ]
      : [];
  return [
    `${path} holds ${version}: ${stands}; to put it in its place: vouchsafe policies switch-on ${path} --reason "…"`,
  ];
}
