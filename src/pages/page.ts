import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";

/** A piece of a page: what is put into it is escaped by the template. */
export type Html = ReturnType<typeof html>;

/** How something stands, shown in colour beside words or a mark that say the same. */
export type Tone = "good" | "bad" | "ask" | "hold" | "calm";

export interface Page {
  readonly title: string;
  /** What stands at the top: what this is, in one sentence, and the facts of it. */
  readonly headline: Html;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Fragment by which it is linked to. */
  readonly id: string;
  readonly title: string;
  /** A word or two for the list of sections. */
  readonly nav: string;
  /** What one sees, in a sentence or two for somebody who sees it for the first time. */
  readonly intro?: Html | string;
  readonly body: Html;
}

/**
 * One HTML file that needs nothing else: styles, pictures and a script that the page can be read without are in it, and
 * its policy lets nothing be fetched.
 */
export async function writePage({ title, headline, facts, sections }: Page): Promise<string> {
  const hash = createHash("sha256").update(pageScript).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'`;
  const page = html`${raw("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<style>${raw(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#${sections[0]?.id ?? "main"}">Skip to what was found</a>
<header class="top">
<span class="brand" aria-hidden="true">${raw(icon)}</span>
<span class="brand-name">Vouchsafe</span>
<nav aria-label="Sections"><ul>${sections.map(({ id, nav }) => html`<li><a href="#${id}">${nav}</a></li>`)}</ul></nav>
</header>
<main id="main">
<div class="headline">
${headline}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>
${sections.map(sectionOf)}
</main>
<footer class="foot"><p>Written by vouchsafe. This file holds all that it shows and fetches nothing.</p></footer>
<script>${raw(pageScript)}</script>
</body>
</html>
`;
  return String(await page);
}

function sectionOf({ id, title, intro, body }: Section): Html {
  return html`<section class="card" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${intro === undefined ? "" : html`<p class="intro">${intro}</p>`}
${body}
</section>
`;
}

/** A word that stands out, in a tone. */
export function badge(words: string, tone: Tone): Html {
  return html`<span class="badge badge-${tone}">${words}</span>`;
}

export interface Column<T> {
  readonly title: string;
  /** Figures stand at the right, under one another. */
  readonly isFigure?: boolean;
  /** Class of its cells where they are neither words nor figures. */
  readonly kind?: string;
  cell(row: T): Html | string;
}

/** A table whose first column names its rows. */
export function table<T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Html {
  const [first, ...rest] = columns;
  if (first === undefined) return html``;
  const kind = (column: Column<T>) => column.kind ?? (column.isFigure ? "figure" : "words");
  return html`<div class="wide"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row" class="words">${first.cell(row)}</th>${rest.map(
        (column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`,
      )}</tr>`,
  )}</tbody>
</table></div>`;
}

/** Something that is there to be opened. */
export function folded(summary: Html | string, inside: Html, isOpen = false): Html {
  return html`<details${isOpen ? raw(" open") : ""}><summary>${summary}</summary>${inside}</details>`;
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#3f51b5"/><path d="M8 10l8 13 8-13" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
