import { saysConnection } from "../../domain/connection-words.ts";
import type { Disclosure } from "../../domain/content.ts";
import { insiderDisclosure, isInsider } from "../../domain/disclosure-text.ts";
import type { Subject } from "../subject.ts";
import { against, asked, type Check, firstOfForce } from "./check.ts";

/**
 * Payment, gift, discount and the like are said beside the quote, in the words of the endorser's agreement. Words that
 * don't name the connection are asked about once per version.
 */
export const discloseConnection: Check = {
  rule: "disclose.connection",
  holds: "The material connection is disclosed beside the quote.",
  source: "16 CFR 255.5",
  effectiveFrom: firstOfForce,
  applies: ({ version }) => version === null || version.content.source.incentive !== undefined,
  examine(subject) {
    const { incentive } = subject.version?.content.source ?? {};
    if (subject.version === null || incentive === undefined || !isShown(subject, "connection", incentive.text)) {
      const reason = "A material connection exists and is not disclosed beside the quote.";
      return [against("disclose.connection", "deny", reason)];
    }
    if (saysConnection(incentive, subject.version.content.language)) return [];
    const reason = "The words that disclose a material connection may not say what it is.";
    return [asked("disclose.connection", reason, { kind: incentive.kind })];
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
