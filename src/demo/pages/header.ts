import { html } from "hono/html";
import { dateTime } from "../../domain/date-time.ts";
import type { DemoView } from "../view.ts";
import { buttonForm, type FormContext } from "./form.ts";
import { duration, type Html } from "./words.ts";

export function header(clock: Html | null): Html {
  return html`<header class="top">
<a class="brand" href="/demo"><svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="8"/><path d="M8 10l8 13 8-13"/></svg><span>Vouchsafe</span></a>
<p class="claim">The right proof for the right lead, and never one it may not show.</p>
${clock ?? ""}
</header>`;
}

/** What time it is here, and the buttons that move it on. */
export function clockPanel({ clock, lead }: DemoView, context: FormContext): Html {
  const ahead = clock.aheadMs === 0 ? "The clock runs as the world's." : `Moved on by ${duration(clock.aheadMs)}.`;
  const step = (by: string, label: string) =>
    buttonForm(context, { action: "/demo/clock", fields: { by }, label, look: "button small", id: `clock-${by}` });
  return html`<section class="clock" id="clock" data-panel aria-label="The clock">
<p class="clock-now"><time datetime="${new Date(clock.now).toISOString()}" data-tick="${clock.now}">${dateTime(clock.now)}</time> <abbr title="Coordinated Universal Time">UTC</abbr><span class="soft"> · ${dateTime(clock.now, lead.timezone).slice(-5)} for ${firstName(lead.name)}</span><br><span class="soft">${ahead}</span></p>
<div class="buttons" role="group" aria-label="Move the clock on">${step("hour", "+ 1 hour")}${step("day", "+ 1 day")}${step("week", "+ 1 week")}</div>
</section>`;
}

export function firstName(name: string): string {
  return name.split(" ")[0] ?? name;
}
