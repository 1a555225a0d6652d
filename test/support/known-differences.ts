import type { Opinion } from "./judge/opinion.ts";

/** Where the guardrail is stricter than the written rule, knowingly. */
const stricter: Readonly<Record<string, { readonly written: Opinion; readonly ours: Opinion }>> = {
  // Nobody can say until when a playbook is off: a hold would wake for ever.
  "rollout.mode": { written: "hold", ours: "deny" },
};

/** What the guardrail should say where the judge says `opinion`. */
export function expectedOf(rule: string, opinion: Opinion): Opinion {
  const known = stricter[rule];
  return known && opinion === known.written ? known.ours : opinion;
}

/** Rules on facts that have no second opinion yet: their decision tables alone speak for them (rules-on-proof.test.ts). */
export const notJudgedYet: readonly string[] = [
  "asset.source-terms",
  "claim.statistic",
  "claim.typical",
  "disclose.adviser",
  "disclose.ai",
  "disclose.verification",
  "endorser.current",
  "proof.authentic",
  "review.selection",
  "review.sentiment-incentive",
  "tracking.consent",
];

/** Rules whose policies read what the random facts do not vary yet (caps above the playbook's, first uses). */
export const notVariedYet: readonly string[] = ["contact.frequency", "autonomy.first-use"];
