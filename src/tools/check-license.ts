import type { Finding } from "../domain/finding.ts";
import { proposedPlacement } from "../domain/plan.ts";
import { checkLicenseAnswer } from "../domain/tool-answers.ts";
import type { Tool, ToolDeps } from "./tool.ts";

const input = proposedPlacement;
export function checkLicense(_deps: ToolDeps): Tool<typeof input, typeof checkLicenseAnswer> {
  return {
    name: "check-license",
    description:
      "Whether the rules would let one offered asset stand at one touchpoint for this lead: grant, channel, territory, purpose, elements, freshness, exclusions. Reads only; publishing is judged again.",
    input,
    output: checkLicenseAnswer,
    scope: "read",
    async run(proposed, context) {
      const { judgement } = await context.judge(proposed);
      const against = judgement.findings.filter((found) => found.effect !== "allow");
      return {
        effect: judgement.verdict.effect,
        asset: against.filter((found) => !isAboutTheLead(found)),
        lead: against.filter(isAboutTheLead),
      };
    },
  };
}

/** Rules whose outcome does not depend on the asset chosen. */
export function isAboutTheLead({ rule, evidence }: Finding): boolean {
  if (rule === "contact.repeat") return false;
  if (rule === "kill-switch") return !isStopOfTheAssetAlone(evidence.scopes);
  return ["consent.", "contact.", "email."].some((kind) => rule.startsWith(kind)) || rule === "rollout.mode";
}

/** Anything but a list that says so is taken for a stop of more. */
function isStopOfTheAssetAlone(scopes: unknown): boolean {
  return Array.isArray(scopes) && scopes.length > 0 && scopes.every((scope) => scope === "asset");
}
