import { z } from "zod";
import { finding } from "../domain/finding.ts";
import { assetId } from "../domain/ids.ts";
import { touchpoint } from "../domain/plan.ts";
import { isAboutTheLead } from "./check-license.ts";
import type { Tool, ToolDeps } from "./tool.ts";

const input = z.strictObject({ touchpoint });
const output = z.strictObject({
  /** Whether the lead may be approached there at all, now. */
  permitted: z.boolean(),
  /** Findings about consent, suppression, cadence and stops; allow findings too. */
  findings: z.array(finding),
});

/** Names no asset: rules about the lead are judged without one. */
const noAsset = assetId.parse("none");

export function checkConsent(_deps: ToolDeps): Tool<typeof input, typeof output> {
  return {
    name: "check-consent",
    description:
      "Whether this lead may be approached at a touchpoint: basis, objections, frequency, quiet hours, stops.",
    input,
    output,
    scope: "read",
    async run({ touchpoint: at }, context) {
      const { judgement } = await context.judge({ assetId: noAsset, assetVersion: 1, touchpoint: at });
      const findings = judgement.findings.filter(isAboutTheLead);
      return { permitted: findings.length > 0 && findings.every((found) => found.effect === "allow"), findings };
    },
  };
}
