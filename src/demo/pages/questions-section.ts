import { html } from "hono/html";
import type { Approval } from "../../domain/approval.ts";
import { dateTime } from "../../domain/date-time.ts";
import type { DecisionView } from "../view.ts";
import { type FormContext, hiddenFields } from "./form.ts";
import { type Html, placeWords } from "./words.ts";

/** What waits for the player's answer. */
export function questionsSection({ questions, assets }: DecisionView, context: FormContext): Html {
  if (questions.length === 0) return html``;
  return html`<section class="questions" id="questions" aria-labelledby="questions-title" tabindex="-1">
<h3 id="questions-title">It is for you to say</h3>
${questions.map((asked) => question(asked, assets.get(`${asked.assetId}@${asked.assetVersion}`)?.title ?? asked.assetId, context))}
</section>`;
}

function question(asked: Approval, title: string, context: FormContext): Html {
  const { approvalId, content, quote, findings, touchpoint } = asked;
  const id = `framing-${approvalId}`;
  return html`<article class="question">
<p class="soft">Would be shown at ${placeWords(touchpoint.place).toLowerCase()} (${touchpoint.channel}):</p>
<blockquote lang="${content.language}">${content.framing && html`<p class="question-framing">${content.framing}</p>`}<p>${quote ?? title}</p></blockquote>
<ul class="reasons">${findings.map(({ rule, reason }) => html`<li>${reason} <code>${rule}</code></li>`)}</ul>
<form method="post" action="/demo/answer" data-live>
${hiddenFields(context, "/demo/answer")}<input type="hidden" name="approval" value="${approvalId}"><input type="hidden" name="contentHash" value="${asked.contentHash}">
<label for="${id}">The words around it</label>
<input id="${id}" name="framing" maxlength="300" value="${content.framing}" autocomplete="off">
${content.framing.includes("{{") ? html`<p class="soft">What stands in braces is filled in for each lead.</p>` : ""}
<div class="buttons"><button class="button primary" name="verdict" value="approve">Approve as it is</button><button class="button" name="verdict" value="edit">Change the words</button><button class="button danger" name="verdict" value="reject">Reject</button></div>
</form>
<p class="soft">Other words are other content: you are asked once more about exactly those. Your answer is bound to this content (<code>${asked.contentHash.slice(0, 19)}…</code>), and can be given until ${dateTime(asked.expiresAt)} UTC.</p>
</article>`;
}
