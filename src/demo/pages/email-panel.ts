import { html } from "hono/html";
import type { DeliveryState } from "../../domain/publication.ts";
import type { DemoView, EmailPane } from "../view.ts";
import type { Html, Tone } from "./words.ts";

/** The e-mail that went out, or why none did. */
export function emailPanel({ email, lead }: DemoView): Html {
  return html`<section class="pane" id="email-pane" data-panel aria-labelledby="email-title">
<h2 id="email-title"><span class="number" aria-hidden="true">2</span> By e-mail</h2>
${email.kind === "none" ? nothing(email.words) : message(email, lead)}
</section>`;
}

function nothing(words: string): Html {
  return html`<div class="mail mail-none"><svg viewBox="0 0 48 36" aria-hidden="true" focusable="false"><rect x="2" y="2" width="44" height="32" rx="4"/><path d="M3 5l21 16L45 5"/></svg><p>${words}</p></div>`;
}

/** The message in a frame of its own, which can do nothing: its style is its own, and no script runs in it. */
function message(email: Extract<EmailPane, { kind: "message" }>, lead: DemoView["lead"]): Html {
  const { words, tone } = states[email.state];
  return html`<p class="mail-state"><span class="badge badge-${tone}">${words}</span> <span class="soft">${email.words}</span></p>
<div class="mail">
<dl class="mail-head"><div><dt>From</dt><dd>${email.from}</dd></div><div><dt>To</dt><dd>${lead.name}</dd></div><div><dt>Subject</dt><dd id="mail-subject">${email.subject}</dd></div></dl>
<iframe class="mail-body" src="/demo/mail?lead=${lead.leadId}&amp;publication=${email.publicationId}" title="The e-mail to ${lead.name}" sandbox></iframe>
</div>
<details class="more" id="mail-text"><summary>The same as plain text</summary><pre tabindex="0" aria-label="The e-mail as plain text">${email.text}</pre></details>`;
}

const states: Readonly<Record<DeliveryState, { readonly words: string; readonly tone: Tone }>> = {
  pending: { words: "Waits", tone: "hold" },
  transmitting: { words: "On its way", tone: "busy" },
  delivered: { words: "Sent", tone: "good" },
  failed: { words: "Failed", tone: "bad" },
  unknown: { words: "Unknown", tone: "ask" },
  cancelled: { words: "Cancelled", tone: "bad" },
};
