import type { Planner, PlanRequest } from "../planners/planner.ts";
import type { ScriptedPlan } from "./scenario.ts";

/**
 * A planner that returns what its script says, a plan a call, the last one again and again. It searches every touchpoint
 * first, as a model would, so that its handles have been offered.
 */
export function makeScriptPlanner(script: readonly ScriptedPlan[]): Planner {
  let calls = 0;
  return {
    kind: "llm",
    version: "script",
    async plan(request, tools) {
      for (const { channel, place } of request.playbook.touchpoints) {
        await tools.call("search-proof", { touchpoint: { channel, place }, kinds: request.playbook.prefer.kinds });
      }
      const next = script[Math.min(calls, script.length - 1)];
      calls += 1;
      if (next === undefined) throw new Error("An empty script plans nothing.");
      return toPlan(next, request);
    },
  };
}

function toPlan(scripted: ScriptedPlan, { playbook }: PlanRequest): unknown {
  if ("raw" in scripted) return scripted.raw;
  if ("none" in scripted) return { action: "none", reason: scripted.none };
  if ("throws" in scripted) throw new Error(scripted.throws);
  return {
    action: "place",
    intent: playbook.intent,
    ...(scripted.confidence === undefined ? {} : { selfConfidence: scripted.confidence }),
    placements: scripted.place.map(({ asset, version, at, framing, excerpt }) => {
      const [channel, place] = at.split("/");
      return {
        assetId: asset,
        assetVersion: version,
        touchpoint: { channel, place },
        ...(framing === undefined ? {} : { framing }),
        ...(excerpt === undefined ? {} : { excerpt }),
      };
    }),
  };
}
