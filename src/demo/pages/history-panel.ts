import { html } from "hono/html";
import { dateTime } from "../../domain/date-time.ts";
import type { DemoView } from "../view.ts";
import { addressOf } from "../where.ts";
import { firstName } from "./header.ts";
import { type Html, statusWords } from "./words.ts";

/** What happened to this lead so far, newest first; each entry opens its decision. */
export function historyPanel({ history, lead, where, decision }: DemoView): Html {
  const entries = history.map(({ decisionId, status, words, at }) => {
    const isShown = decisionId === decision?.decision.decisionId;
    const to = addressOf({ ...where, decision: decisionId, place: null });
    return html`<li><a data-live href="${to}"${isShown ? html` aria-current="true"` : ""}><span class="history-words">${words}</span><span class="badge badge-${statusWords[status].tone}">${statusWords[status].words}</span><time class="soft" datetime="${at}">${dateTime(at)}</time></a></li>`;
  });
  return html`<section class="history" id="history" data-panel aria-labelledby="history-title">
<h2 id="history-title">${firstName(lead.name)} so far</h2>
${entries.length === 0 ? html`<p class="soft">Nothing has happened yet. Press one of the buttons above.</p>` : html`<ol class="history-list">${entries}</ol>`}
</section>`;
}
