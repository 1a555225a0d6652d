import { html } from "hono/html";
import { dateTime } from "../../domain/date-time.ts";
import type { Explanation } from "../../domain/explanation.ts";
import { badge, folded, type Html, type Tone } from "../../pages/page.ts";
import type { Grade, GradedRun, Moment } from "../eval.ts";
import type { Action } from "../expectation.ts";
import { happeningWords } from "./happening-words.ts";

/** What happened in a run, step by step: the clock, what came of it and why, and what had been expected instead. */
export function story(graded: GradedRun): Html {
  const { run, grades } = graded;
  const reached = run.moments.map((moment) => stepOf(moment, graded));
  const missed = run.scenario.steps.slice(run.moments.length).map(
    (step) => html`<li class="step"><span class="dot" aria-hidden="true">·</span>
<div class="step-head soft"><span>Not reached: ${happeningWords(step)}</span></div></li>
`,
  );
  const whole = grades.filter(({ step }) => step === null);
  return html`<ol class="timeline">
${reached}${missed}${whole.length === 0 ? "" : endOf(whole)}
</ol>`;
}

const actionWords = {
  show: { words: "shown", tone: "good" },
  nothing: { words: "nothing shown", tone: "calm" },
  ask: { words: "a person is asked", tone: "ask" },
  hold: { words: "held until later", tone: "hold" },
  fail: { words: "could not be decided", tone: "bad" },
  refuse: { words: "event refused", tone: "calm" },
} as const satisfies Record<Action, { words: string; tone: Tone }>;

function stepOf(moment: Moment, { run, grades }: GradedRun): Html {
  const own = grades.filter(({ step }) => step === moment.step);
  const step = run.scenario.steps[moment.step];
  const isAbout = step?.event !== undefined || moment.expected !== null;
  const came = isAbout && moment.action ? actionWords[moment.action] : null;
  return html`<li class="step">${dot(own)}
<div class="step-head"><strong>${step ? happeningWords(step) : moment.happening}</strong>${came ? badge(came.words, came.tone) : ""}<time datetime="${new Date(moment.at).toISOString()}">${dateTime(moment.at)} UTC</time></div>
${isAbout ? cameWords(moment) : ""}${seenWords(moment)}
${graded(own)}
</li>
`;
}

function endOf(grades: readonly Grade[]): Html {
  return html`<li class="step">${dot(grades)}
<div class="step-head"><strong>At the end</strong></div>
${graded(grades)}
</li>
`;
}

/** A cross where something was not as expected, a tick where all was. */
function dot(grades: readonly Grade[]): Html {
  if (grades.length === 0) return html`<span class="dot" aria-hidden="true">·</span>`;
  return grades.every(({ passed }) => passed)
    ? html`<span class="dot dot-good" aria-hidden="true">✓</span>`
    : html`<span class="dot dot-bad" aria-hidden="true">✕</span>`;
}

function cameWords({ explanation, refusal }: Moment): Html {
  if (refusal) return html`<p>${refusal.message}</p>`;
  if (explanation === null) return html``;
  const { summary, placements, confidence, approval, others } = explanation;
  const spoke = placements.flatMap(({ findings }) => findings.filter(({ effect }) => effect !== "allow"));
  return html`<p>${summary}</p>
${placements.map(({ assetId, why }) => html`<p class="soft"><code>${assetId}</code> ${why}</p>`)}
${confidence ? html`<p class="soft">${confidence.words}</p>` : ""}${approval ? html`<p class="soft">${approval.words}</p>` : ""}
${spoke.length === 0 ? "" : html`<ul class="spoke">${spoke.map(({ rule, effect, reason }) => html`<li>${badge(effectWords[effect].words, effectWords[effect].tone)}<code>${rule}</code><span>${reason}</span></li>`)}</ul>`}
${others.length === 0 ? "" : othersOf(others)}`;
}

const mostOthers = 6;

function othersOf(others: Explanation["others"]): Html {
  const more = others.length - mostOthers;
  const shown = others
    .slice(0, mostOthers)
    .map(
      ({ assetId, score, why }) =>
        html`<li><code>${assetId}</code><span class="soft">${score.toFixed(2)}</span><span>${why}</span></li>`,
    );
  const inside = html`<ul class="spoke">${shown}</ul>${more > 0 ? html`<p class="soft">and ${more} that scored less</p>` : ""}`;
  return html`<div class="more">${folded(`What else there was (${others.length})`, inside)}</div>`;
}

const effectWords = {
  allow: { words: "allows", tone: "good" },
  review: { words: "asks a person", tone: "ask" },
  hold: { words: "holds", tone: "hold" },
  deny: { words: "denies", tone: "bad" },
} as const satisfies Record<string, { words: string; tone: Tone }>;

function seenWords({ seen }: Moment): Html {
  if (seen === null) return html``;
  return html`<p>${seen.asset === null ? "It shows nothing." : html`It shows <code>${seen.asset}</code>.`}</p>`;
}

/** What was wrong, side by side; what was right, in one line. */
function graded(grades: readonly Grade[]): Html {
  const held = [...new Set(grades.filter(({ passed }) => passed).map(({ grader }) => grader))];
  return html`${grades.filter(({ passed }) => !passed).map(wrong)}${held.length === 0 ? "" : html`<p class="held">✓ as expected: ${held.join(", ")}</p>`}`;
}

function wrong({ grader, words, expected, got }: Grade): Html {
  const [wanted, came] = [linesOf(expected), linesOf(got)];
  return html`<div class="wrong"><p class="wrong-words"><b>✕ ${grader}</b> ${words}</p>
<div class="diff"><div><h4>Expected</h4>${list(wanted, came, "lacking")}</div><div><h4>Came</h4>${list(came, wanted, "other")}</div></div></div>`;
}

/** What is not on the other side stands out. */
function list(lines: readonly string[], others: readonly string[], kind: "lacking" | "other"): Html {
  return html`<ul>${lines.map((line) => html`<li class="${others.includes(line) ? "same" : kind}">${line}</li>`)}</ul>`;
}

function linesOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return ["nothing"];
  if (Array.isArray(value)) return value.length === 0 ? ["nothing"] : value.map(textOf);
  if (typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${textOf(one)}`);
  return [textOf(value)];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
