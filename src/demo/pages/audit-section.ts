import { html } from "hono/html";
import { dateTime } from "../../domain/date-time.ts";
import type { DecisionView } from "../view.ts";
import type { Html } from "./words.ts";

/** The decision's entries in the transparency log. */
export function auditSection({ entries }: DecisionView): Html {
  if (entries.length === 0) return html``;
  return html`<details class="section" id="audit" open><summary><h3>In the log: ${entries.length} ${entries.length === 1 ? "entry" : "entries"}</h3></summary>
<ol class="entries">${entries.map(
    ({ seq, kind, at, leafHash }) =>
      html`<li><span class="entry-number">${seq === null ? "…" : `#${seq}`}</span><span>${kindWords[kind] ?? kind} <code>${kind}</code></span><time class="soft" datetime="${new Date(at).toISOString()}">${dateTime(at)}</time><code class="leaf" title="Leaf hash (RFC 6962)">${leafHash}</code></li>`,
  )}</ol>
<p class="soft">Each entry is a leaf of a Merkle tree: <code>vouchsafe audit verify</code> recomputes it, and nobody can change one unnoticed.</p></details>`;
}

const kindWords: Readonly<Record<string, string>> = {
  "event.accepted": "The event was accepted",
  "decision.closed": "The decision was closed",
  "decision.held": "The decision was held",
  "approval.asked": "A person was asked",
  "approval.answered": "A person answered",
  "approval.expired": "The question expired",
  "approval.blocked": "The question was blocked",
  "publication.published": "It was published",
  "publication.withdrawn": "It was withdrawn",
};
