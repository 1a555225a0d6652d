import { html } from "hono/html";
import type { Html } from "./page.ts";

/** One bar of a histogram. */
export interface Bar {
  readonly label: string;
  readonly count: number;
  readonly tone?: "plain" | "good" | "bad";
}

const plot = { width: 380, height: 210, left: 34, right: 8, top: 30, bottom: 40 } as const;
const right = plot.width - plot.right;
const floor = plot.height - plot.bottom;
const roof = plot.top;

/**
 * Share of `total` as a bar that is as wide as its cell. The figures stand beside it, so it is not read out. `judged`:
 * the part is good and the rest is not; `neutral`: so much of so much.
 */
export function shareBar(part: number, total: number, tone: "judged" | "neutral" = "judged"): Html {
  const share = total === 0 ? 0 : Math.round((part / total) * 1000) / 10;
  return html`<svg class="bar bar-${tone}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar-rest" width="100" height="8"/><rect class="bar-part" width="${share}" height="8"/></svg>`;
}

/** How often each of some values or ranges occurred. `title` says it in words for whoever does not see it. */
export function histogram(title: string, bars: readonly Bar[], axis: string): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = (right - plot.left) / Math.max(1, bars.length);
  const height = (count: number) => round((count / most) * (floor - roof));
  return figure(
    title,
    html`<line class="axis" x1="${plot.left}" x2="${right}" y1="${floor}" y2="${floor}"/>
${bars.map(({ label, count, tone = "plain" }, index) => {
  const middle = round(plot.left + (index + 0.5) * step);
  const high = height(count);
  return html`<rect class="column column-${tone}" x="${round(middle - step * 0.4)}" y="${round(floor - high)}" width="${round(step * 0.8)}" height="${high}"/>
<text class="count" x="${middle}" y="${round(floor - high - 5)}">${count === 0 ? "" : count}</text>
<text class="tick" x="${middle}" y="${floor + 15}">${label}</text>`;
})}
<text class="axis-name" x="${round((plot.left + right) / 2)}" y="${plot.height - 6}">${axis}</text>`,
  );
}

/** A bin of a reliability curve: how sure it was (0 to 1) and how often that was right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanConfidence: number | null;
  readonly accuracy: number | null;
}

/** How often choices were right, by how sure the system was; on the diagonal the two are the same. */
export function reliability(title: string, bins: readonly ReliabilityBin[]): Html {
  const x = (share: number) => round(plot.left + 8 + share * (right - plot.left - 16));
  const y = (share: number) => round(floor - share * (floor - roof));
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const points = bins.flatMap(({ count, meanConfidence, accuracy }) =>
    meanConfidence === null || accuracy === null
      ? []
      : [{ count, at: x(meanConfidence), up: y(accuracy), meanConfidence }],
  );
  const path = points.map(({ at, up }, index) => `${index === 0 ? "M" : "L"}${at} ${up}`).join(" ");
  return figure(
    title,
    html`${[0, 0.25, 0.5, 0.75, 1].map(
      (share) => html`<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(share)}" y2="${y(share)}"/>
<text class="tick tick-side" x="${x(0) - 6}" y="${y(share) + 4}">${Math.round(share * 100)}%</text>
<text class="tick" x="${x(share)}" y="${floor + 15}">${Math.round(share * 100)}%</text>`,
    )}
<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
<text class="note" x="${x(0.2)}" y="${y(0.2) - 8}" transform="rotate(-${degrees()} ${x(0.2)} ${y(0.2) - 8})">as sure as right</text>
${points.map(({ at, up, meanConfidence }) => html`<line class="gap" x1="${at}" x2="${at}" y1="${up}" y2="${y(meanConfidence)}"/>`)}
${path === "" ? "" : html`<path class="curve" d="${path}"/>`}
${points.map(
  ({ count, at, up }) =>
    html`<circle class="point" cx="${at}" cy="${up}" r="${round(3.5 + 5 * Math.sqrt(count / most))}"/>
<text class="count" x="${at}" y="${round(up - 8 - 5 * Math.sqrt(count / most))}">${count}</text>`,
)}
<text class="axis-name" x="${x(0.5)}" y="${plot.height - 6}">how sure it was</text>`,
  );

  function degrees(): number {
    return round((Math.atan2(floor - roof, right - plot.left - 16) * 180) / Math.PI);
  }
}

/** How often one of `rows` came to one of `columns`. */
export interface Matrix {
  readonly caption: string;
  /** What the rows are and what the columns are. */
  readonly axes: readonly [rows: string, columns: string];
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  count(row: string, column: string): number;
  /**
   * `judged` (unless said): where both are the same, the cell is as it should be. `neutral`: there nothing has changed,
   * and a change stands out without being called good or bad.
   */
  readonly tone?: "judged" | "neutral";
}

export function matrix({ caption, axes, rows, columns, count, tone = "judged" }: Matrix): Html {
  const most = Math.max(1, ...rows.flatMap((row) => columns.map((column) => count(row, column))));
  const level = (found: number) => (found === 0 ? 0 : Math.ceil((found / most) * 4));
  return html`<div class="wide"><table class="matrix matrix-${tone}">
<caption>${caption}</caption>
<thead><tr><th scope="col">${axes[0]} ↓ &nbsp; ${axes[1]} →</th>${columns.map((column) => html`<th scope="col" class="figure">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row" class="words">${row}</th>${columns.map((column) => {
        const found = count(row, column);
        const kind = found === 0 ? "none" : row === column ? "same" : "other";
        return html`<td class="cell cell-${kind} level-${level(found)}">${found === 0 ? "·" : found}${kind === "other" ? html`<span class="mark" aria-hidden="true"> ≠</span>` : ""}</td>`;
      })}</tr>`,
  )}</tbody>
</table></div>`;
}

function figure(title: string, inside: Html): Html {
  return html`<svg class="chart" viewBox="0 0 ${plot.width} ${plot.height}" role="img" aria-label="${title}"><title>${title}</title>
${inside}
</svg>`;
}

/** One decimal: pixels are no finer. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
