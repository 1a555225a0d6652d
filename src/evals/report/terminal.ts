import type { BaselineComparison, EvalReport, GradedRun, Tally } from "../eval.ts";
import { failuresOf, placeOf, unusableProblems } from "./failures.ts";
import { count, figureWords, keyMetrics, milliseconds } from "./key-metrics.ts";
import { type Paint, painted, plainPaint, safe, wrapped } from "./terminal-text.ts";

/** The report for a terminal of 80 columns: groups, figures, failures, what could not be used, the baseline. */
export function terminalReport(report: EvalReport, isColoured = false): readonly string[] {
  const paint = isColoured ? painted : plainPaint;
  return [
    ...head(report, paint),
    ...groups(report, paint),
    ...totals(report, paint),
    ...metrics(report, paint),
    ...failures(report, paint),
    ...unusable(report, paint),
    ...comparison(report.comparison, paint),
  ];
}

function head(report: EvalReport, paint: Paint): readonly string[] {
  const { planner, repeats, cores, ms } = report;
  const facts = [
    `planner ${planner.kind} ${planner.version}`,
    `ruleset ${report.rulesetVersion}`,
    ...(repeats > 1 ? [`each ${repeats} times`] : []),
    `${milliseconds(ms)} on ${count(cores, "core")}`,
  ];
  return [paint.strong(`Evals of vouchsafe ${report.version}`), paint.soft(facts.join(" · ")), ""];
}

const barWidth = 24;

function groups({ summary: { byGroup } }: EvalReport, paint: Paint): readonly string[] {
  const name = Math.max(5, ...byGroup.map((one) => one.name.length));
  const passed = Math.max(...byGroup.map((one) => tallyWords(one).length), 0);
  return [
    ...byGroup.map((one) => {
      const failed = one.total - one.passed;
      const mark = failed === 0 ? paint.good("✓") : paint.bad("✗");
      const line = `${mark} ${one.name.padEnd(name)}  ${bar(one, paint)}  ${tallyWords(one).padStart(passed)}`;
      return failed === 0 ? line : `${line}  ${paint.bad(`${failed} failed`)}`;
    }),
    ...(byGroup.length === 0 ? [] : [""]),
  ];
}

function tallyWords({ passed, total }: Tally): string {
  return `${passed}/${total}`;
}

/** Full only where all passed. */
function bar({ passed, total }: Tally, paint: Paint): string {
  const full = total === 0 ? 0 : Math.floor((passed / total) * barWidth);
  return paint.good("█".repeat(full)) + paint.bad("░".repeat(barWidth - full));
}

function totals({ summary: { totals: all } }: EvalReport, paint: Paint): readonly string[] {
  const parts = [
    all.failed === 0 ? null : paint.bad(`${all.failed} failed`),
    all.violations === 0 ? null : paint.bad(count(all.violations, "broken invariant")),
    all.faults === 0 ? null : paint.bad(`${count(all.faults, "run")} broke off`),
    all.unusable === 0 ? null : paint.bad(`${count(all.unusable, "problem")} in the files`),
  ].filter((part) => part !== null);
  const words = `${all.passed} of ${count(all.scenarios, "scenario")} passed`;
  const strong = parts.length === 0 && all.scenarios > 0 ? paint.good(words) : paint.strong(words);
  return [[strong, ...parts].join(", "), ""];
}

function metrics(report: EvalReport, paint: Paint): readonly string[] {
  const known = keyMetrics(report).filter(({ figure }) => figure.value !== null);
  const width = Math.max(0, ...known.map(({ words }) => words.length));
  const value = Math.max(0, ...known.map((one) => figureWords(one).length));
  const lines = known.map(
    (one) =>
      `  ${one.words.padEnd(width)}  ${figureWords(one).padStart(value)}  ${paint.soft(`of ${one.figure.count} ${one.of}`)}`,
  );
  const { latency, tokens } = report.summary;
  const times = latency
    ? [`  half of the moments took ${milliseconds(latency.p50)} or less, 95% ${milliseconds(latency.p95)} or less`]
    : [];
  const models = tokens ? [] : ["  no model was asked, so there are no tokens to count"];
  return known.length === 0 ? [] : [...lines, ...[...times, ...models].map((line) => paint.soft(line)), ""];
}

function failures(report: EvalReport, paint: Paint): readonly string[] {
  const failed = failuresOf(report.runs);
  if (failed.length === 0) return [];
  return [
    paint.strong(`Failed (${failed.length})`),
    "",
    ...failed.flatMap(({ id, runs, repeats }) => {
      const [first] = runs;
      if (first === undefined) return [];
      const often = repeats > 1 ? paint.soft(`  in ${runs.length} of ${repeats} runs`) : "";
      const { scenario, file, line } = first.run;
      return [
        `${paint.bad("✗")} ${paint.strong(id)}${often}`,
        ...wrapped(scenario.title, "  "),
        paint.soft(`  ${safe(file)}:${line}`),
        ...reasons(first, paint),
        "",
      ];
    }),
  ];
}

/** Each place once, with everything that went wrong there. */
function reasons(graded: GradedRun, paint: Paint): readonly string[] {
  const failed = graded.grades.filter(({ passed }) => !passed);
  const places = [...new Set(failed.map((grade) => placeOf(grade, graded)))];
  return places.flatMap((place) => [
    ...wrapped(place, "    "),
    ...failed
      .filter((grade) => placeOf(grade, graded) === place)
      .flatMap(({ grader, words }) => wrapped(`${grader}: ${words}`, "      ", paint.bad("• "))),
  ]);
}

function unusable(report: EvalReport, paint: Paint): readonly string[] {
  const problems = unusableProblems(report);
  if (problems.length === 0) return [];
  return [
    paint.strong(`Not usable (${problems.length})`),
    "",
    ...problems.flatMap(({ file, line, field, message, ids }) => {
      const who = ids.length > 3 ? `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more` : ids.join(", ");
      return [
        `${paint.bad("✗")} ${safe(`${file}:${line}${field === "" ? "" : `  ${field}`}`)}`,
        ...wrapped(message, "    "),
        ...(who === "" ? [] : wrapped(`not run: ${who}`, "    ").map((words) => paint.soft(words))),
        "",
      ];
    }),
  ];
}

function comparison(compared: BaselineComparison | null, paint: Paint): readonly string[] {
  if (compared === null) return [];
  const { baseline, problems, newlyPassing, passed } = compared;
  const since = `Against the baseline of ${baseline.writtenAt.slice(0, 10)}`;
  return [
    paint.strong(since),
    ...wrapped(`It was written because: ${baseline.reason}`, "  ").map((words) => paint.soft(words)),
    "",
    ...problems.flatMap(({ kind, words }) => wrapped(`${kind}: ${words}`, "  ", paint.bad("✗ "))),
    ...newlyPassing.flatMap((id) => wrapped(`passes now: ${id}`, "  ", paint.good("✓ "))),
    ...(problems.length + newlyPassing.length === 0 ? [] : [""]),
    passed ? paint.good("The gate is open: nothing was lost.") : paint.bad("The gate is shut."),
    "",
  ];
}
