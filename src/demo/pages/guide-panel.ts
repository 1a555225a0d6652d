import { html } from "hono/html";
import { type Story, type StoryName, type StoryStep, stories } from "../stories.ts";
import type { DemoView } from "../view.ts";
import { addressOf } from "../where.ts";
import { buttonForm, type FormContext } from "./form.ts";
import type { Html } from "./words.ts";

/** What this page is, and the stories to begin with; or the story that the player is in. */
export function guidePanel(view: DemoView, context: FormContext): Html {
  const { story, where } = view;
  return story === null || where.story === null ? invitation(view) : tour(view, story, where.story, context);
}

function invitation({ stories: offered, vendor }: DemoView): Html {
  return html`<section class="guide" id="guide" data-panel aria-labelledby="guide-title">
<div class="guide-words">
<h2 id="guide-title">What you are seeing</h2>
<p>${vendor} is an invented vendor, and these are its leads. Pick one, press what happens, and see at once what the page shows, what the e-mail says, and why. Every rule, cap and consent is the real thing.</p>
</div>
<nav aria-label="Try this"><ol class="stories">${offered.map(
    (name) =>
      html`<li><a class="story" data-live href="${addressOf(startOf(name))}"><strong>${stories[name].title}</strong><span>${stories[name].teaser}</span></a></li>`,
  )}</ol></nav>
</section>`;
}

function tour(view: DemoView, story: Story, name: StoryName, context: FormContext): Html {
  const { step } = view.where;
  const isOver = step >= story.steps.length;
  const next = view.stories[view.stories.indexOf(name) + 1];
  return html`<section class="guide tour" id="guide" data-panel aria-labelledby="guide-title">
<div class="guide-words">
<h2 id="guide-title">${story.title}</h2>
<p>${story.teaser}</p>
<p class="links"><a data-live href="${addressOf({ ...view.where, story: null, step: 0 })}">Leave the story</a></p>
</div>
<ol class="steps">${story.steps.map((one, index) => {
    const state = index < step ? "done" : index === step ? "now" : "later";
    return html`<li class="step step-${state}"${index === step ? html` aria-current="step"` : ""}><p>${one.text}</p>${index === step ? stepControl(view, one, context) : ""}</li>`;
  })}</ol>
${
  isOver
    ? html`<p class="tour-end"><strong>That was it.</strong> ${next === undefined ? html`You have seen them all. <a data-live href="/demo?lead=${view.where.lead}">Play on your own</a>` : html`<a class="button primary" id="next-story" data-live href="${addressOf(startOf(next))}">Next: ${stories[next].title}</a>`}</p>`
    : ""
}
</section>`;
}

function stepControl(view: DemoView, { press }: StoryStep, context: FormContext): Html {
  const look = "button primary";
  const id = "do-step";
  switch (press.kind) {
    case "move":
      return buttonForm(context, { action: "/demo/event", fields: { move: press.move }, label: "Do it", look, id });
    case "clock": {
      const label = "Move the clock on";
      return buttonForm(context, { action: "/demo/clock", fields: { by: press.by }, label, look, id });
    }
    case "revoke":
      if (view.slot.shown === null) {
        return html`<p class="soft">The page shows nothing at the moment, so there is nothing to take back.</p>${onward(view)}`;
      }
      return buttonForm(context, {
        action: "/demo/revoke",
        fields: { asset: view.slot.shown.assetId },
        label: "Take it back",
        look,
        id,
      });
    case "answer":
      if (view.decision?.questions.length)
        return html`<p class="links"><a href="#questions">Go to the question</a></p>`;
      return onward(view);
    case "look":
      return onward(view);
  }
}

function onward({ where }: DemoView): Html {
  return html`<p class="links"><a class="button" id="do-step" data-live href="${addressOf({ ...where, step: where.step + 1 })}">I have seen it</a></p>`;
}

function startOf(name: StoryName) {
  return { lead: stories[name].lead, decision: null, place: null, story: name, step: 0 };
}
