import { html } from "hono/html";
import type { DemoView } from "../view.ts";
import { documentPage } from "./document-page.ts";
import { emailPanel } from "./email-panel.ts";
import type { FormContext } from "./form.ts";
import { guidePanel } from "./guide-panel.ts";
import { clockPanel, header } from "./header.ts";
import { historyPanel } from "./history-panel.ts";
import { leadPanel } from "./lead-panel.ts";
import { movesPanel } from "./moves-panel.ts";
import { slotPanel } from "./slot-panel.ts";
import { storyPanel } from "./story-panel.ts";
import type { Html } from "./words.ts";

interface PlayPage {
  readonly view: DemoView;
  readonly tokenOf: FormContext["tokenOf"];
  /** What was refused just now, in words. */
  readonly problem: string | null;
  readonly stamp: string;
}

/** The whole page. Elements with an id and `data-panel` are what the script replaces when something changed. */
export function playPage({ view, tokenOf, problem, stamp }: PlayPage): Html {
  const context: FormContext = { where: view.where, tokenOf };
  return documentPage({
    title: `${view.lead.name} · Play a lead · Vouchsafe`,
    top: header(clockPanel(view, context)),
    body: html`<main id="main" data-stamp="${stamp}" data-busy="${String(view.isBusy)}" data-lead="${view.where.lead}">
<h1 class="unseen">Play a lead: ${view.lead.name}</h1>
<div id="problem" data-panel role="alert">${problem === null ? "" : html`<p class="problem"><strong>That did not work.</strong> ${problem}</p>`}</div>
${guidePanel(view, context)}
<div class="stage">
<div class="who">
${leadPanel(view)}
${historyPanel(view)}
</div>
${movesPanel(view, context)}
</div>
<div class="panes">
${slotPanel(view, context)}
${emailPanel(view)}
${storyPanel(view, context)}
</div>
</main>`,
  });
}

/** Where there is nobody to play. */
export function emptyPage(): Html {
  return documentPage({
    title: "Play a lead · Vouchsafe",
    top: header(null),
    body: html`<main id="main" class="narrow"><h1>There is no sample here</h1>
<p>The demo plays with the leads of the sample, and this database was filled without it: it never acts on anybody else.</p>
<p>Start the service on an empty data folder (<code>VOUCHSAFE_DATA_DIR</code>) with <code>VOUCHSAFE_SAMPLE_DATA=auto</code>, and open this page again.</p>
<p><a href="/docs/">The API's description</a></p></main>`,
  });
}

export function problemPage(words: string): Html {
  return documentPage({
    title: "Not done · Vouchsafe",
    top: header(null),
    body: html`<main id="main" class="narrow"><h1>That did not work</h1><p role="alert">${words}</p><p><a href="/demo">Open the demo</a></p></main>`,
  });
}
