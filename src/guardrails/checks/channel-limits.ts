import { against, type Check, firstOfForce } from "./check.ts";

/** The lengths that the place declares. */
export const channelLimits: Check = {
  rule: "channel.limits",
  holds: "The quote fits the place.",
  source: "Playbook touchpoint",
  effectiveFrom: firstOfForce,
  applies: () => true,
  examine({ definition, rendered }) {
    if (definition === null || rendered === null) {
      return [against("channel.limits", "deny", "What would be shown, or the place's limits, are not known.")];
    }
    const chars = rendered.quote?.length ?? 0;
    if (chars <= definition.maxQuoteChars) return [];
    return [
      against("channel.limits", "deny", "The quote is longer than the place allows.", {
        chars,
        maxQuoteChars: definition.maxQuoteChars,
      }),
    ];
  },
};
