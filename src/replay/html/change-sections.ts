import { html } from "hono/html";
import { changeKindWords } from "../../domain/change-words.ts";
import type { WhatIfReport } from "../../domain/what-if-report.ts";
import { matrix, shareBar } from "../../pages/charts.ts";
import { folded, type Html, type Section, table } from "../../pages/page.ts";
import { count, statusOrder, statusWords } from "./words.ts";

const nothing = html`<p class="empty">No decision was compared.</p>`;

/** How many decisions come out otherwise in which way. */
export function kindsSection({ byChange, counts: { compared } }: WhatIfReport): Section {
  return {
    id: "changes",
    title: "What would change",
    nav: "Changes",
    intro: "A decision can change in several ways at once, so these may add up to more than there are decisions.",
    body:
      byChange.length === 0
        ? nothing
        : html`<div class="groups">${table(
            `How ${count(compared, "decision")} would come out.`,
            [
              { title: "Change", cell: ({ change }) => changeKindWords[change] },
              { title: "Share", kind: "bar-cell", cell: ({ count: many }) => shareBar(many, compared, "neutral") },
              { title: "Decisions", isFigure: true, cell: ({ count: many }) => String(many) },
            ],
            byChange,
          )}</div>`,
  };
}

/** From which result to which. */
export function transitionsSection({ transitions, counts: { compared } }: WhatIfReport): Section {
  const isKnown = (side: "from" | "to") => (status: string) => transitions.some((one) => one[side] === status);
  const statuses = [...new Set([...statusOrder, ...transitions.flatMap(({ from, to }) => [from, to])])];
  const rows = statuses.filter(isKnown("from"));
  const columns = statuses.filter((status) => isKnown("from")(status) || isKnown("to")(status));
  const byWords = (words: string, side: "from" | "to") => (one: WhatIfReport["transitions"][number]) =>
    statusWords(one[side]) === words;
  return {
    id: "transitions",
    title: "From which result to which",
    nav: "Results",
    intro: html`Each row is how decisions ended, each column how they would. Cells with ≠ end otherwise. That something is shown both times does not mean that it is the same: another asset stays in the same cell.`,
    body:
      transitions.length === 0
        ? nothing
        : matrix({
            caption: `Results of ${count(compared, "decision")}.`,
            axes: ["before", "after"],
            rows: rows.map(statusWords),
            columns: columns.map(statusWords),
            count: (from, to) => transitions.filter(byWords(from, "from")).find(byWords(to, "to"))?.count ?? 0,
            tone: "neutral",
          }),
  };
}

type OfPlaybook = WhatIfReport["byPlaybook"][number];

/** Those that change first, the others to be opened. */
export function playbooksSection({ byPlaybook }: WhatIfReport): Section {
  const changing = byPlaybook.filter(({ changed }) => changed > 0).sort((a, b) => b.changed - a.changed);
  const others = byPlaybook.filter(({ changed }) => changed === 0);
  return {
    id: "playbooks",
    title: "Playbook by playbook",
    nav: "Playbooks",
    intro:
      "A decision counts for the playbook that it was made under. Changed: of how many decisions. Published: something was shown or sent. Asked: a person had to answer first.",
    body: html`${byPlaybook.length === 0 ? nothing : ""}
${changing.length === 0 ? "" : playbooksTable("Playbooks with decisions that would come out otherwise.", changing)}
${others.length === 0 ? "" : html`<div class="more">${folded(`${count(others.length, "playbook")} without any change`, playbooksTable("Nothing would change under these.", others))}</div>`}`,
  };
}

function playbooksTable(caption: string, rows: readonly OfPlaybook[]): Html {
  return table<OfPlaybook>(
    caption,
    [
      { title: "Playbook", cell: ({ playbook }) => playbook },
      { title: "Changed", isFigure: true, cell: ({ changed, decisions }) => `${changed} of ${decisions}` },
      { title: "Published", isFigure: true, cell: ({ published }) => beforeAfter(published) },
      { title: "Asked", isFigure: true, cell: ({ asked }) => beforeAfter(asked) },
    ],
    rows,
  );
}

function beforeAfter({ before, after }: OfPlaybook["published"]): Html | string {
  const words = `${before} → ${after}`;
  return before === after ? words : html`<span class="moved-figure">${words}</span>`;
}
