import { type Candidate, type Plan, plan as planSchema, touchpointKey } from "../../domain/plan.ts";
import type { Playbook } from "../../domain/playbook.ts";
import type { Planner } from "../../planners/planner.ts";
import type { Ids } from "../../runtime/runtime.ts";
import type { Offer, ToolRegistry } from "../../tools/tool.ts";
import type { Attempt, Node } from "../attempt.ts";
import { noteCalls } from "../attempt-notes.ts";
import { orWait } from "../await-clearance.ts";
import { type FrameDeps, frameOf } from "../frame.ts";
import { planInTime } from "../plan-in-time.ts";
import { maxReplans } from "../routes.ts";
import { recordTools } from "../run-recorder.ts";
import type { Patch, Proposal, State } from "../state.ts";

export interface PlanDeps extends FrameDeps {
  readonly planner: Planner;
  readonly tools: ToolRegistry;
  readonly ids: Ids;
}

/** Asks the planner, and takes from its answer only what parses and names what the tools offered. */
export function makePlan(deps: PlanDeps): Node {
  return async (state, attempt) => {
    const by = { kind: deps.planner.kind, version: deps.planner.version };
    const frame = { ...frameOf(deps, state, attempt), planner: by };
    if (!state.observed) return {};
    const lead = await attempt.lead(frame);
    const judge: Attempt["judge"] = (about, proposed) => attempt.judge(about, proposed);
    const bound = deps.tools.bind({
      frame,
      eventId: state.eventId,
      lead,
      searched: (query, answer) => void attempt.notes.searches.push({ query, answer }),
      judge: (proposed) => judge(frame, proposed),
    });
    const calls: [string, unknown][] = [];
    // `rules` decides the same again; what another planner did is noted.
    const isRepeatable = deps.planner.kind === "rules";
    const box = recordTools(isRepeatable ? bound : noteCalls(bound, calls), attempt.recorder);
    const request = { observed: state.observed, playbook: frame.playbook, denied: state.denied };
    const raw = await planInTime(deps.planner, request, box);
    if (!isRepeatable) attempt.notes.plans.push({ calls, plan: toNoted(raw) });
    const proposed = toProposal(raw, box.offers, frame.playbook, deps.ids);
    const proposal = proposed.kind === "place" ? { ...proposed, by } : proposed;
    const candidates = toCandidates(box.offers, attempt, state);
    return orWait({ proposal, candidates, ...endingOf(proposal, state) }, state, frame);
  };
}

/** Of a plan what can be acted on: not the words that argue for it, and nothing of what is no plan. */
function toNoted(raw: unknown): Plan | null {
  const { data } = planSchema.safeParse(raw);
  if (data?.action !== "place") return data ?? null;
  const { rationale: _, ...acted } = data;
  return acted;
}

function endingOf(proposal: Proposal, state: State): Patch {
  switch (proposal.kind) {
    case "place":
      return {};
    case "none":
      // After a deny, finding nothing else means that the rules denied all there was.
      return state.denied.length > 0 ? denied(proposal.reason) : noAction(proposal.reason);
    case "invalid":
      return state.replans >= maxReplans ? denied(proposal.problem) : { replans: state.replans + 1 };
  }
}

function noAction(reason: string): Patch {
  return { ending: { status: "no-action", reason, wakeAt: null } };
}

function denied(reason: string): Patch {
  return { ending: { status: "denied", reason, wakeAt: null } };
}

/** A plan whose every handle was offered and whose touchpoints are the playbook's, each filled once; else why not. */
export function toProposal(raw: unknown, offers: readonly Offer[], playbook: Playbook, ids: Ids): Proposal {
  const parsed = planSchema.safeParse(raw);
  if (!parsed.success) return { kind: "invalid", problem: "The planner's answer is not a plan." };
  const plan = parsed.data;
  if (plan.action === "none") return { kind: "none", reason: plan.reason };
  const offered = new Set(
    offers.filter((offer) => offer.rejectedBy.length === 0).map((offer) => handleOf(offer, offer.touchpoint)),
  );
  const unknown = plan.placements.find((one) => !offered.has(handleOf(one, one.touchpoint)));
  if (unknown) return { kind: "invalid", problem: "The plan names proof that was not offered for its touchpoint." };
  const touchpoints = new Set(plan.placements.map((one) => touchpointKey(one.touchpoint)));
  const assets = new Set(plan.placements.map((one) => one.assetId));
  if (touchpoints.size < plan.placements.length || assets.size < plan.placements.length) {
    return { kind: "invalid", problem: "The plan fills a touchpoint twice, or shows one asset twice." };
  }
  if (plan.placements.length > playbook.maxPlacements) {
    return { kind: "invalid", problem: "The plan has more placements than its playbook allows." };
  }
  return {
    kind: "place",
    placements: plan.placements.map((proposed) => ({ placementId: ids.next("plc"), proposed })),
    selfConfidence: plan.selfConfidence ?? null,
  };
}

function handleOf(asset: { assetId: string; assetVersion: number }, at: { channel: string; place: string }): string {
  return `${asset.assetId}@${asset.assetVersion}|${at.channel}/${at.place}`;
}

/** One row per version: the best score it had, and every rule that stood in its way. */
function toCandidates(offers: readonly Offer[], attempt: Attempt, state: State): readonly Candidate[] {
  const byHandle = new Map(state.candidates.map((one) => [`${one.assetId}@${one.assetVersion}`, one]));
  for (const { assetId, assetVersion, score, parts, rejectedBy, asks } of offers) {
    const handle = `${assetId}@${assetVersion}`;
    const known = byHandle.get(handle);
    const rules = new Set([
      ...rejectedBy,
      // What a person would be asked about is no alternative to what needs nobody.
      ...asks,
      ...attempt.rulesAgainst(assetId, assetVersion),
      ...state.denied.flatMap((one) => (`${one.assetId}@${one.assetVersion}` === handle ? one.rules : [])),
      ...(known?.rejectedBy ?? []),
    ]);
    const best = known && known.score >= score ? known : { score, parts };
    byHandle.set(handle, { assetId, assetVersion, score: best.score, parts: best.parts, rejectedBy: [...rules] });
  }
  return [...byHandle.values()].sort((a, b) => b.score - a.score);
}
