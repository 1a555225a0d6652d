import type { Subject } from "../../subject.ts";
import { type Quantity, quantitiesIn } from "./quantities.ts";
import { unitOf } from "./units.ts";

/** Where words around a proof may take their claims from. */
export interface ClaimSources {
  readonly texts: readonly { readonly in: string; readonly text: string }[];
  readonly quantities: readonly Support[];
}

export interface Support {
  /** `playbook`, `title`, `quote`, `body`, `claims`, `statistic`, `endorser` or `brand`. */
  readonly in: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly unit: string | null;
}

/** What the cited version, the playbook's template and the brand's own names bear out. */
export function claimSourcesOf({ facts, version, definition }: Subject): ClaimSources {
  const content = version?.content;
  const { profile, voice, endorser } = facts;
  const texts = [
    { in: "playbook", text: [definition?.framing, definition?.link?.text].join("\n") },
    { in: "title", text: content?.title ?? "" },
    { in: "quote", text: content?.quote ?? "" },
    { in: "body", text: content?.body ?? "" },
    { in: "endorser", text: [endorser?.role, endorser?.company].join("\n") },
    { in: "brand", text: [profile.name, ...profile.brands, ...(voice?.knownNames ?? [])].join("\n") },
  ];
  const claims = (content?.claims ?? []).map(({ value, unit }) => ({ value, unit: unitOf(unit) }));
  return {
    texts,
    quantities: [
      ...texts.flatMap(({ in: where, text }) => statedIn(text).map((one) => ({ ...one, in: where }))),
      ...claims.map((one, at) => ({ ...one, in: "claims", start: at, end: at + 1 })),
      ...(content?.statistic
        ? [{ in: "statistic", start: 0, end: 0, value: content.statistic.count, unit: null }]
        : []),
    ],
  };
}

/** The same few thousand texts come again with every decision; what was read of one stands as long as the text does. */
function statedIn(text: string): readonly Quantity[] {
  const known = stated.get(text);
  if (known !== undefined) return known;
  const found = quantitiesIn(text);
  if (stated.size >= maxStated) stated.clear();
  stated.set(text, found);
  return found;
}

const maxStated = 4096;
const stated = new Map<string, readonly Quantity[]>();
