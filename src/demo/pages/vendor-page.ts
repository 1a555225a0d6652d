import { html } from "hono/html";
import type { Html } from "./words.ts";

interface VendorPage {
  readonly vendor: string;
  readonly place: string;
  readonly viewer: string;
  /** The slot's fragment, safe as it is: the slot view escapes what it shows. */
  readonly slot: Html;
  readonly isFilled: boolean;
}

/** A page of the invented vendor, as far as is needed to see the slot where it would stand. */
export function vendorPage(page: VendorPage): Html {
  const { vendor, place, viewer } = page;
  const path = pathOf(place);
  return html`<div class="browser" role="group" aria-label="The page of ${vendor} as ${viewer} sees it">
<p class="browser-bar"><span class="browser-dots" aria-hidden="true"></span><span class="browser-address">www.${vendor.toLowerCase().replaceAll(" ", "")}.example${path}</span></p>
<div class="site">
<p class="site-nav" aria-hidden="true"><strong>${vendor}</strong><span>Product</span><span>Pricing</span><span>Customers</span></p>
${body(page)}
</div></div>`;
}

function body(page: VendorPage): Html {
  switch (kindOf(page.place)) {
    case "chat":
      return html`${lines("Come back to us any time", 3)}<div class="chat"><p class="chat-head">Chat with ${page.vendor}</p><p class="chat-line">Thanks for asking, ${page.viewer}. A colleague is on the way.</p>${slotOf(page)}</div>`;
    case "sidebar":
      return html`<div class="site-docs"><div>${lines("Security and data", 5)}</div><div class="site-aside">${slotOf(page)}</div></div>`;
    case "banner":
      return html`${slotOf(page)}${lines("Orders, offers and changes in one place", 3)}`;
    case "pricing":
      return html`<p class="site-title">Pricing that grows with you</p>${slotOf(page)}<div class="site-plans" aria-hidden="true">${[
        "Team",
        "Business",
        "Enterprise",
      ].map((name) => html`<div><strong>${name}</strong><i></i><i></i><i></i></div>`)}</div>`;
    case "other":
      return html`${lines(`Welcome, ${page.viewer}`, 2)}${slotOf(page)}`;
  }
}

function slotOf({ slot, isFilled, place }: VendorPage): Html {
  if (!isFilled) return html`<div class="slot slot-empty" id="slot"><span>${place}</span></div>`;
  return html`<div class="slot" id="slot">${slot}</div>`;
}

/** Text that is not there, as grey lines. */
function lines(title: string, count: number): Html {
  return html`<p class="site-title">${title}</p><div class="site-lines" aria-hidden="true">${Array.from({ length: count }, () => html`<i></i>`)}</div>`;
}

function kindOf(place: string): "chat" | "sidebar" | "banner" | "pricing" | "other" {
  if (place.startsWith("pricing")) return "pricing";
  if (place.startsWith("chat")) return "chat";
  if (place.endsWith("sidebar")) return "sidebar";
  if (place.endsWith("banner") || place.startsWith("home")) return "banner";
  return "other";
}

function pathOf(place: string): string {
  const [first = ""] = place.split("-");
  return first === "home" || first === "chat" ? "/" : `/${first}`;
}
