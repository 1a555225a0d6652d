import type { Disclosure } from "../../domain/content.ts";
import { insiderDisclosure, isInsider } from "../../domain/disclosure-text.ts";
import type { Subject } from "../subject.ts";
import { against, type Check, firstOfForce } from "./check.ts";

/** Payment, gift, discount and the like are said beside the quote, in the words of the endorser's agreement. */
export const discloseConnection: Check = {
  rule: "disclose.connection",
  holds: "The material connection is disclosed beside the quote.",
  source: "16 CFR 255.5",
  effectiveFrom: firstOfForce,
  applies: ({ version }) => version === null || version.content.source.incentive !== undefined,
  examine(subject) {
    const text = subject.version?.content.source.incentive?.text;
    if (text !== undefined && isShown(subject, "connection", text)) return [];
    return [
      against("disclose.connection", "deny", "A material connection exists and is not disclosed beside the quote."),
    ];
  },
};

/** An officer, employee, agent, relative, partner or investor is shown as what they are. */
export const discloseInsider: Check = {
  rule: "disclose.insider",
  holds: "The endorser's relationship to the provider is disclosed.",
  source: "16 CFR 465.5",
  effectiveFrom: firstOfForce,
  applies: ({ facts, version }) =>
    version === null ||
    (version.endorserId !== null && (facts.endorser === null || isInsider(facts.endorser.relationship))),
  examine(subject) {
    const { endorser } = subject.facts;
    const language = subject.version?.content.language;
    const text = endorser && language !== undefined ? insiderDisclosure(endorser.relationship, language) : null;
    if (text !== null && isShown(subject, "insider", text)) return [];
    return [
      against("disclose.insider", "deny", "The endorser is an insider, or may be one, and that is not disclosed.", {
        relationship: endorser?.relationship ?? null,
      }),
    ];
  },
};

/** Both in the content that is hashed and in the words that are shown. */
function isShown({ content, rendered }: Subject, kind: Disclosure["kind"], text: string): boolean {
  return (
    text.trim() !== "" &&
    content !== null &&
    content.disclosures.some((one) => one.kind === kind && one.text === text) &&
    rendered?.disclosures.includes(text) === true
  );
}
