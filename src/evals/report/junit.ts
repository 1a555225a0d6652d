import type { BaselineComparison, EvalReport, GradedRun } from "../eval.ts";
import { placeOf, scenariosOf, unusableProblems } from "./failures.ts";
import { attributesOf, type Case, type Suite, suitesXml, toSuite } from "./junit-xml.ts";
import { figureWords, keyMetrics } from "./key-metrics.ts";

/**
 * The report as JUnit XML, as CI servers read it: a suite for each group with a case for each scenario, one for what
 * could not be used, one for what keeps the gate shut. The figures are properties of each suite.
 */
export function junitReport(report: EvalReport): string {
  const groups = [...new Set(report.runs.map(({ run }) => run.scenario.group))].sort();
  const scenarios = scenariosOf(report.runs);
  const properties = propertiesOf(report);
  const suites = [
    ...groups.map((group) => {
      const own = scenarios.filter(({ runs }) => runs[0]?.run.scenario.group === group);
      return toSuite(group, own.map(scenarioCase), { ...report, properties });
    }),
    ...suiteOfProblems("unusable scenarios", unusableCases(report), report),
    ...suiteOfProblems("baseline", baselineCases(report.comparison), report),
  ];
  return suitesXml("vouchsafe evals", suites, report);
}

function scenarioCase({ id, runs }: { readonly id: string; readonly runs: readonly GradedRun[] }): Case {
  const [first] = runs;
  const failed = runs.filter(({ passed }) => !passed);
  const broken = failed.find(({ run }) => run.fault !== null);
  const texts = failed.map((graded) => {
    const often = runs.length > 1 ? [`Run ${graded.run.repeat + 1} of ${runs.length}:`] : [];
    const wrong = graded.grades.filter(({ passed }) => !passed);
    return [...often, ...wrong.map((grade) => `${placeOf(grade, graded)}: ${grade.grader}: ${grade.words}`)].join("\n");
  });
  const text = [first?.run.scenario.title ?? id, ...texts].join("\n");
  const message = texts[0]?.split("\n").at(runs.length > 1 ? 1 : 0) ?? "";
  return {
    name: id,
    classname: `evals.${first?.run.scenario.group ?? ""}`,
    file: first?.run.file ?? null,
    line: first?.run.line ?? null,
    ms: runs.reduce((sum, { run }) => sum + run.ms, 0),
    problem: failed.length === 0 ? null : { kind: broken ? "error" : "failure", message, text },
  };
}

function unusableCases(report: EvalReport): readonly Case[] {
  return unusableProblems(report).map(({ file, line, field, message, ids }) => ({
    name: [`${file}:${line}`, field].filter(Boolean).join(" "),
    classname: "evals.unusable",
    file,
    line,
    ms: 0,
    problem: { kind: "error", message, text: ids.length === 0 ? message : `${message}\nnot run: ${ids.join(", ")}` },
  }));
}

function baselineCases(comparison: BaselineComparison | null): readonly Case[] {
  return (comparison?.problems ?? []).map(({ kind, scenario, metric, words }) => ({
    name: [kind, scenario ?? metric].filter(Boolean).join(" "),
    classname: "evals.baseline",
    file: null,
    line: null,
    ms: 0,
    problem: { kind: "failure", message: words, text: words },
  }));
}

function suiteOfProblems(name: string, cases: readonly Case[], report: EvalReport): readonly Suite[] {
  return cases.length === 0 ? [] : [toSuite(name, cases, report)];
}

function propertiesOf(report: EvalReport): string {
  const { version, planner, rulesetVersion, repeats } = report;
  const known = keyMetrics(report).filter(({ figure }) => figure.value !== null);
  const all: readonly (readonly [string, string | number])[] = [
    ["version", version],
    ["planner", `${planner.kind} ${planner.version}`],
    ["ruleset", rulesetVersion],
    ["repeats", repeats],
    ...known.flatMap((one): readonly (readonly [string, string | number])[] => [
      [one.name, one.figure.value ?? figureWords(one)],
      [`${one.name}.count`, one.figure.count],
    ]),
  ];
  const lines = all.map(([name, value]) => `      <property${attributesOf({ name, value })}/>\n`);
  return `    <properties>\n${lines.join("")}    </properties>\n`;
}
