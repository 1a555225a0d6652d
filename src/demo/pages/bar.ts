import { html } from "hono/html";
import type { Html } from "./words.ts";

/**
 * A share of 1 as a bar, with a mark where a threshold is. Drawn with attributes, since the page's policy allows no
 * inline style; the figure stands beside it in words, so it is hidden from readers of the text.
 */
export function bar(share: number, options: { readonly mark?: number; readonly tone?: string } = {}): Html {
  const { mark, tone = "plain" } = options;
  const line = mark === undefined ? "" : html`<rect class="bar-mark" x="${at(mark) - 0.6}" width="1.2" height="8"/>`;
  return html`<svg class="bar bar-${tone}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar-all" width="100" height="8" rx="1.5"/><rect class="bar-share" width="${at(share)}" height="8" rx="1.5"/>${line}</svg>`;
}

/** One decimal, within the bar. */
function at(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
}
