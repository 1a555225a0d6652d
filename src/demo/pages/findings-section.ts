import { html } from "hono/html";
import type { Explanation } from "../../domain/explanation.ts";
import type { Effect } from "../../domain/finding.ts";
import { effectWords, type Html, placeWords } from "./words.ts";

type Placement = Explanation["placements"][number];
const worstFirst: readonly Effect[] = ["deny", "hold", "review", "allow"];

/** Every rule's word on every placement, what stands in the way first. */
export function findingsSection({ placements }: Explanation): Html {
  return html`${placements.map((placement, index) => ofPlacement(placement, placements.length > 1, index))}`;
}

function ofPlacement({ findings, touchpoint }: Placement, isOneOfMany: boolean, index: number): Html {
  if (findings.length === 0) return html``;
  const counted = worstFirst
    .map((effect) => ({ effect, count: findings.filter((found) => found.effect === effect).length }))
    .filter(({ count }) => count > 0);
  const sorted = findings.toSorted((a, b) => worstFirst.indexOf(a.effect) - worstFirst.indexOf(b.effect));
  const where = isOneOfMany ? ` (${placeWords(touchpoint.place)}, ${touchpoint.channel})` : "";
  const open = counted.some(({ effect }) => effect !== "allow");
  return html`<details class="section findings-section" id="findings-${index}"${open ? html` open` : ""}>
<summary><h3>${findings.length} rules looked at it${where}: ${counted.map(({ effect, count }) => html`<span class="tally tally-${effectWords[effect].tone}">${count} ${count === 1 ? effectWords[effect].words : plural[effect]}</span> `)}</h3></summary>
<ul class="findings">${sorted.map(
    ({ rule, effect, reason, words }) =>
      html`<li class="finding finding-${effectWords[effect].tone}"><span class="unseen">${effectWords[effect].words}: </span><span><strong>${words}</strong> <span class="soft">${reason === words ? "" : reason}</span> <code>${rule}</code></span></li>`,
  )}</ul></details>`;
}

const plural: Readonly<Record<Effect, string>> = { allow: "allow", review: "ask", hold: "hold", deny: "deny" };
