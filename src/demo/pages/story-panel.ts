import { html } from "hono/html";
import { dateTime } from "../../domain/date-time.ts";
import { describeEvent } from "../event-phrase.ts";
import type { DecisionView, DemoView } from "../view.ts";
import { auditSection } from "./audit-section.ts";
import { candidatesSection } from "./candidates-section.ts";
import { confidenceSection } from "./confidence-section.ts";
import { findingsSection } from "./findings-section.ts";
import { buttonForm, type FormContext } from "./form.ts";
import { questionsSection } from "./questions-section.ts";
import { type Html, statusWords } from "./words.ts";

/** Why it came out as it did: the decision from its event to its entries in the log. */
export function storyPanel({ decision: shown, clock }: DemoView, context: FormContext): Html {
  return html`<section class="pane pane-story" id="story-pane" data-panel aria-labelledby="story-title">
<h2 id="story-title"><span class="number" aria-hidden="true">3</span> Why: the decision’s story</h2>
${shown === null ? html`<p class="soft">As soon as something happens, its decision is told here: what was weighed, which rule said what, how sure the system was.</p>` : story(shown, clock.now, context)}
</section>`;
}

function story(shown: DecisionView, now: number, context: FormContext): Html {
  const { decision, explanation, event, playbook } = shown;
  const { words, tone } = statusWords[decision.status];
  const wakeAt = decision.status === "held" && decision.wakeAt !== null ? decision.wakeAt : null;
  return html`<div class="outcome outcome-${tone}">
<p class="outcome-head"><span class="badge badge-${tone}" id="status">${words}</span> <span>${describeEvent(event)}</span></p>
<p>${summaryOf(shown, wakeAt)}</p>
${wakeAt === null ? "" : wakeForm(wakeAt, now, context)}
</div>
${questionsSection(shown, context)}
${confidenceSection(explanation)}
${candidatesSection(shown)}
${findingsSection(explanation)}
${auditSection(shown)}
<details class="more" id="more"><summary>The event, and the decision’s particulars</summary>
<dl class="facts"><div><dt>Playbook</dt><dd>${playbook ?? "none"}${decision.playbook && html` (${decision.playbook.id}, version ${decision.playbook.version})`}</dd></div>
<div><dt>Decision</dt><dd><code>${decision.decisionId}</code></dd></div>
<div><dt>Ruleset</dt><dd>${decision.rulesetVersion ?? "none"}</dd></div>
<div><dt>Accepted</dt><dd>${dateTime(decision.createdAt)} UTC</dd></div>
<div><dt>Time taken</dt><dd>${timings(decision.timingsMs)}</dd></div></dl>
${event && html`<pre tabindex="0" aria-label="The event as it was posted">${JSON.stringify({ type: event.type, subject: event.subject, data: event.data }, null, 2)}</pre>`}
</details>`;
}

/** The explanation's own words, with titles in the place of ids, and a moment as clocks show it. */
function summaryOf({ explanation, assets }: DecisionView, wakeAt: string | null): string {
  const dated = wakeAt === null ? explanation.summary : explanation.summary.replace(wakeAt, `${dateTime(wakeAt)} UTC`);
  return explanation.placements.reduce((words, { assetId, assetVersion }) => {
    const title = assets.get(`${assetId}@${assetVersion}`)?.title;
    return title === undefined ? words : words.replaceAll(`asset ${assetId} (version ${assetVersion})`, `“${title}”`);
  }, dated);
}

function wakeForm(wakeAt: string, now: number, context: FormContext): Html | string {
  if (Date.parse(wakeAt) <= now) return "";
  const label = `Move the clock to ${dateTime(wakeAt)}`;
  return buttonForm(context, { action: "/demo/clock", fields: { by: "until-wake" }, label, id: "until-wake" });
}

function timings(byNode: Readonly<Record<string, number>>): string {
  const all = Object.entries(byNode);
  if (all.length === 0) return "not yet";
  const whole = all.reduce((sum, [, ms]) => sum + ms, 0);
  return `${whole.toFixed(1)} ms (${all.map(([node, ms]) => `${node} ${ms.toFixed(1)}`).join(", ")})`;
}
