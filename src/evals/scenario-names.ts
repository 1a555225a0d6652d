import type { EvalSetting, Written } from "./eval.ts";
import { idFields } from "./read-world.ts";
import type { Scenario } from "./scenario.ts";

/** What a scenario can speak of: what it brings, what its steps put there, and the sample where its world is that. */
export interface ScenarioNames {
  readonly assets: Named;
  readonly leads: Named;
  readonly playbooks: Named;
  /** `channel/place` of every playbook. */
  readonly touchpoints: Named;
}

/** All names of a kind, and what one of it is called. */
export interface Named {
  readonly what: string;
  readonly all: ReadonlySet<string>;
}

export function namesIn(
  scenario: Scenario,
  { sample, deployment }: Pick<EvalSetting, "sample" | "deployment">,
): ScenarioNames {
  const shared = scenario.world === "sample";
  const steps = (kind: "asset" | "lead") =>
    scenario.steps.flatMap((step): readonly Written[] => (step[kind] ? [step[kind]] : []));
  const playbooks = [...deployment.playbooks, ...scenario.playbooks];
  const named = (what: string, ...names: readonly Iterable<string>[]) => ({
    what,
    all: new Set(names.flatMap((some) => [...some])),
  });
  return {
    assets: named(
      "asset",
      shared ? sample.assets.keys() : [],
      idsOf([...scenario.assets, ...steps("asset")], idFields.assets),
    ),
    leads: named(
      "lead",
      shared ? sample.leads.keys() : [],
      idsOf([...scenario.leads, ...steps("lead")], idFields.leads),
    ),
    playbooks: named("playbook", idsOf(playbooks, idFields.playbooks)),
    touchpoints: named("touchpoint", playbooks.flatMap(touchpointsOf)),
  };
}

/** A record that gives no id of its own has that of the one it is like. */
function idsOf(records: readonly Written[], field: string): readonly string[] {
  return records.flatMap((record) => {
    const id = record[field] ?? record.like;
    return typeof id === "string" ? [id] : [];
  });
}

function touchpointsOf({ touchpoints }: Written): readonly string[] {
  if (!Array.isArray(touchpoints)) return [];
  return touchpoints.flatMap((at: unknown) =>
    typeof at === "object" && at !== null && "channel" in at && "place" in at ? [`${at.channel}/${at.place}`] : [],
  );
}
