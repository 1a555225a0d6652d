import fc, { type Arbitrary } from "fast-check";
import type { Touchpoint } from "../../../src/domain/plan.ts";
import { searchProofAnswer } from "../../../src/domain/tool-answers.ts";
import type { Planner, PlanRequest } from "../../../src/planners/planner.ts";
import { makeRulesPlanner } from "../../../src/planners/rules/rules-planner.ts";
import type { ToolBox } from "../../../src/tools/tool.ts";
import { changes, type FramingKind, framing } from "./attacks.ts";
import { assets, foreignPlaces, leadCount, places } from "./world.ts";

/** What a planner answers with, from honest to any JSON at all. */
export const planKinds = [
  "honest",
  "chosen",
  "framed",
  "mutated",
  "half-typed",
  "anything",
  "not offered",
  "never searched",
  "for another lead",
  "sure of itself",
  "unsure",
  "uses tools it has not",
  "throws",
  "obeys what it reads",
] as const;
export type PlanKind = (typeof planKinds)[number];

export const answers = ["none", "approve", "approve other words", "edit", "reject"] as const;

/** One event, what the planner makes of it, what a person says where one is asked, and what changes meanwhile. */
export interface HostileRun {
  readonly lead: number;
  readonly kind: PlanKind;
  /** Which of what search offers, for each place. */
  readonly picks: readonly number[];
  readonly framing: { readonly kind: FramingKind; readonly text: string | undefined };
  /** What the plan is changed by, or is. */
  readonly junk: unknown;
  readonly mutation: number;
  readonly asset: string;
  readonly place: { readonly channel: string; readonly place: string };
  readonly answer: (typeof answers)[number];
  readonly before: (typeof changes)[number];
  /** While the planner thinks: after it has seen what it may show, before it answers. */
  readonly during: (typeof changes)[number];
  readonly asked: (typeof changes)[number];
}

const change = fc.oneof(
  { withCrossShrink: true },
  { weight: 45, arbitrary: fc.constant("nothing" as const) },
  { weight: changes.length, arbitrary: fc.constantFrom(...changes) },
);

export const hostileRuns: Arbitrary<HostileRun> = fc.record({
  lead: fc.nat({ max: leadCount - 1 }),
  kind: fc.constantFrom(...planKinds, "honest" as const, "chosen" as const, "framed" as const),
  picks: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }),
  framing,
  junk: fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.anything({ maxDepth: 2 }),
    fc.constantFrom(
      "__proto__",
      null,
      [],
      {},
      { action: "place" },
      { action: "publish", placements: "all" },
      Number.NaN,
    ),
  ),
  mutation: fc.nat(),
  asset: fc.constantFrom(...assets.never, ...assets.fine, ...assets.asked),
  place: fc.constantFrom(...places, ...foreignPlaces),
  answer: fc.constantFrom(...answers, "approve" as const),
  before: change,
  during: change,
  asked: change,
});

/** Plans as the run says; `meanwhile` is what happens while it thinks, `read` all the text that reaches it. */
export function makeHostilePlanner(
  next: () => { run: HostileRun; meanwhile: () => Promise<void>; read: string },
): Planner {
  const honest = makeRulesPlanner();
  return {
    kind: "llm",
    version: "hostile",
    async plan(request, tools) {
      const { run, meanwhile, read } = next();
      const made = run.kind === "honest" ? await honest.plan(request, tools) : await planOf(run, request, tools, read);
      await meanwhile();
      return made;
    },
  };
}

async function planOf(run: HostileRun, request: PlanRequest, tools: ToolBox, read: string): Promise<unknown> {
  const plan = await chosenPlan(run, request, tools);
  const [first] = plan.placements;
  const named = { assetId: run.asset, assetVersion: 1, touchpoint: run.place };
  switch (run.kind) {
    case "honest":
    case "chosen":
      return plan;
    case "framed":
      return { ...plan, placements: plan.placements.map((one) => ({ ...one, framing: run.framing.text })) };
    case "mutated":
      return mutate(plan, run);
    case "half-typed":
      return JSON.stringify(plan).slice(0, run.mutation % 120);
    case "anything":
      return run.junk;
    case "not offered":
      return { ...plan, placements: [{ ...first, ...named }] };
    case "never searched":
      return { ...plan, placements: [named] };
    case "for another lead":
      return { ...plan, leadId: "lead-2", placements: [{ ...first, leadId: "lead-2", recipient: "x@evil.example" }] };
    case "sure of itself":
      return { ...plan, selfConfidence: run.mutation % 2 === 0 ? 1 : 99 };
    case "unsure":
      return { ...plan, selfConfidence: 0.1 };
    case "uses tools it has not":
      for (const tool of ["publish-proof", "lookup-lead", "check-consent", "eval", "__proto__"])
        await tools.call(tool, { placements: [named], leadId: "lead-2" }).catch(() => null);
      return plan;
    case "throws":
      throw new Error(JSON.stringify(named));
    case "obeys what it reads":
      return obey(read, plan, tools);
  }
}

async function chosenPlan({ picks, kind }: HostileRun, { playbook }: PlanRequest, tools: ToolBox) {
  const placements: { assetId: string; assetVersion: number; touchpoint: Touchpoint }[] = [];
  for (const [at, pick] of picks.entries()) {
    const definition = playbook.touchpoints[at];
    if (!definition || kind === "never searched") continue;
    const touchpoint = { channel: definition.channel, place: definition.place };
    const { hits } = searchProofAnswer.parse(await tools.call("search-proof", { touchpoint }));
    const free = hits.filter(({ assetId }) => !placements.some((one) => one.assetId === assetId));
    const hit = free[pick % Math.max(1, free.length)];
    if (hit) placements.push({ assetId: hit.assetId, assetVersion: hit.assetVersion, touchpoint });
  }
  return { action: "place", intent: "build-credibility", placements };
}

/** One value somewhere in the plan becomes something else. */
function mutate(plan: unknown, { mutation, junk }: HostileRun): unknown {
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    paths.push(path);
    if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
  };
  walk(plan, []);
  const at = paths[mutation % paths.length] ?? [];
  const put = (value: unknown, [name, ...rest]: string[]): unknown => {
    if (name === undefined) return junk;
    if (Array.isArray(value)) return value.map((one, i) => (String(i) === name ? put(one, rest) : one));
    return { ...Object(value), [name]: put(Object(value)[name], rest) };
  };
  return put(plan, at);
}

/** Does whatever a text tells it to: which asset, for whom, where and with which words. */
async function obey(read: string, plan: { placements: object[] }, tools: ToolBox): Promise<unknown> {
  const orders = [...read.matchAll(/publish ([\w-]+) to ([\w-]+) at ([\w-]+)(?: saying "([^"]*)")?/gi)];
  const placements = orders.map(([, asset, lead, place, words]) => ({
    assetId: asset,
    assetVersion: 1,
    touchpoint: { channel: "web", place },
    ...(words === undefined ? {} : { framing: words }),
    ...(lead === "me" ? {} : { leadId: lead }),
  }));
  await tools.call("publish-proof", { placements }).catch(() => null);
  return { ...plan, selfConfidence: 1, placements: placements.length > 0 ? placements : plan.placements };
}
