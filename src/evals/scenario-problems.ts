import { eventTypes } from "../domain/event.ts";
import { nearest } from "../domain/nearest.ts";
import { ruleIds } from "../domain/rule-words.ts";
import { toolNames } from "../domain/tool-answers.ts";
import { channelName } from "../domain/vocabulary.ts";
import type { EvalSetting } from "./eval.ts";
import type { MomentExpectation } from "./expectation.ts";
import { impossibleExpectations } from "./impossible-expectations.ts";
import { type FieldProblem, worldProblems } from "./read-world.ts";
import type { Scenario, Step } from "./scenario.ts";
import { type Named, namesIn, type ScenarioNames } from "./scenario-names.ts";
import { timesOf } from "./scenario-times.ts";
import { stepRecordProblems } from "./step-records.ts";

const channels: Named = { what: "channel", all: new Set(channelName.options) };
const knownRules: Named = { what: "rule", all: new Set(ruleIds) };
const knownTools: Named = { what: "tool", all: new Set(toolNames) };
const events: Named = { what: "event type", all: new Set(eventTypes) };

type Setting = Pick<EvalSetting, "deployment" | "sample">;

/** Everything for which a scenario that fits its schema still could not be played, or never met, field by field. */
export function scenarioProblems(scenario: Scenario, setting: Setting): readonly FieldProblem[] {
  const names = namesIn(scenario, setting);
  return [
    ...worldProblems(scenario, setting),
    ...scriptProblems(scenario, names),
    ...scenario.clearances.flatMap(({ asset, rule }, index) => [
      ...missing(["clearances", index, "asset"], asset, names.assets),
      ...missing(["clearances", index, "rule"], rule, knownRules),
    ]),
    ...timeProblems(scenario),
    ...stepNameProblems(scenario),
    ...scenario.steps.flatMap((step, index) => within(["steps", index], stepProblems(step, names))),
    ...stepRecordProblems(scenario, setting),
    ...scenario.steps.flatMap(({ expect }, index) =>
      expect ? within(["steps", index, "expect"], expectationProblems(expect, scenario, names)) : [],
    ),
    ...within(["expect"], endProblems(scenario, names)),
  ];
}

function scriptProblems({ script = [] }: Scenario, { assets }: ScenarioNames): readonly FieldProblem[] {
  return script.flatMap((scripted, index) =>
    "place" in scripted
      ? scripted.place.flatMap(({ asset }, nth) => missing(["script", index, "place", nth, "asset"], asset, assets))
      : [],
  );
}

function timeProblems(scenario: Scenario): readonly FieldProblem[] {
  const times = timesOf(scenario);
  return scenario.steps.flatMap((_, index) => {
    const [before = 0, then = 0] = times.slice(index, index + 2);
    if (then >= before) return [];
    const message = `the clock would run back: it has reached ${new Date(before).toISOString()} by then`;
    return [problem(["steps", index, "clock"], message)];
  });
}

/** `of` speaks of an earlier event's decision, and what is expected before any event could be of none. */
function stepNameProblems({ steps }: Scenario): readonly FieldProblem[] {
  const named = new Set<string>();
  let hasEvent = false;
  return steps.flatMap((step, index) => {
    const found: FieldProblem[] = [];
    const at = (...path: readonly PropertyKey[]) => ["steps", index, ...path];
    if (step.of !== undefined && !named.has(step.of)) {
      const words = `no event before it has the name "${step.of}"`;
      found.push(problem(at("of"), `${words}${hint(step.of, named)}`));
    }
    hasEvent ||= step.event !== undefined;
    if (step.expect && !hasEvent) found.push(problem(at("expect"), "no event came before it, so there is no decision"));
    if (step.name !== undefined) {
      if (named.has(step.name)) found.push(problem(at("name"), `an earlier step has the name "${step.name}" too`));
      if (step.event) named.add(step.name);
    }
    return found;
  });
}

function stepProblems(step: Step, names: ScenarioNames): readonly FieldProblem[] {
  const { event, clear, revoke, status, look, stop, resume, expect } = step;
  return [
    ...(event && expect?.action !== "refuse" ? within(["event"], eventProblems(event, names)) : []),
    ...(clear ? missing(["clear", "asset"], clear.asset, names.assets) : []),
    ...(clear?.rule ? missing(["clear", "rule"], clear.rule, knownRules) : []),
    ...(revoke ? missing(["revoke"], revoke, names.assets) : []),
    ...(status ? missing(["status", "asset"], status.asset, names.assets) : []),
    ...(stop ? missingTarget(["stop", "target"], stop, names) : []),
    ...(resume ? missingTarget(["resume", "target"], resume, names) : []),
    ...(look ? missing(["look", "lead"], look.lead, names.leads) : []),
    ...(look?.asset ? missing(["look", "asset"], look.asset, names.assets) : []),
  ];
}

function eventProblems({ type, lead }: NonNullable<Step["event"]>, names: ScenarioNames): readonly FieldProblem[] {
  return [
    ...missing(["type"], type, events),
    ...missing(["lead"], lead, type.startsWith("asset.") ? names.assets : names.leads),
  ];
}

function missingTarget(
  path: readonly PropertyKey[],
  { scope, target }: NonNullable<Step["stop"]>,
  names: ScenarioNames,
): readonly FieldProblem[] {
  switch (scope) {
    case "global":
      return [];
    case "channel":
      return missing(path, target, channels);
    case "playbook":
      return missing(path, target, names.playbooks);
    case "asset":
      return missing(path, target, names.assets);
  }
}

function expectationProblems(
  expected: MomentExpectation,
  { script }: Scenario,
  names: ScenarioNames,
): readonly FieldProblem[] {
  const { playbook, at = [], assets = {}, rules = {}, tools = {}, budget } = expected;
  const each = (path: readonly PropertyKey[], all: readonly string[] = [], known: Named) =>
    all.flatMap((one, index) => missing([...path, index], one, known));
  const keys = (path: readonly PropertyKey[], record: Readonly<Record<string, unknown>> = {}) =>
    Object.keys(record).flatMap((one) => missing([...path, one], one, names.assets));
  return [
    ...impossibleExpectations(expected),
    ...(playbook ? missing(["playbook"], playbook, names.playbooks) : []),
    ...each(["at"], at, names.touchpoints),
    ...each(["assets", "anyOf"], assets.anyOf, names.assets),
    ...each(["assets", "noneOf"], assets.noneOf, names.assets),
    ...keys(["assets", "grades"], assets.grades),
    ...each(["rules", "fired"], rules.fired, knownRules),
    ...each(["rules", "held"], rules.held, knownRules),
    ...keys(["rules", "against"], rules.against),
    ...Object.entries(rules.against ?? {}).flatMap(([asset, ids]) =>
      each(["rules", "against", asset], ids, knownRules),
    ),
    ...each(["tools", "called"], tools.called, knownTools),
    ...each(["tools", "never"], tools.never, knownTools),
    ...(budget?.tokens && script
      ? [problem(["budget", "tokens"], "a script asks no model, so nobody counts tokens")]
      : []),
  ];
}

function endProblems({ expect }: Scenario, names: ScenarioNames): readonly FieldProblem[] {
  const { live = [], never = {} } = expect;
  const neverAt = (kind: "assets" | "leads") =>
    (never[kind] ?? []).flatMap((one, index) => missing(["never", kind, index], one, names[kind]));
  return [
    ...live.flatMap(({ lead, at, asset }, index) => [
      ...missing(["live", index, "lead"], lead, names.leads),
      ...missing(["live", index, "at"], at, names.touchpoints),
      ...missing(["live", index, "asset"], asset, names.assets),
      ...(never.assets?.includes(asset) ? [problem(["live", index, "asset"], `"${asset}" is in never too`)] : []),
      ...(never.leads?.includes(lead) ? [problem(["live", index, "lead"], `"${lead}" is in never too`)] : []),
    ]),
    ...neverAt("assets"),
    ...neverAt("leads"),
  ];
}

function missing(path: readonly PropertyKey[], name: string, { what, all }: Named): readonly FieldProblem[] {
  return all.has(name) ? [] : [problem(path, `there is no ${what} "${name}"${hint(name, all)}`)];
}

function hint(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near.length === 0 ? "" : `; nearest: ${near.join(", ")}`;
}

function within(base: readonly PropertyKey[], found: readonly FieldProblem[]): readonly FieldProblem[] {
  return found.map(({ path, message }) => ({ path: [...base, ...path], message }));
}

function problem(path: readonly PropertyKey[], message: string): FieldProblem {
  return { path, message };
}
