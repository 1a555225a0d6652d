import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import { type AddCommand, type JsonOption, print } from "./command.ts";
import { commandConfig } from "./settings.ts";
import { plain } from "./words.ts";

export const addPoliciesCheck: AddCommand = (policies, io, run) => {
  policies
    .command("check")
    .description("Look at the deployment's own policies and overrides, as it is done before they are switched on.")
    .argument("[folder]", "where they are (default: VOUCHSAFE_POLICIES_DIR)")
    .option("--json", "answer as JSON")
    .addHelpText(
      "after",
      `
It needs no database and no server, and changes nothing. Everything that is wrong is told at once, by file, line and
rule; a warning is for a person to think about. Exit codes: 0 usable, 2 not usable.

Examples:
  $ vouchsafe policies check
  $ vouchsafe policies check drafts/policies --json`,
    )
    .action((folder: string | undefined, { json }: JsonOption) =>
      run(json === true, async () => {
        const { checkPolicies } = await import("../compose/policy-commands.ts");
        const config = commandConfig(io);
        const checked = checkPolicies(
          folder === undefined ? config : { policiesDir: folder, isPoliciesDirNamed: true },
        );
        const { problems, warnings, files } = checked;
        const isUsable = checked.rules !== null;
        const told = { folder: checked.folder, version: checked.rules?.version ?? null, files, problems, warnings };
        print(io, json, told, [
          ...problems.map((one) => `error    ${problemLine(one)}`),
          ...warnings.map((one) => `warning  ${problemLine(one)}`),
          isUsable
            ? `${checked.folder}: ${usableWords(files.length, checked.rules.version)}.`
            : `${checked.folder}: not usable; ${problems.length} to mend.`,
        ]);
        return isUsable ? 0 : 2;
      }),
    );
};

function usableWords(files: number, version: string): string {
  if (files === 0) return "no files, so the built-in rules alone";
  return `${files} ${files === 1 ? "file" : "files"}, usable as ${version}`;
}

function problemLine(problem: PolicyProblem): string {
  return plain(problemWords(problem));
}
