import { html } from "hono/html";
import { changeKindWords } from "../../domain/change-words.ts";
import type { ChangeKind, OutcomeOfRun, WhatIfReport } from "../../domain/what-if-report.ts";
import { badge, type Html, type Section } from "../../pages/page.ts";
import { count, statusWords } from "./words.ts";

type Example = WhatIfReport["examples"][number];

/** Some decisions of each kind of change, before and after; none where nothing changes. */
export function examplesSection({ examples, counts: { changed } }: WhatIfReport): readonly Section[] {
  if (examples.length === 0) return [];
  const decisions = [...new Set(examples.map(({ decisionId }) => decisionId))];
  return [
    {
      id: "examples",
      title: "Examples",
      nav: "Examples",
      intro: `${decisions.length} of ${count(changed, "decision")} that would come out otherwise: at most three of each kind of change. What differs is marked with ≠.`,
      body: html`${decisions.map((id) => decisionOf(examples.filter(({ decisionId }) => decisionId === id)))}`,
    },
  ];
}

function decisionOf(own: readonly Example[]): Html {
  const [first] = own;
  if (first === undefined) return html``;
  const { decisionId, before, after, why } = first;
  const id = `example-${decisionId}`;
  const [was, is] = [linesOf(before), linesOf(after)];
  return html`<article class="story" id="${id}" aria-labelledby="${id}-title">
<div class="story-head"><h3 id="${id}-title">${headingOf(before, after)}</h3>${kindsOf(own).map((kind) => badge(changeKindWords[kind], "calm"))}</div>
<p class="story-where"><code>${decisionId}</code></p>
<div class="beside"><div class="diff"><div><h4>Before</h4>${list(was, is)}</div><div><h4>After</h4>${list(is, was)}</div></div></div>
${why.length === 0 ? "" : html`<h4 class="why">Why</h4><ul class="points">${why.map((one) => html`<li>${one}</li>`)}</ul>`}
</article>
`;
}

function kindsOf(own: readonly Example[]): readonly ChangeKind[] {
  return own.map(({ change }) => change);
}

function headingOf(before: OutcomeOfRun, after: OutcomeOfRun): string {
  const [from, to] = [statusWords(before.status), statusWords(after.status)];
  return from === to ? `Still: ${to}, but otherwise` : `Was: ${from}. Would be: ${to}`;
}

type Line = readonly [name: string, value: string];

function linesOf({ status, reason, playbook, placements, confidence }: OutcomeOfRun): readonly Line[] {
  return [
    ["Result", statusWords(status)],
    ...(reason === null ? [] : [["Because", reason] as const]),
    ...placements.flatMap(({ assetId, assetVersion, channel, place }): Line[] => [
      ["Proof", `${assetId} v${assetVersion}`],
      ["Where", `${channel}, ${place}`],
    ]),
    ["Playbook", playbook ?? "none"],
    ...(confidence === null ? [] : [["Confidence", `${confidence.value} (it takes ${confidence.threshold})`] as const]),
  ];
}

/** What is not on the other side stands out. */
function list(lines: readonly Line[], others: readonly Line[]): Html {
  const isThere = ([name, value]: Line) => others.some((other) => other[0] === name && other[1] === value);
  return html`<dl>${lines.map(
    (line) =>
      html`<dt>${line[0]}</dt><dd>${isThere(line) ? line[1] : html`<div class="moved">≠ ${line[1]}</div>`}</dd>`,
  )}</dl>`;
}
