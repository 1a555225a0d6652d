import { html } from "hono/html";
import { moves } from "../moves.ts";
import type { DemoView } from "../view.ts";
import { buttonForm, type FormContext, hiddenFields } from "./form.ts";
import { firstName } from "./header.ts";
import type { Html } from "./words.ts";

/** The buttons: what the lead does next. */
export function movesPanel(view: DemoView, context: FormContext): Html {
  const offered = view.moves.filter(({ isOffered }) => isOffered).map(({ name }) => ({ name, ...moves[name] }));
  const groups = [...new Set(offered.map(({ group }) => group))];
  return html`<section class="moves" id="moves" data-panel aria-labelledby="moves-title">
<h2 id="moves-title">What does ${firstName(view.lead.name)} do?</h2>
<div class="groups">${groups.map(
    (group) =>
      html`<div class="group" role="group" aria-labelledby="group-${slug(group)}"><h3 id="group-${slug(group)}">${group}</h3>${offered
        .filter((move) => move.group === group)
        .map(({ name, label }) =>
          buttonForm(context, { action: "/demo/event", fields: { move: name }, label, id: `move-${name}` }),
        )}</div>`,
  )}</div>
<form class="say" method="post" action="/demo/event" data-live>${hiddenFields(context, "/demo/event")}<label for="say-text">Or in your own words, in the chat</label><div class="say-row"><input id="say-text" name="text" required maxlength="500" autocomplete="off" placeholder="Can my team learn this quickly?"><button class="button">Say it</button></div></form>
</section>`;
}

function slug(group: string): string {
  return group.toLowerCase().replaceAll(" ", "-");
}
