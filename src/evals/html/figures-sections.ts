import { html } from "hono/html";
import { type Bar, histogram, matrix, reliability, shareBar } from "../../pages/charts.ts";
import { type Html, type Section, table } from "../../pages/page.ts";
import type { Detection, Distribution, EvalReport, Figure } from "../eval.ts";
import { rankFigures } from "../graders/rank.ts";
import { count, figureWords, keyMetrics, milliseconds, percent } from "../report/key-metrics.ts";

/** Pass rates by group, and the figures that say most. */
export function groupsSection(report: EvalReport): Section {
  const { byGroup } = report.summary;
  return {
    id: "groups",
    title: "What passed, by group",
    nav: "Groups",
    body:
      byGroup.length === 0
        ? html`<p class="empty">No scenario was run.</p>`
        : html`<div class="groups">${table(
            "A scenario passed when everything that it expects came, in each of its runs.",
            [
              { title: "Group", cell: ({ name }) => name },
              { title: "Share", kind: "bar-cell", cell: ({ passed, total }) => shareBar(passed, total) },
              { title: "Passed", isFigure: true, cell: ({ passed, total }) => `${passed} of ${total}` },
            ],
            byGroup,
          )}</div>`,
  };
}

/** Each figure with what it rests on. */
export function figuresSection(report: EvalReport): Section {
  const known = keyMetrics(report).filter(({ figure }) => figure.value !== null);
  return {
    id: "figures",
    title: "The figures",
    nav: "Figures",
    intro: "Each beside what it rests on: a share of few cases says little.",
    body:
      known.length === 0
        ? html`<p class="empty">There is nothing to take a figure of.</p>`
        : html`<dl class="tiles">${known.map(
            (one) =>
              html`<div class="tile"><dt>${one.words}</dt><dd>${figureWords(one)}<span class="soft">of ${one.figure.count} ${one.of}</span></dd></div>`,
          )}</dl>`,
  };
}

/** How far the confidence can be believed. */
export function calibrationSection({ summary: { calibration } }: EvalReport): Section {
  const { ece, brier, bins } = calibration;
  const judged = bins.reduce((sum, bin) => sum + bin.count, 0);
  return {
    id: "confidence",
    title: "How far its confidence can be believed",
    nav: "Confidence",
    intro:
      "Each point is a set of choices that it was about equally sure of: how sure it was, against how often it was right. Above the line it was too modest, below it too sure. The figure at a point is how many choices it holds.",
    body:
      judged === 0
        ? html`<p class="empty">No scenario says of a choice whether it was right.</p>`
        : html`<div class="two"><figure>${reliability(`How often ${count(judged, "choice")} were right, by confidence`, bins)}</figure>
<div>${eceWords(ece)}${brierWords(brier)}${table(
            "The points in figures",
            [
              { title: "How sure", cell: ({ from, to }) => `${percent(from)} to ${percent(to)}` },
              { title: "Choices", isFigure: true, cell: (bin) => String(bin.count) },
              { title: "On average", isFigure: true, cell: ({ meanConfidence }) => shareWords(meanConfidence) },
              { title: "Right", isFigure: true, cell: ({ accuracy }) => shareWords(accuracy) },
            ],
            bins.filter((bin) => bin.count > 0),
          )}</div></div>`,
  };
}

function eceWords({ value, count: many }: Figure): Html {
  if (value === null) return html``;
  const points = Math.round(value * 1000) / 10;
  return html`<p>On average its confidence was off by <strong>${points} percentage points</strong> (expected calibration error ${value.toFixed(3)}, of ${count(many, "choice")}). 0 would be perfect.</p>`;
}

function brierWords({ value }: Figure): Html {
  if (value === null) return html``;
  return html`<p class="intro">Brier score ${value.toFixed(3)}: the squared distance between how sure it was and what came true. 0 is perfect; always saying 50% would score 0.250.</p>`;
}

function shareWords(share: number | null): string {
  return share === null ? "–" : percent(share);
}

/** Where in the order the first fitting proof stood. */
export function rankSection({ runs, summary: { rank } }: EvalReport): Section {
  const ranks = runs.flatMap(({ run }) =>
    run.moments.flatMap((moment) => {
      const { reciprocalRank } = rankFigures(moment);
      return reciprocalRank === null ? [] : [reciprocalRank === 0 ? null : Math.round(1 / reciprocalRank)];
    }),
  );
  const at = (rank: number) => ranks.filter((one) => one === rank).length;
  const bars: readonly Bar[] = [
    ...[1, 2, 3, 4, 5].map(
      (place): Bar => ({ label: String(place), count: at(place), tone: place === 1 ? "good" : "plain" }),
    ),
    { label: "later", count: ranks.filter((one) => one !== null && one > 5).length },
    { label: "not found", count: ranks.filter((one) => one === null).length, tone: "bad" },
  ];
  const share = (figure: Figure) => figureWords({ figure, kind: "share" });
  return {
    id: "rank",
    title: "How well it finds the proof",
    nav: "Rank",
    intro:
      "Scenarios that grade assets (0: does not fit, to 3: fits best) say which should come first. This is the place at which the first fitting one stood.",
    body:
      ranks.length === 0
        ? html`<p class="empty">No scenario grades how well assets fit.</p>`
        : html`<div class="two"><figure>${histogram(`Place of the first fitting proof in ${count(ranks.length, "moment")}: ${bars.map((bar) => `${bar.label}: ${bar.count}`).join(", ")}`, bars, "place of the first fitting proof")}</figure>
<div><p>In <strong>${share(rank.hitAt1)}</strong> of ${count(rank.hitAt1.count, "moment")} the first was a fitting one, in <strong>${share(rank.hitAt3)}</strong> one of the first three.</p>
<p class="intro">The order as a whole: nDCG of the first five ${figureWords({ figure: rank.ndcgAt5, kind: "number" })} (1 is the best order there is), mean reciprocal rank ${figureWords({ figure: rank.mrr, kind: "number" })}.</p></div></div>`,
  };
}

const actionOrder = ["show", "nothing", "ask", "hold", "fail", "refuse", "none"];

/** What was expected to be done, against what was done. */
export function actionsSection({ summary: { action } }: EvalReport): Section {
  const { confusion, accuracy } = action;
  const known = (kind: "expected" | "got") => actionOrder.filter((one) => confusion.some((cell) => cell[kind] === one));
  const both = actionOrder.filter((one) => known("expected").includes(one) || known("got").includes(one));
  return {
    id: "actions",
    title: "What it did, against what it should have done",
    nav: "Actions",
    intro: html`Cells on the diagonal are right; those with ≠ are not. “none” means that nothing came to rest.`,
    body:
      confusion.length === 0
        ? html`<p class="empty">No scenario says what is to be done.</p>`
        : matrix({
            caption: `${figureWords({ figure: accuracy, kind: "share" })} of ${count(accuracy.count, "moment")} came as expected.`,
            axes: ["expected", "came"],
            rows: known("expected"),
            columns: both,
            count: (expected, got) =>
              confusion.find((cell) => cell.expected === expected && cell.got === got)?.count ?? 0,
          }),
  };
}

/** Which rules fired when they should. */
export function rulesSection({ summary: { rules, verdicts } }: EvalReport): Section {
  return {
    id: "rules",
    title: "Whether the rules spoke when they should",
    nav: "Rules",
    intro:
      "Precision: of the times that a rule fired, how often it should have. Recall: of the times that it should have, how often it did.",
    body: html`${rules.rules.length === 0 ? html`<p class="empty">No scenario says which rules fire.</p>` : detections("Rules", "Rule", rules.rules)}
${verdicts.length === 0 ? "" : detections("Verdicts", "Verdict", verdicts)}`,
  };
}

function detections(caption: string, name: string, found: readonly Detection[]): Html {
  const share = (figure: Figure) => figureWords({ figure, kind: "share" });
  return table(
    caption,
    [
      { title: name, cell: (one) => html`<code>${one.name}</code>` },
      { title: "rightly", isFigure: true, cell: (one) => String(one.truePositives) },
      { title: "wrongly", isFigure: true, cell: (one) => fault(one.falsePositives) },
      { title: "missed", isFigure: true, cell: (one) => fault(one.falseNegatives) },
      { title: "precision", isFigure: true, cell: (one) => share(one.precision) },
      { title: "recall", isFigure: true, cell: (one) => share(one.recall) },
    ],
    found,
  );
}

function fault(many: number): Html | string {
  return many === 0 ? "0" : html`<span class="mark-bad">✕ ${many}</span>`;
}

/** How long moments took, and what a model was asked and answered. */
export function costSection({ summary: { latency, tokens, cost } }: EvalReport): Section {
  return {
    id: "cost",
    title: "What it takes",
    nav: "Time and tokens",
    intro: html`${cost.steps.value === null ? "" : `A moment takes ${cost.steps.value.toFixed(1)} nodes and tool calls on average. `}Times are of this machine, with everything in memory and scenarios side by side.`,
    body: html`<div class="two"><div><h3>Time of a moment</h3>${latency === null ? html`<p class="empty">Nothing ran.</p>` : distribution(latency, "milliseconds", milliseconds)}</div>
<div><h3>Tokens of a moment</h3>${tokens === null ? html`<p class="empty">No model was asked, so there are no tokens to count.</p>` : distribution(tokens, "tokens", (value) => String(Math.round(value)))}</div></div>`,
  };
}

function distribution(
  { count: many, p50, p95, p99, max, bins }: Distribution,
  unit: string,
  words: (value: number) => string,
): Html {
  const used = trimmed(bins);
  const label = (from: number, to: number | null) => (to === null ? `${short(from)}+` : `<${short(to)}`);
  const bars = used.map(({ from, to, count: found }) => ({ label: label(from, to), count: found }));
  const title = `${unit} of ${count(many, "moment")}: half up to ${words(p50)}, 95% up to ${words(p95)}`;
  return html`<figure>${histogram(title, bars, unit)}</figure>
<p class="soft">Half up to ${words(p50)} · 95% up to ${words(p95)} · 99% up to ${words(p99)} · most ${words(max)}, of ${count(many, "moment")}</p>`;
}

/** Without the empty bins at both ends. */
function trimmed(bins: Distribution["bins"]): Distribution["bins"] {
  const first = bins.findIndex((bin) => bin.count > 0);
  const last = bins.findLastIndex((bin) => bin.count > 0);
  return first < 0 ? [] : bins.slice(first, last + 1);
}

function short(value: number): string {
  return value >= 1000 ? `${value / 1000}k` : String(value);
}
