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
