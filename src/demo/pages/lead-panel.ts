import { html } from "hono/html";
import type { DemoView, LeadCard } from "../view.ts";
import type { Html } from "./words.ts";

/** Who is being played, and the others to choose from. */
export function leadPanel({ lead, leads }: DemoView): Html {
  const { facts } = lead;
  const deal = facts.opportunity;
  return html`<section class="lead" id="lead" data-panel aria-labelledby="lead-title">
<div class="lead-head">${portrait(lead)}<div>
<h2 id="lead-title">${lead.name}</h2>
<p>${lead.persona || "Visitor"} · ${lead.company}</p>
</div></div>
<ul class="chips" aria-label="What is known">
<li>${lead.country}</li><li>${lead.stage}</li>${lead.industry && html`<li>${lead.industry}</li>`}${facts.company?.size && html`<li>${facts.company.size} people</li>`}${deal && html`<li>deal: ${deal.stage}</li>`}
<li class="chip-consent">${lead.consent}</li>${lead.objections.map((one) => html`<li class="chip-stop">${one}</li>`)}
</ul>
<details class="picker" id="picker"><summary>Change lead</summary>
<label class="filter" hidden>Find <input type="search" id="lead-filter" autocomplete="off" placeholder="name, company, country, stage"></label>
<ul class="leads">${leads.map(
    (one) =>
      html`<li><a data-live href="/demo?lead=${one.leadId}"${one.leadId === lead.leadId ? html` aria-current="true"` : ""}>${portrait(one)}<span><strong>${one.name}</strong><br>${one.persona || "Visitor"}, ${one.company}<br><span class="soft">${one.country} · ${one.stage}</span></span></a></li>`,
  )}</ul></details>
</section>`;
}

function portrait({ name }: LeadCard): Html {
  const initials = name
    .split(" ")
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("");
  return html`<span class="portrait" aria-hidden="true">${initials}</span>`;
}
