import { html } from "hono/html";
import type { Cause, CauseKind } from "../../domain/replay-report.ts";
import type { WhatIfReport } from "../../domain/what-if-report.ts";
import { folded, type Html, type Section, table } from "../../pages/page.ts";
import { count } from "./words.ts";

/** What the recordings do not hold and was read anew. */
export function readTodaySection({ readToday }: WhatIfReport): Section {
  const { decisions, searches, assets, leads, plans, byDecision } = readToday;
  const tiles = [
    ["searches", searches],
    ["assets", assets],
    ["leads", leads],
    ["plans", plans],
  ] as const;
  return {
    id: "today",
    title: "Read as things stand today",
    nav: "Read today",
    intro:
      "Where the change asks for something that was not looked at then, it was read as it is now: an asset may have changed since.",
    body:
      decisions === 0
        ? html`<p>Nothing: all that was needed is in the recordings.</p>`
        : html`<dl class="tiles"><div class="tile"><dt>decisions with such reads</dt><dd>${decisions}</dd></div>${tiles.map(
            ([name, many]) => html`<div class="tile"><dt>${name}</dt><dd>${many}</dd></div>`,
          )}</dl>
<div class="more">${folded(
            `Which ${decisions === 1 ? "decision" : "decisions"}`,
            table(
              "Reads of each decision.",
              [
                { title: "Decision", cell: ({ decisionId }) => html`<code>${decisionId}</code>` },
                { title: "Reads", isFigure: true, cell: ({ reads }) => String(reads) },
              ],
              byDecision,
            ),
          )}</div>`,
  };
}

interface LeftOut {
  readonly decisionId: string;
  readonly causes: readonly Cause[];
}

/** Decisions that nothing can be said of, with the causes; none where there is none. */
export function notComparedSection(leftOut: readonly LeftOut[], what: "compared" | "replayed"): readonly Section[] {
  if (leftOut.length === 0) return [];
  const kinds = [...new Set(leftOut.flatMap(({ causes }) => causes.map(({ kind }) => kind)))];
  const having = (kind: CauseKind) => leftOut.filter(({ causes }) => causes.some((cause) => cause.kind === kind));
  return [
    {
      id: "left-out",
      title: `Could not be ${what} (${leftOut.length})`,
      nav: `Not ${what} (${leftOut.length})`,
      intro:
        "Nothing can be said of these. How many each cause concerns, and below each decision with what stood in the way.",
      body: html`<ul class="points">${kinds.map((kind) => html`<li><code>${kind}</code>: ${count(having(kind).length, "decision")}</li>`)}</ul>
<div class="more">${folded("Each with its cause", leftOutTable(leftOut, what), leftOut.length <= mostOpen)}</div>`,
    },
  ];
}

const mostOpen = 10;

function leftOutTable(leftOut: readonly LeftOut[], what: string): Html {
  return table(
    `Decisions that could not be ${what}.`,
    [
      { title: "Decision", cell: ({ decisionId }) => html`<code>${decisionId}</code>` },
      { title: "Cause", cell: ({ causes }) => causeList(causes) },
    ],
    leftOut,
  );
}

/** Each kind with what it says of this decision. */
export function causeList(causes: readonly Cause[]): Html {
  return html`<ul class="points">${causes.map(({ kind, words }) => html`<li><code>${kind}</code>: ${words}</li>`)}</ul>`;
}
