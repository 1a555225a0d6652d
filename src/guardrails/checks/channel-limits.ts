import type { Finding } from "../../domain/finding.ts";
import type { Subject } from "../subject.ts";
import { against, type Check, firstOfForce } from "./check.ts";

const rule = "channel.limits";

/** The lengths that the place declares, and those that no record may pass. */
export const channelLimits: Check = {
  rule,
  holds: "What is shown fits the place.",
  source: "Playbook touchpoint",
  effectiveFrom: firstOfForce,
  applies: () => true,
  examine(subject) {
    const { definition, rendered } = subject;
    if (definition === null || rendered === null) {
      return [against(rule, "deny", "What would be shown, or the place's limits, are not known.")];
    }
    const chars = rendered.quote?.length ?? 0;
    if (chars <= definition.maxQuoteChars) return [];
    const { maxQuoteChars } = definition;
    return [against(rule, "deny", "The quote is longer than the place allows.", { chars, maxQuoteChars })];
  },
};

/**
 * A text longer than any record may hold, in UTF-16 units: what it says is not looked at, so that no rule on text can be
 * made to work for long. Null where every text is within its bounds.
 */
export function oversized({ content, rendered, version, facts }: Subject): Finding | null {
  const texts: readonly (readonly [part: string, text: string | null | undefined, max: number])[] = [
    ["framing", content?.framing, maxFraming],
    ["framing", rendered?.framing, maxFraming],
    ["subject", content?.subject, maxSubject],
    ["subject", rendered?.subject, maxSubject],
    ["quote", rendered?.quote, maxQuote],
    ["quote", version?.content.quote, maxQuote],
    ["title", version?.content.title, maxTitle],
    ["body", version?.content.body, maxBody],
    ["attribution", facts.endorser?.role, maxTitle],
    ["attribution", facts.endorser?.company, maxTitle],
    ...[...(content?.disclosures.map(({ text }) => text) ?? []), ...(rendered?.disclosures ?? [])].map(
      (text) => ["disclosure", text, maxDisclosure] as const,
    ),
    ...[...(content?.links ?? []), ...(rendered?.links ?? [])].flatMap(({ url, text }) => [
      ["link", url, maxUrl] as const,
      ["link", text, maxFraming] as const,
    ]),
  ];
  for (const [part, text, max] of texts) {
    const chars = text?.length ?? 0;
    if (chars > max) return against(rule, "deny", "A text is longer than any place allows.", { part, chars, max });
  }
  return null;
}

/** The bounds of the records' schemas (asset, playbook, content, plan). */
const maxFraming = 300;
const maxSubject = 150;
const maxQuote = 2000;
const maxTitle = 200;
const maxBody = 50_000;
const maxDisclosure = 400;
const maxUrl = 2048;
