import type { Finding } from "../../domain/finding.ts";
import { type Plan, type ProposedPlacement, type Touchpoint, touchpointKey } from "../../domain/plan.ts";
import type { TouchpointDefinition } from "../../domain/playbook.ts";
import { checkLicenseAnswer, searchProofAnswer } from "../../domain/tool-answers.ts";
import type { ToolBox } from "../../tools/tool.ts";
import type { Planner, PlanRequest } from "../planner.ts";

/** How many of the best candidates are checked per touchpoint before it is left empty. */
const checkedPerTouchpoint = 5;

/**
 * The embedded planner: no model. The playbook says what kind of proof is wanted and where; for each touchpoint in its
 * order it takes the best candidate that the rules would let pass by themselves, else the best that a person may let
 * pass, else leaves it empty. Deterministic: the same facts give the same plan.
 */
export function makeRulesPlanner(): Planner {
  return {
    kind: "rules",
    version: "1",
    async plan(request, tools) {
      const placements: ProposedPlacement[] = [];
      const obstacles = new Set<string>();
      for (const definition of request.playbook.touchpoints) {
        if (placements.length === request.playbook.maxPlacements) break;
        const taken = new Set<string>(placements.map((placement) => placement.assetId));
        const choice = await chooseFor(definition, request, tools, taken);
        for (const rule of choice.obstacles) obstacles.add(rule);
        if (choice.placement) placements.push(choice.placement);
      }
      return toPlan(request, placements, obstacles);
    },
  };
}

interface Choice {
  readonly placement: ProposedPlacement | null;
  /** Rule ids that denied what would have fitted. */
  readonly obstacles: readonly string[];
}

async function chooseFor(
  definition: TouchpointDefinition,
  request: PlanRequest,
  tools: ToolBox,
  taken: ReadonlySet<string>,
): Promise<Choice> {
  const touchpoint: Touchpoint = { channel: definition.channel, place: definition.place };
  const { hits } = searchProofAnswer.parse(await tools.call("search-proof", toQuery(request, touchpoint)));
  const untried = hits.filter((hit) => !taken.has(hit.assetId) && !wasDenied(request, touchpoint, hit));
  const obstacles: string[] = [];
  let reviewable: ProposedPlacement | null = null;
  for (const hit of untried.slice(0, checkedPerTouchpoint)) {
    const placement = { assetId: hit.assetId, assetVersion: hit.assetVersion, touchpoint };
    const checked = checkLicenseAnswer.parse(await tools.call("check-license", placement));
    switch (checked.effect) {
      case "allow":
      case "hold": // What makes it wait is the lead's cadence: another asset would wait as well.
        return { placement, obstacles };
      case "review":
        reviewable ??= placement;
        break;
      case "deny":
        obstacles.push(...rulesDenying([...checked.asset, ...checked.lead]));
        // A denial about the lead stands for every asset: nothing else need be tried here.
        if (rulesDenying(checked.lead).length > 0) return { placement: null, obstacles };
        break;
    }
  }
  return { placement: reviewable, obstacles };
}

function wasDenied(request: PlanRequest, at: Touchpoint, hit: { assetId: string; assetVersion: number }): boolean {
  return request.denied.some(
    (one) =>
      one.touchpoint === touchpointKey(at) && one.assetId === hit.assetId && one.assetVersion === hit.assetVersion,
  );
}

function rulesDenying(findings: readonly Finding[]): string[] {
  return findings.filter((found) => found.effect === "deny").map((found) => found.rule);
}

function toQuery({ observed, playbook }: PlanRequest, touchpoint: Touchpoint) {
  return {
    touchpoint,
    kinds: playbook.prefer.kinds,
    themes: [...new Set([...observed.themes, ...playbook.prefer.themes])],
    objections: observed.objections,
    useEventText: observed.hasText,
  };
}

function toPlan({ playbook }: PlanRequest, placements: ProposedPlacement[], obstacles: ReadonlySet<string>): Plan {
  if (placements.length > 0) return { action: "place", intent: playbook.intent, placements };
  const reason =
    obstacles.size > 0
      ? `Nothing that fits may be shown: ${[...obstacles].join(", ")}.`
      : "No proof in the catalogue fits this lead at the playbook's touchpoints.";
  return { action: "none", reason };
}
