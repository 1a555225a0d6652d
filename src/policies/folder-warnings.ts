import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import type { PolicySwitch } from "./policies.ts";

/**
 * What a person is told where the folder is not what stands. A folder with nothing in it is a difference only where what
 * stands came from it: whoever switches sets on from elsewhere needs no folder.
 */
export function folderWarnings(
  last: Pick<PolicySwitch, "to" | "origin">,
  /** The version is null where it is not usable. */
  folder: { readonly version: string | null; readonly problems: readonly PolicyProblem[] },
): readonly string[] {
  if (folder.version === last.to) return [];
  if (folder.version === null)
    return [`${stands(last.to)} What is in the folder is not usable:`, ...folder.problems.map(problemWords)];
  if (folder.version === "none")
    return last.origin === "folder" ? [`${stands(last.to)} Its folder is empty; ${todo("the empty folder")}`] : [];
  return [`${stands(last.to)} The folder holds another, ${folder.version}; ${todo("it")}`];
}

function stands(version: string): string {
  return `The set ${version} stands as it was recorded.`;
}

function todo(what: string): string {
  return `to have ${what} stand: vouchsafe policies switch-on <folder> --reason "…"`;
}
