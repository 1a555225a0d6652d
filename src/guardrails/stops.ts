import type { PlacementFacts, StopScope } from "../domain/facts.ts";

/** The scopes of the stops that concern a placement. A stop whose scope is not known concerns every one. */
export function stopsOn(facts: PlacementFacts): ReadonlySet<StopScope> {
  const hit = new Set<StopScope>();
  for (const stop of facts.killSwitches) if (concerns(stop, facts)) hit.add(stop.scope);
  return hit;
}

/** Whether a placement is in the scope. A scope that is not known has every one in it. */
export function concerns(
  { scope, target }: { readonly scope: StopScope; readonly target: string },
  facts: PlacementFacts,
): boolean {
  switch (scope) {
    case "channel":
      return target === facts.touchpoint.channel;
    case "playbook":
      return target === facts.playbook.id;
    case "asset":
      return target === facts.assetId;
    case "global":
      return true;
  }
  return true;
}
