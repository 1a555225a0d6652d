import { html } from "hono/html";
import type { OutcomeEstimate, WhatIfReport } from "../../domain/what-if-report.ts";
import { type Html, type Section, table } from "../../pages/page.ts";
import { count, percent } from "./words.ts";

/** What can be said of clicks, replies and the like under the change, and why nothing where nothing can. */
export function outcomesSection({ outcomes }: WhatIfReport): Section {
  const { estimates } = outcomes;
  const known = estimates.filter(({ estimated }) => estimated !== null);
  const unknown = estimates.filter(({ estimated }) => estimated === null);
  return {
    id: "outcomes",
    title: "What it would do to outcomes",
    nav: "Outcomes",
    intro: basisWords(outcomes),
    body: html`${estimates.length === 0 ? html`<p class="empty">No outcome is known.</p>` : ""}
${known.length === 0 ? "" : estimatesTable(known)}
${unknown.length === 0 ? "" : noEstimates(unknown)}`,
  };
}

function basisWords({ publishing, matched, supported, unsupported }: WhatIfReport["outcomes"]): string {
  if (publishing === 0) return "No decision would publish under the change, so nothing would follow from it.";
  const shown = supported - matched;
  return [
    `${count(publishing, "decision")} would publish under the change.`,
    matched === publishing
      ? "What they would do is exactly what was done, so what followed is known."
      : `${matched} of them would do exactly what was done, so what followed is known.`,
    ...(shown > 0 ? [`For ${shown} a pilot that tried it on others shows what would follow.`] : []),
    ...(unsupported > 0 ? [`${unsupported} would do what was never done before: of those nothing is known.`] : []),
  ].join(" ");
}

function estimatesTable(rows: readonly OutcomeEstimate[]): Html {
  return html`${table<OutcomeEstimate>(
    "Shares of the decisions that publish.",
    [
      { title: "Outcome", cell: ({ outcome }) => outcome },
      { title: "Before", isFigure: true, cell: observedWords },
      { title: "Estimated", isFigure: true, cell: ({ estimated }) => (estimated ? percent(estimated.rate) : "–") },
      { title: "95% interval", kind: "range", cell: ({ estimated }) => range(estimated) },
      { title: "Bounds", kind: "range", cell: ({ bounds }) => range(bounds) },
    ],
    rows,
  )}
<ul class="points">${rows.map(
    ({ outcome, estimated, words }) =>
      html`<li><strong>${outcome}</strong>: ${words} ${estimated === null ? "" : methodWords(estimated)}</li>`,
  )}</ul>
<p class="soft">Interval: where the estimate would lie in 95 of 100 such samples. Bounds: the share lies between these whatever becomes of what was never done before.</p>`;
}

function observedWords({ observed }: OutcomeEstimate): string {
  return observed === null ? "none" : `${percent(observed.rate)} of ${observed.decisions}`;
}

function range(of: { readonly low: number; readonly high: number } | null): string {
  return of === null ? "–" : `${percent(of.low)} to ${percent(of.high)}`;
}

function methodWords({ method, decisions }: NonNullable<OutcomeEstimate["estimated"]>): string {
  const from = `From ${count(decisions, "decision")}`;
  switch (method) {
    case "unweighted-wilson":
      return `${from}, each counted once (Wilson's interval).`;
    case "self-normalised-ips-bootstrap":
      return `${from}, weighted by the pilot's share (self-normalised inverse propensities, bootstrap interval).`;
  }
}

function noEstimates(rows: readonly OutcomeEstimate[]): Html {
  return html`${table<OutcomeEstimate>(
    "Outcomes without an estimate.",
    [
      { title: "Outcome", cell: ({ outcome }) => outcome },
      { title: "Before", isFigure: true, cell: observedWords },
      { title: "Why there is none", cell: ({ words }) => words },
    ],
    rows,
  )}`;
}
