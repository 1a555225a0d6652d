import { z } from "zod";
import { touchpoint } from "../domain/plan.ts";
import type { Tool, ToolDeps } from "./tool.ts";

const input = z.strictObject({});
const output = z.strictObject({
  /** Within the playbook's repeat window, newest first; times in milliseconds UTC. */
  exposures: z.array(z.strictObject({ assetId: z.string(), touchpoint, at: z.number() })),
  contactsInWindow: z.number(),
  cap: z.number(),
});

export function exposureHistory(_deps: ToolDeps): Tool<typeof input, typeof output> {
  return {
    name: "exposure-history",
    description: "What this lead was shown lately, and how much of the playbook's contact cap is used up.",
    input,
    output,
    scope: "read",
    async run(_input, { lead, frame }) {
      return {
        exposures: lead.exposures.map(({ assetId, touchpoint: at, at: time }) => ({
          assetId,
          touchpoint: at,
          at: time,
        })),
        contactsInWindow: lead.contactsInWindow,
        cap: frame.playbook.cadence.cap.count,
      };
    },
  };
}
