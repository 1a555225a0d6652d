import { type Case, suitesXml, toSuite } from "../evals/report/junit-xml.ts";
import type { PolicyTestReport } from "./policy-commands.ts";

/** The run of decision tables as JUnit XML: a suite for each rule with its cases, one for what could not be used. */
export function policyJunit(report: PolicyTestReport, startedAt: string): string {
  const suites = report.rules.map(({ rule }) => {
    const cases = report.cases.filter((one) => one.rule === rule);
    return toSuite(rule, cases.map(toCase), { startedAt });
  });
  const unusable = report.unusable.map((words): Case => {
    const problem = { kind: "error" as const, message: words, text: words };
    return { name: words, classname: "policies.unusable", file: null, line: null, ms: 0, problem };
  });
  const all = unusable.length === 0 ? suites : [...suites, toSuite("unusable tables", unusable, { startedAt })];
  return suitesXml("vouchsafe policies", all, { ms: 0, startedAt });
}

function toCase({ rule, why, file, line, passed, words }: PolicyTestReport["cases"][number]): Case {
  const problem = passed ? null : { kind: "failure" as const, message: words, text: words };
  return { name: why, classname: `policies.${rule}`, file, line, ms: 0, problem };
}
