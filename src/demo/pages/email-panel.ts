import { html } from "hono/html";
import type { DemoView } from "../view.ts";
import type { Html } from "./words.ts";

/** The e-mail that went out, or why none did. */
export function emailPanel({ email }: DemoView): Html {
  return html`<section class="pane" id="email-pane" data-panel aria-labelledby="email-title">
<h2 id="email-title"><span class="number" aria-hidden="true">2</span> By e-mail</h2>
${email.kind === "none" ? html`<div class="mail mail-none"><svg viewBox="0 0 48 36" aria-hidden="true" focusable="false"><rect x="2" y="2" width="44" height="32" rx="4"/><path d="M3 5l21 16L45 5"/></svg><p>${email.words}</p></div>` : ""}
</section>`;
}
