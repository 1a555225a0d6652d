import type { BaselineComparison, EvalReport, GradedRun } from "../eval.ts";
import { placeOf, scenariosOf, unusableProblems } from "./failures.ts";
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
      return suiteOf(group, own.map(scenarioCase), report, properties);
    }),
    ...suiteOfProblems("unusable scenarios", unusableCases(report), report),
    ...suiteOfProblems("baseline", baselineCases(report.comparison), report),
  ];
  const sum = (count: (suite: Suite) => number) => suites.reduce((all, suite) => all + count(suite), 0);
  const attributes = attributesOf({
    name: "vouchsafe evals",
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ cases }) => problems(cases, "failure")),
    errors: sum(({ cases }) => problems(cases, "error")),
    time: seconds(report.ms),
    timestamp: timestamp(report),
  });
  const body = suites.map(({ xml }) => xml).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${body}\n</testsuites>\n`;
}

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly ms: number;
  /** A failure is what was not as expected, an error what could not be found out. */
  readonly problem: { readonly kind: "failure" | "error"; readonly message: string; readonly text: string } | null;
}

interface Suite {
  readonly cases: readonly Case[];
  readonly xml: string;
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
  return cases.length === 0 ? [] : [suiteOf(name, cases, report, "")];
}

function suiteOf(name: string, cases: readonly Case[], report: EvalReport, properties: string): Suite {
  const attributes = attributesOf({
    name,
    tests: cases.length,
    failures: problems(cases, "failure"),
    errors: problems(cases, "error"),
    skipped: 0,
    time: seconds(cases.reduce((sum, { ms }) => sum + ms, 0)),
    timestamp: timestamp(report),
  });
  return { cases, xml: `  <testsuite${attributes}>\n${properties}${cases.map(caseXml).join("\n")}\n  </testsuite>` };
}

function caseXml({ name, classname, file, line, ms, problem }: Case): string {
  const attributes = attributesOf({ name, classname, file, line, time: seconds(ms) });
  if (problem === null) return `    <testcase${attributes}/>`;
  const { kind, message, text } = problem;
  const inside = `      <${kind}${attributesOf({ message, type: kind })}>${escaped(text)}</${kind}>`;
  return `    <testcase${attributes}>\n${inside}\n    </testcase>`;
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

function problems(cases: readonly Case[], kind: "failure" | "error"): number {
  return cases.filter(({ problem }) => problem?.kind === kind).length;
}

function attributesOf(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/\s+/g, " ")}"`)
    .join("");
}

/** What XML 1.0 has no character for (section 2.2) is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** ISO 8601 without an offset, as the format has it. */
function timestamp({ startedAt }: EvalReport): string {
  return startedAt.slice(0, 19);
}
