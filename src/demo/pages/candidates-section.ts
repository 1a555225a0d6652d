import { html } from "hono/html";
import type { AssetWords, DecisionView } from "../view.ts";
import { bar } from "./bar.ts";
import { type Html, percent } from "./words.ts";

interface Row {
  readonly key: string;
  readonly score: number;
  readonly isChosen: boolean;
  readonly words: string;
  readonly rules: readonly string[];
}

const shownAtOnce = 5;

/** What was weighed, best first: the chosen one, and why the others were not. */
export function candidatesSection({ decision, explanation, assets }: DecisionView): Html {
  if (decision.candidates.length === 0) return html``;
  const placed = new Map(explanation.placements.map((one) => [`${one.assetId}@${one.assetVersion}`, one]));
  const others = new Map(explanation.others.map((one) => [`${one.assetId}@${one.assetVersion}`, one]));
  const rows = decision.candidates
    .toSorted((a, b) => b.score - a.score)
    .map(({ assetId, assetVersion, score, rejectedBy }): Row => {
      const key = `${assetId}@${assetVersion}`;
      const words = placed.get(key)?.why ?? others.get(key)?.why ?? "";
      return { key, score, isChosen: placed.has(key), words, rules: rejectedBy };
    });
  // The chosen one is always in sight, also when better ones were ruled out.
  const first = rows.filter(({ isChosen }, index) => isChosen || index < shownAtOnce);
  const rest = rows.filter((row) => !first.includes(row));
  return html`<section class="section" aria-labelledby="candidates-title">
<h3 id="candidates-title">What was weighed: ${rows.length} ${rows.length === 1 ? "candidate" : "candidates"}</h3>
<ol class="candidates">${first.map((row) => candidate(row, assets.get(row.key)))}</ol>
${rest.length === 0 ? "" : html`<details class="more" id="other-candidates"><summary>${rest.length} more</summary><ol class="candidates">${rest.map((row) => candidate(row, assets.get(row.key)))}</ol></details>`}
</section>`;
}

function candidate({ key, score, isChosen, words, rules }: Row, asset: AssetWords | undefined): Html {
  const tone = isChosen ? "good" : rules.length > 0 ? "bad" : "plain";
  return html`<li class="candidate${isChosen ? " candidate-chosen" : ""}"><p class="candidate-head"><span lang="${asset?.language ?? "en"}">${asset?.title ?? key}</span> ${asset && html`<span class="kind">${asset.kind.replaceAll("-", " ")}</span>`} ${isChosen ? html`<span class="badge badge-good">chosen</span>` : ""}<span class="score">${percent(score)}</span></p>${bar(score, { tone })}<p class="soft">${words} ${rules.map((rule) => html`<code>${rule}</code> `)}</p></li>`;
}
