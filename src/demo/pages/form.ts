import { html } from "hono/html";
import type { Where } from "../view.ts";
import { toFields } from "../where.ts";
import type { Html } from "./words.ts";

/** What every form carries: its token, and where the player is. */
export interface FormContext {
  readonly where: Where;
  readonly tokenOf: (action: string) => string;
}

/** A form without fields of its own that a reader sees: a button that does one thing. */
export function buttonForm(
  context: FormContext,
  form: {
    readonly action: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly label: string;
    readonly look?: string;
    /** Names the button apart from others that do the same elsewhere on the page. */
    readonly id?: string;
  },
): Html {
  const { action, fields, label, look = "button", id } = form;
  return html`<form method="post" action="${action}" data-live>${hiddenFields(context, action)}${Object.entries(
    fields,
  ).map(([name, value]) =>
    hidden(name, value),
  )}<button class="${look}"${id ? html` id="${id}"` : ""}>${label}</button></form>`;
}

export function hiddenFields({ where, tokenOf }: FormContext, action: string): readonly Html[] {
  const given = Object.entries(toFields(where)).filter(([, value]) => value !== "");
  return [["token", tokenOf(action)] as const, ...given].map(([name, value]) => hidden(name, value));
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}
