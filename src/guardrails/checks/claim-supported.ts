import type { AssetContent } from "../../domain/asset.ts";
import type { Finding } from "../../domain/finding.ts";
import type { TouchpointDefinition } from "../../domain/playbook.ts";
import { against, type Check, firstOfForce } from "./check.ts";

const rule = "claim.supported";

/**
 * The framing is the playbook's own, or a person has read it. A figure in it that neither the asset nor the playbook
 * has, or a merge field that is not offered, is refused outright.
 */
export const claimSupported: Check = {
  rule,
  holds: "The framing is the playbook's own.",
  source: "16 CFR 255.1; UCPD Art. 6; Directive 2006/114/EC for trade",
  effectiveFrom: firstOfForce,
  applies: () => true,
  examine({ content, rendered, definition, version }): readonly Finding[] {
    if (content === null || rendered === null || definition === null || version === null) {
      return [against(rule, "deny", "The framing, its template or the asset it speaks of is not known.")];
    }
    // Nobody proposes a subject: one that is not the playbook's comes from nowhere.
    if ([content.subject, rendered.subject].some((subject) => subject !== definitionSubject(definition))) {
      return [against(rule, "deny", "The subject is not the playbook's own.")];
    }
    const own = [content.framing, rendered.framing].filter((framing) => framing !== definition.framing);
    if (own.length === 0) return [];
    if (own.some(hasUnknownField)) return [against(rule, "deny", "The framing has a merge field that is not offered.")];
    const known = new Set([...figuresIn(definition.framing), ...figuresOf(version.content)]);
    const foreign = own.flatMap(figuresIn).filter((figure) => !known.has(figure));
    if (foreign.length > 0) {
      return [against(rule, "deny", "The framing has a figure that the asset does not have.", { figures: foreign })];
    }
    return [against(rule, "review", "The framing is not the playbook's own, and nobody has read it.")];
  },
};

/** E-mail alone has one, whatever a playbook says elsewhere. */
function definitionSubject({ channel, subject }: TouchpointDefinition): string | undefined {
  return channel === "email" ? subject : undefined;
}

const mergeField = /\{\{(?!\s*(?:company|industry|product)\s*\}\})/;
/** A number as written, with a mark when it is a percentage. */
const figure =
  /\p{N}+(?:[.,]\p{N}+)*(\s*(?:%|‰|percent|per cent|prozent|pour cent|por ciento|per cento|procent)(?!\p{L}))?/giu;

function hasUnknownField(framing: string): boolean {
  return mergeField.test(framing);
}

function figuresIn(text: string): string[] {
  return [...text.normalize("NFKC").matchAll(figure)].map(([whole, percent]) =>
    percent === undefined ? whole : `${whole.slice(0, -percent.length)}%`,
  );
}

/** A percentage of the asset does not support the bare number, nor a bare number the percentage. */
function figuresOf({ title, quote, body, claims }: AssetContent): string[] {
  return [
    ...figuresIn([title, quote ?? "", body ?? ""].join("\n")),
    ...claims.map(({ value, unit }) => (/^(?:%|percent)$/i.test(unit) ? `${value}%` : `${value}`)),
  ];
}
