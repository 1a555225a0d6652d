import { html } from "hono/html";
import { badge, type Html, type Section, writePage } from "../../pages/page.ts";
import type { BaselineComparison, EvalReport } from "../eval.ts";
import { count, milliseconds } from "../report/key-metrics.ts";
import {
  actionsSection,
  calibrationSection,
  costSection,
  figuresSection,
  groupsSection,
  rankSection,
  rulesSection,
} from "./figures-sections.ts";
import { allSection, failuresSection, unusableSection } from "./scenarios-sections.ts";

/** The report as one HTML file that needs nothing else. */
export function evalPage(report: EvalReport): Promise<string> {
  return writePage({
    title: `${headlineWords(report)} – evals of vouchsafe`,
    headline: headline(report),
    facts: factsOf(report),
    sections: [
      groupsSection(report),
      ...baselineSection(report.comparison),
      ...failuresSection(report),
      ...unusableSection(report),
      figuresSection(report),
      calibrationSection(report),
      rankSection(report),
      actionsSection(report),
      rulesSection(report),
      costSection(report),
      allSection(report),
    ],
  });
}

function headlineWords({ summary: { totals } }: EvalReport): string {
  if (totals.scenarios === 0) return "No scenario was run";
  return totals.failed === 0
    ? `All ${count(totals.scenarios, "scenario")} passed`
    : `${totals.passed} of ${count(totals.scenarios, "scenario")} passed`;
}

function headline(report: EvalReport): Html {
  const { totals } = report.summary;
  const told = [
    totals.failed > 0 ? `${totals.failed} failed` : null,
    totals.violations > 0 ? `${count(totals.violations, "invariant")} that hold in every run were broken` : null,
    totals.faults > 0 ? `${count(totals.faults, "run")} broke off` : null,
    totals.unusable > 0 ? `${count(totals.unusable, "problem")} in the scenario files` : null,
  ].filter((words) => words !== null);
  return html`<h1>${headlineWords(report)}</h1>
${told.length === 0 ? "" : html`<p class="lead">${told.join(", ")}.</p>`}
${gate(report.comparison)}`;
}

function gate(comparison: BaselineComparison | null): Html {
  if (comparison === null) return html``;
  return comparison.passed ? badge("✓ The gate is open: nothing was lost", "good") : badge("✕ The gate is shut", "bad");
}

function factsOf(report: EvalReport): readonly (readonly [string, string])[] {
  const { startedAt, version, planner, rulesetVersion, cores, repeats, ms } = report;
  return [
    ["Run", `${startedAt.slice(0, 16).replace("T", " ")} UTC`],
    ["Vouchsafe", version],
    ["Planner", `${planner.kind} ${planner.version}`],
    ["Ruleset", rulesetVersion],
    ...(repeats > 1 ? [["Each scenario", `${repeats} times`] as const] : []),
    ["Took", `${milliseconds(ms)} on ${count(cores, "core")}`],
  ];
}

const problemWords = {
  lost: "Lost",
  gone: "Not run any more",
  new: "Not in the baseline",
  violation: "Broken invariant",
  fault: "Broke off",
  metric: "Figure below its tolerance",
  unusable: "Not usable",
} as const;

function baselineSection(comparison: BaselineComparison | null): readonly Section[] {
  if (comparison === null) return [];
  const { baseline, problems, newlyPassing } = comparison;
  return [
    {
      id: "baseline",
      title: "Against the baseline",
      nav: "Baseline",
      intro: `The baseline was written on ${baseline.writtenAt.slice(0, 10)}, because: ${baseline.reason}`,
      body: html`${
        problems.length === 0
          ? html`<p>✓ Nothing was lost, and no figure is below its tolerance.</p>`
          : html`<ul class="problems">${problems.map(
              ({ kind, words }) => html`<li>${badge(`✕ ${problemWords[kind]}`, "bad")}<p>${words}</p></li>`,
            )}</ul>`
      }
${newlyPassing.length === 0 ? "" : html`<p class="gains">✓ Passes now and did not before: ${newlyPassing.map((id, index) => html`${index === 0 ? "" : ", "}<code>${id}</code>`)}</p>`}`,
    },
  ];
}
