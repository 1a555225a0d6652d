import { html } from "hono/html";
import type { WhatIfReport } from "../../domain/what-if-report.ts";
import { badge, type Html, type Section, writePage } from "../../pages/page.ts";
import { notComparedSection, readTodaySection } from "./basis-sections.ts";
import { kindsSection, playbooksSection, transitionsSection } from "./change-sections.ts";
import { examplesSection } from "./examples-section.ts";
import { outcomesSection } from "./outcomes-section.ts";
import { clock, count, periodWords, type ReplayScope } from "./words.ts";

/** What would come out otherwise under a change, for whoever decides whether to switch it on. */
export function whatIfPage(report: WhatIfReport, scope: ReplayScope): Promise<string> {
  const { at, under, counts } = report;
  const title = headlineWords(report);
  return writePage({
    title: `${title} – what if, by vouchsafe`,
    headline: headline(title, report),
    facts: [
      ["Period", periodWords(scope, at)],
      ["Decisions compared", `${counts.compared} of ${counts.decisions}`],
      ["Made", clock(Date.parse(at))],
      ["Vouchsafe", under.software],
      ["Ruleset", under.ruleset],
      ["Planner", under.planner],
    ],
    sections: [
      kindsSection(report),
      transitionsSection(report),
      playbooksSection(report),
      ...examplesSection(report),
      outcomesSection(report),
      readTodaySection(report),
      ...notComparedSection(report.notCompared, "compared"),
      caveatsSection(report),
    ],
  });
}

function headlineWords({ counts: { decisions, compared, changed } }: WhatIfReport): string {
  if (decisions === 0) return "There was no decision to compare";
  if (compared === 0) return `None of ${count(decisions, "decision")} could be compared`;
  if (changed === 0)
    return compared === 1
      ? "The decision would come out the same"
      : `All ${compared} decisions would come out the same`;
  return `${changed} of ${count(compared, "decision")} would come out otherwise`;
}

function headline(title: string, { change, counts: { notCompared, drifted } }: WhatIfReport): Html {
  return html`<h1>${title}</h1>
<p class="lead">Under this change: ${change.map((one, index) => html`${index === 0 ? "" : ", "}<strong>${one}</strong>`)}. Everything else stays as it was when the decisions were made. Nothing was published or sent for this report.</p>
${notCompared === 0 ? "" : html`<p>${badge(`! ${count(notCompared, "decision")} could not be compared`, "ask")}</p>`}
${drifted === 0 ? "" : html`<p class="lead">${count(drifted, "decision")} would come out otherwise in this version of vouchsafe even without the change. Of those, “before” is what this version decides without the change, not what was recorded.</p>`}`;
}

function caveatsSection({ caveats }: WhatIfReport): Section {
  return {
    id: "caveats",
    title: "What to keep in mind",
    nav: "Keep in mind",
    body: html`<ul class="points">${caveats.map((one) => html`<li>${one}</li>`)}</ul>`,
  };
}
