import { html } from "hono/html";
import { badge, folded, type Html, type Section } from "../../pages/page.ts";
import type { EvalReport, GradedRun } from "../eval.ts";
import { failuresOf, scenariosOf, unusableProblems } from "../report/failures.ts";
import { count } from "../report/key-metrics.ts";
import { story } from "./story.ts";

/** The story of each scenario that failed; none where none did. */
export function failuresSection({ runs }: EvalReport): readonly Section[] {
  const failed = failuresOf(runs);
  if (failed.length === 0) return [];
  return [
    {
      id: "failures",
      title: `What failed (${failed.length})`,
      nav: `Failed (${failed.length})`,
      intro:
        "Each with what the scenario is about, what happened step by step, and what was expected beside what came.",
      body: html`${failed.map(({ id, runs: own, repeats }, index) => {
        const [first] = own;
        const often = repeats > 1 ? `${own.length} of ${repeats} runs` : null;
        return first === undefined ? "" : failure(id, first, often, index < mostOpen);
      })}`,
    },
  ];
}

/** So many stories stand open; of more, each is a line to be opened, so that what follows is not far below. */
const mostOpen = 5;

function failure(id: string, graded: GradedRun, often: string | null, isOpen: boolean): Html {
  const { scenario, file, line } = graded.run;
  const heading = html`<h3 id="${idOf(id)}-title">${scenario.title}</h3>`;
  const marks = html`${badge("✕ failed", "bad")}${often === null ? "" : html`<span class="soft">in ${often}</span>`}`;
  const inside = html`<p class="story-where"><code>${id}</code><code>${file}:${line}</code><span>${[scenario.group, ...scenario.tags].join(" · ")}</span></p>
${scenario.why === undefined ? "" : html`<p class="why">${scenario.why}</p>`}
${story(graded)}`;
  return html`<article class="story" id="${idOf(id)}" aria-labelledby="${idOf(id)}-title">
${isOpen ? html`<div class="story-head">${heading}${marks}</div>${inside}` : folded(html`<span class="story-head">${heading}${marks}</span>`, inside)}
</article>
`;
}

function idOf(scenario: string): string {
  return `scenario-${scenario}`;
}

/** Every scenario by group, each to be opened for its story. */
export function allSection({ runs }: EvalReport): Section {
  const scenarios = scenariosOf(runs);
  const groups = [...new Set(scenarios.map(groupOf))].sort();
  return {
    id: "scenarios",
    title: `Every scenario (${scenarios.length})`,
    nav: "Scenarios",
    intro: "By group. Open one for its story.",
    body: html`<form class="filter" data-filter=".scenario" role="search" hidden><label for="filter-words">Only those with</label><input id="filter-words" type="search" placeholder="words of the title, id, tags or group" autocomplete="off"><span role="status" class="soft"></span></form>
${groups.map((group) => {
  const own = scenarios.filter((one) => groupOf(one) === group);
  return html`<div class="group"><h3>${group} <span class="soft">${own.length}</span></h3>
<ul>${own.map(({ id, runs: repeated }) => line(id, repeated))}</ul></div>
`;
})}`,
  };
}

function groupOf({ runs }: { readonly runs: readonly GradedRun[] }): string {
  return runs[0]?.run.scenario.group ?? "";
}

function line(id: string, runs: readonly GradedRun[]): Html {
  const worst = runs.find(({ passed }) => !passed) ?? runs[0];
  if (worst === undefined) return html``;
  const { title, tags, group, why } = worst.run.scenario;
  const words = [id, title, group, ...tags, worst.passed ? "passed" : "failed"].join(" ").toLowerCase();
  const mark = worst.passed
    ? html`<span class="mark-good">✓<span class="unseen"> passed</span></span>`
    : html`<span class="mark-bad">✕<span class="unseen"> failed</span></span>`;
  const inside = worst.passed
    ? html`<p class="story-where"><code>${id}</code><code>${worst.run.file}:${worst.run.line}</code></p>${why === undefined ? "" : html`<p class="why">${why}</p>`}${story(worst)}`
    : html`<p class="story-where"><a href="#${idOf(id)}">See what failed</a></p>`;
  return html`<li class="scenario" data-words="${words}">${folded(html`${mark} ${title}`, inside)}</li>
`;
}

/** What could not be run as it is written; nothing where all could. */
export function unusableSection(report: EvalReport): readonly Section[] {
  const problems = unusableProblems(report);
  if (problems.length === 0) return [];
  return [
    {
      id: "unusable",
      title: `What could not be used (${problems.length})`,
      nav: `Not usable (${problems.length})`,
      intro: "These scenarios were not run. The others were.",
      body: html`<ul class="problems">${problems.map(
        ({
          file,
          line: at,
          field,
          message,
          ids,
        }) => html`<li><code>${file}:${at}</code> ${field === "" ? "" : html`<code>${field}</code>`} ${message}
${ids.length === 0 ? "" : html`<p class="soft">${count(ids.length, "scenario")} not run: ${ids.join(", ")}</p>`}</li>`,
      )}</ul>`,
    },
  ];
}
