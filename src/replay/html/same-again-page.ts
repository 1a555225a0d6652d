import { html } from "hono/html";
import type { DecisionReplay, Difference, ReplayReport } from "../../domain/replay-report.ts";
import { badge, folded, type Html, type Section, writePage } from "../../pages/page.ts";
import { causeList, notComparedSection } from "./basis-sections.ts";
import { clock, count, periodWords, type ReplayScope } from "./words.ts";

/** Whether decisions come out as they were recorded, and every difference with its cause. */
export function sameAgainPage(report: ReplayReport, scope: ReplayScope): Promise<string> {
  const { at, under, counts, decisions } = report;
  const title = headlineWords(report);
  return writePage({
    title: `${title} – replay by vouchsafe`,
    headline: html`<h1>${title}</h1>
<p class="lead">Recorded decisions were run again on the same facts. Nothing was published or sent.</p>
${counts.unexplained === 0 ? "" : badge(`✕ ${counts.unexplained} unexplained`, "bad")}`,
    facts: [
      ["Period", periodWords(scope, at)],
      ["Made", clock(Date.parse(at))],
      ["Vouchsafe", under.software],
      ["Ruleset", under.ruleset],
      ["Planner", under.planner],
    ],
    sections: [
      countsSection(report),
      ...differencesSection(decisions.filter(({ outcome }) => outcome === "different")),
      ...notComparedSection(
        decisions.filter(({ outcome }) => outcome === "not-replayed"),
        "replayed",
      ),
    ],
  });
}

function headlineWords({ counts: { decisions, same, different, notReplayed } }: ReplayReport): string {
  const replayed = decisions - notReplayed;
  if (decisions === 0) return "There was no decision to run again";
  if (replayed === 0) return `None of ${count(decisions, "decision")} could be run again`;
  if (different > 0) return `${different} of ${count(replayed, "decision")} came out otherwise`;
  return same === 1 ? "The decision came out the same" : `All ${same} decisions came out the same`;
}

function countsSection({ counts }: ReplayReport): Section {
  const tiles = [
    ["decisions", counts.decisions],
    ["the same", counts.same],
    ["different", counts.different],
    ["different and unexplained", counts.unexplained],
    ["not replayed", counts.notReplayed],
  ] as const;
  return {
    id: "counts",
    title: "How they came out",
    nav: "Counts",
    intro:
      "The same versions decide the same on the same facts, to the letter. A difference has a cause; one that nothing explains is an alarm.",
    body: html`<dl class="tiles">${tiles.map(([name, many]) => html`<div class="tile"><dt>${name}</dt><dd>${many}</dd></div>`)}</dl>`,
  };
}

function differencesSection(decisions: readonly DecisionReplay[]): readonly Section[] {
  if (decisions.length === 0) return [];
  return [
    {
      id: "differences",
      title: `What came out otherwise (${decisions.length})`,
      nav: `Different (${decisions.length})`,
      intro: "Each with its causes, and each place in the result beside what was recorded there.",
      body: html`${decisions.map(differing)}`,
    },
  ];
}

/** So many differences of a decision stand open. */
const mostOpen = 5;

function differing({ decisionId, attempts, causes, differences }: DecisionReplay): Html {
  const isAlarm = causes.some(({ kind }) => kind === "unexplained");
  const [open, rest] = [differences.slice(0, mostOpen), differences.slice(mostOpen)];
  return html`<article class="story" id="${decisionId}" aria-labelledby="${decisionId}-title">
<div class="story-head"><h3 id="${decisionId}-title"><code>${decisionId}</code></h3>${isAlarm ? badge("✕ unexplained", "bad") : badge("≠ different", "hold")}<span class="soft">${count(attempts, "attempt")}</span></div>
${causeList(causes)}
${open.map(differenceOf)}
${rest.length === 0 ? "" : html`<div class="more">${folded(`${rest.length} more`, html`${rest.map(differenceOf)}`)}</div>`}
</article>
`;
}

function differenceOf(difference: Difference): Html {
  return html`<div class="beside"><p class="wrong-words"><b>≠</b> <code>${difference.pointer || "/"}</code></p>
<div class="diff"><div><h4>Recorded</h4>${value(difference.recorded)}</div><div><h4>Replayed</h4>${value(difference.replayed)}</div></div></div>`;
}

function value(of: unknown): Html {
  return of === undefined
    ? html`<p class="soft">nothing</p>`
    : html`<pre class="value">${JSON.stringify(of, null, 2)}</pre>`;
}
