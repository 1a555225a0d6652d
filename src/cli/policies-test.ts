import { writeFileSync } from "node:fs";
import type { PolicyTestReport } from "../compose/policy-commands.ts";
import { type AddCommand, type JsonOption, print } from "./command.ts";
import { fileThatEnds } from "./file-that-ends.ts";
import { commandConfig } from "./settings.ts";
import { columns, plain } from "./words.ts";

export const addPoliciesTest: AddCommand = (policies, io, run) => {
  policies
    .command("test")
    .description("Run decision tables: cases of facts, and what a rule says of each.")
    .argument(
      "[tables...]",
      "tables (.yaml, .json); else the built-in rules' own and tables/ in VOUCHSAFE_POLICIES_DIR",
    )
    .option("--json", "answer as JSON")
    .option("--junit <file>", "the result as JUnit XML, for a CI server", fileThatEnds(".xml"))
    .addHelpText(
      "after",
      `
It needs no database and no server, and changes nothing. Built-in rules are tried as they come with the product, the
deployment's tables under what it adds. How a table is written: docs/how-to/add-a-rule.md.
Exit codes: 0 all as expected, 1 something came otherwise, 2 a table or a policy could not be used.

Examples:
  $ vouchsafe policies test
  $ vouchsafe policies test drafts/tables/sectors.yaml --junit policies.xml`,
    )
    .action((tables: readonly string[], { json, junit }: JsonOption & { readonly junit?: string }) =>
      run(json === true, async () => {
        const { testPolicies } = await import("../compose/policy-commands.ts");
        const report = await testPolicies(commandConfig(io), tables);
        print(io, json, report, words(report));
        if (junit !== undefined) {
          const { policyJunit } = await import("../compose/policy-junit.ts");
          writeFileSync(junit, policyJunit(report, new Date().toISOString()));
          io.err(`${junit} is written.`);
        }
        if (report.unusable.length > 0) return 2;
        return report.totals.failed === 0 ? 0 : 1;
      }),
    );
};

function words({ rulesetVersion, rules, failures, totals, unusable }: PolicyTestReport): readonly string[] {
  const rows = rules.map(({ rule, cases, passed }) => [rule, `${passed}/${cases}`, passed === cases ? "ok" : "FAILED"]);
  return [
    ...columns([["rule", "cases", ""], ...rows]),
    ...failures.map(({ file, line, rule, why, words: said }) => plain(`✗ ${file}:${line}: ${rule}, ${why}: ${said}`)),
    ...unusable.map((said) => plain(`not usable: ${said}`)),
    `${totals.passed} of ${totals.cases} as expected, under ruleset ${rulesetVersion}.`,
  ];
}
