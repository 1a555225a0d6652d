import { html, raw } from "hono/html";
import { dateTime } from "../../domain/date-time.ts";
import type { DemoView } from "../view.ts";
import { addressOf } from "../where.ts";
import { buttonForm, type FormContext } from "./form.ts";
import { firstName } from "./header.ts";
import { vendorPage } from "./vendor-page.ts";
import { type Html, placeWords } from "./words.ts";

type Place = DemoView["slot"]["places"][number];

/** The vendor's page as the lead sees it, with the real slot in its place. */
export function slotPanel(view: DemoView, context: FormContext): Html {
  const { slot, where, lead, vendor } = view;
  const link = ({ place, isFilled }: Place) => {
    const filled = isFilled
      ? html`<span class="dot" aria-hidden="true"></span><span class="unseen"> (filled)</span>`
      : "";
    return html`<li><a data-live href="${addressOf({ ...where, place })}"${place === slot.place ? html` aria-current="true"` : ""}>${placeWords(place)}${filled}</a></li>`;
  };
  // What shows something is in sight; of the empty ones, a few.
  const inSight = slot.places.filter(({ place, isFilled }, index) => index < 3 || isFilled || place === slot.place);
  const others = slot.places.filter((one) => !inSight.includes(one));
  return html`<section class="pane" id="slot-pane" data-panel aria-labelledby="slot-title">
<h2 id="slot-title"><span class="number" aria-hidden="true">1</span> On the page</h2>
<nav aria-label="Places on the pages"><ul class="tabs">${inSight.map(link)}</ul>${others.length === 0 ? "" : html`<details class="places" id="other-places"><summary>${others.length} more places</summary><ul class="tabs">${others.map(link)}</ul></details>`}</nav>
${vendorPage({ vendor, place: slot.place, viewer: firstName(lead.name), slot: raw(slot.html), isFilled: slot.html !== "" })}
${slot.shown === null ? emptyWords(slot.place) : below(slot.shown, context)}
<p class="links"><a href="/demo/slot?lead=${where.lead}&amp;place=${slot.place}">What the page gets (JSON)</a></p>
</section>`;
}

function emptyWords(place: string): Html {
  return html`<p class="soft">The slot <code>${place}</code> is empty: the page shows nothing there, and nobody sees a gap.</p>`;
}

function below(shown: NonNullable<DemoView["slot"]["shown"]>, context: FormContext): Html {
  return html`<div class="revoke"><p>“${shown.title}”${shown.liveUntil && html`<span class="soft">, until ${dateTime(shown.liveUntil)}</span>`}</p>${buttonForm(
    context,
    {
      action: "/demo/revoke",
      fields: { asset: shown.assetId },
      label: "The endorser withdraws it",
      look: "button danger",
      id: "revoke",
    },
  )}</div>`;
}
