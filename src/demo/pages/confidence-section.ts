import { html } from "hono/html";
import type { Explanation } from "../../domain/explanation.ts";
import { bar } from "./bar.ts";
import { type Html, percent } from "./words.ts";

/** How sure it was, against how sure it has to be. */
export function confidenceSection({ confidence }: Explanation): Html {
  if (confidence === null) return html``;
  const { value, threshold, parts } = confidence;
  const isEnough = value >= threshold;
  return html`<section class="section" aria-labelledby="confidence-title">
<h3 id="confidence-title">How sure: <strong>${percent(value)}</strong> <span class="soft">of the ${percent(threshold)} that the playbook asks for</span></h3>
${bar(value, { mark: threshold, tone: isEnough ? "good" : "ask" })}
<dl class="parts">${Object.entries(parts).map(
    ([name, share]) =>
      html`<div><dt>${partWords[name] ?? name}</dt><dd>${bar(share)}<span>${percent(share)}</span></dd></div>`,
  )}</dl>
</section>`;
}

/** The parts as `guardrails/confidence.ts` defines them. */
const partWords: Readonly<Record<string, string>> = {
  fit: "fits the lead",
  evidence: "backed by evidence",
  freshness: "fresh",
  margin: "ahead of the next",
  completeness: "facts are complete",
};
