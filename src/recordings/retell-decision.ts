import type { ApprovalStatus } from "../domain/approval.ts";
import type { Decision } from "../domain/decision.ts";
import type { Taxonomy } from "../domain/deployer-profile.ts";
import type { LeadEvent } from "../domain/event.ts";
import { leadCapacity } from "../domain/lead-capacity.ts";
import type { Observed } from "../domain/observed.ts";
import { touchpointKey } from "../domain/plan.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { RecordedLead, StoredRecording, ToldScenario } from "./recording.ts";
import { retellAsset, type ToldAsset } from "./retell-asset.ts";
import { retellEventData, withoutEvidence } from "./retell-event.ts";
import { makeStandIns, type StandIns } from "./stand-ins.ts";

/** Everything that is known of a decision. */
export interface Material {
  readonly decision: Decision;
  readonly event: LeadEvent;
  readonly observed: Observed;
  readonly attempts: readonly [StoredRecording, ...StoredRecording[]];
  /** The assets that search offered or ruled out, the placed ones among them. */
  readonly assets: readonly ToldAsset[];
  readonly playbook: Playbook | null;
  readonly taxonomy: Taxonomy;
  /** How a person's answers stood at the end, oldest question first. */
  readonly answers: readonly ApprovalStatus[];
  /** Names of the lead and of the endorsers, to be found in texts. */
  readonly names: readonly string[];
}

/**
 * The decision as a scenario of the evals: the lead, the proof and the playbook as they stood, the event, the answers,
 * and what came of it as what is expected. Who it was about is replaced by stand-ins, and nobody's own words are in it.
 */
export function retellDecision(material: Material): ToldScenario {
  const { decision, event, observed, attempts, playbook } = material;
  const standIns = makeStandIns(material.names);
  const { reads } = attempts[0];
  // First, so that companies are known by the time that texts are read.
  const lead = retellLead(material, standIns);
  for (const { rights } of material.assets)
    if (rights.endorser?.company) standIns.of("company", rights.endorser.company);
  const data = retellEventData(event, { observed, taxonomy: material.taxonomy, standIns });
  const gaps = gapsOf(material);
  const now = new Date(reads.now).toISOString();
  const assets = material.assets.map((one) => retellAsset(one, standIns));
  const scenario = {
    id: `recorded-${decision.decisionId.replace("dec_", "").toLowerCase()}`,
    title: `${event.type.replace(/\.v\d+$/, "")} of a lead in ${observed.lead?.stage ?? "no stage"}: ${decision.status}`,
    group: "recorded",
    tags: tagsOf(material),
    now,
    world: "empty",
    playbooks: playbook ? [{ ...playbook, mode: modeFor(playbook, reads.lead) }] : [],
    assets,
    leads: [lead],
    shown: shownBefore(material, standIns),
    clearances: clearancesBefore(material, standIns),
    steps: [
      ...(reads.lead?.killSwitches ?? []).map(({ scope, target }) => ({
        stop: { scope, target: scope === "asset" ? standIns.of("asset", target) : target },
      })),
      ...(reads.lead?.suppressions ?? []).map(({ scope }) => ({
        event:
          scope === "all"
            ? { type: "outcome.complained.v1", lead: standIns.of("lead", decision.leadId), data: { channel: "email" } }
            : { type: "outcome.unsubscribed.v1", lead: standIns.of("lead", decision.leadId), data: { channel: scope } },
      })),
      {
        event: {
          type: event.type,
          lead: standIns.of("lead", decision.leadId),
          data: data ?? {},
          ...(observed.eventAt === reads.now ? {} : { time: new Date(observed.eventAt).toISOString() }),
        },
        ...(attempts.length === 1 ? { expect: expectationOf(decision, standIns) } : {}),
      },
      ...laterSteps(material, standIns),
    ],
  };
  return { scenario, gaps };
}

function retellLead({ decision, observed, attempts }: Material, standIns: StandIns) {
  const { reads, settings } = attempts[0];
  const facts = reads.lead?.lead ?? observed.lead;
  const consents = (reads.lead?.consents ?? []).map(withoutEvidence);
  const leadId = standIns.of("lead", decision.leadId);
  if (facts === null) return { leadId, country: "DE", stage: "awareness", consents };
  const { company, opportunity, accountId, ...rest } = facts;
  const hasEmail = reads.lead?.hasEmail ?? observed.hasCompanyEmail;
  return {
    leadId,
    ...rest,
    name: "Someone Example",
    ...(hasEmail ? { email: "someone@company.example" } : {}),
    // Said outright, since it may have followed from the kind of the address, which is another here.
    capacity: leadCapacity(facts, observed.hasCompanyEmail, settings.profile.defaultCapacity),
    ...(accountId === undefined ? {} : { accountId: standIns.of("account", accountId) }),
    ...(company === undefined ? {} : { company: { ...company, name: standIns.of("company", company.name) } }),
    ...(opportunity === undefined
      ? {}
      : { opportunity: { ...opportunity, id: standIns.of("opportunity", opportunity.id) } }),
    consents,
  };
}

/** A pilot's draw can't be told again: who was in it is in it fully, who was not sees nothing. */
function modeFor({ mode }: Playbook, lead: RecordedLead | null): Playbook["mode"] {
  if (mode.kind !== "pilot") return mode;
  const isIn = lead?.pilotShare != null && lead.pilotShare < mode.share;
  return isIn ? { kind: "full" } : { kind: "shadow" };
}

/** Earlier showings, and as many more as make up the contacts that were counted. */
function shownBefore({ decision, attempts, playbook }: Material, standIns: StandIns) {
  const { lead, now } = attempts[0].reads;
  const purpose = playbook?.purpose ?? "nurture";
  const told = (lead?.exposures ?? []).map(({ assetId, at }) => ({
    lead: standIns.of("lead", decision.leadId),
    asset: standIns.of("asset", assetId),
    at: new Date(Math.min(at, now - 1)).toISOString(),
    purpose: "recorded",
  }));
  const contacts = Array.from({ length: lead?.contactsInWindow ?? 0 }, () => ({
    lead: standIns.of("lead", decision.leadId),
    asset: "contact-before",
    at: new Date(now - 1).toISOString(),
    purpose,
  }));
  return [...told, ...contacts];
}

/** What people had said of the versions and still stood, for as many whole days as cover the rest of it. */
function clearancesBefore({ attempts }: Material, standIns: StandIns) {
  const { assets, now } = attempts[0].reads;
  return assets.flatMap(({ assetId, clearances }) =>
    clearances
      .filter(({ expiresAt }) => now < expiresAt)
      .map(({ question, verdict, expiresAt }) => {
        const [rule = "", ...reason] = question.split("|");
        return {
          asset: standIns.of("asset", assetId),
          rule,
          reason: reason.join("|"),
          verdict: verdict === "cleared" ? "clear" : "refuse",
          days: Math.ceil((expiresAt - now) / 86_400_000),
        };
      }),
  );
}

/** Whether somebody answered a question about a version while the decision was held. */
function wasClearedMeanwhile({ attempts: [first, ...later] }: Material): boolean {
  const said = ({ reads }: StoredRecording) => new Map(reads.assets.map((one) => [one.assetId, one.clearances]));
  const before = said(first);
  return later.some((attempt) =>
    [...said(attempt)].some(([id, now]) => before.has(id) && JSON.stringify(before.get(id)) !== JSON.stringify(now)),
  );
}

function laterSteps({ decision, attempts, answers }: Material, standIns: StandIns): readonly object[] {
  if (attempts.length === 1) return [];
  const steps = answers.flatMap((status) => stepsFor[status]);
  const last = attempts.at(-1);
  const clock = last && last.reads.now > attempts[0].reads.now && !answers.includes("expired");
  const expect = expectationOf(decision, standIns);
  if (steps.length === 0 && clock) return [{ clock: new Date(last.reads.now).toISOString(), expect }];
  return steps.map((step, index) => (index === steps.length - 1 ? { ...step, expect } : step));
}

/** What brings such an answer about; nothing tells what blocked a question. */
const stepsFor: Readonly<Record<ApprovalStatus, readonly object[]>> = {
  approved: [{ answer: { verdict: "approve" } }],
  edited: [{ answer: { verdict: "edit", framing: "See how it went." } }],
  rejected: [{ answer: { verdict: "reject" } }],
  // Longer than any playbook lets a question wait.
  expired: [{ wait: { days: 30 } }],
  waiting: [],
  blocked: [],
};

const actions = {
  "awaiting-approval": "ask",
  held: "hold",
  published: "show",
  "no-action": "nothing",
  denied: "nothing",
  failed: "fail",
} as const;

function expectationOf(decision: Decision, standIns: StandIns) {
  // What was withdrawn since was shown when it was decided.
  const status = decision.status === "withdrawn" ? "published" : decision.status;
  const action = status === "received" || status === "running" ? undefined : actions[status];
  const placed = decision.placements.map(({ assetId }) => standIns.of("asset", assetId));
  const fired = decision.placements.flatMap(({ findings }) =>
    findings.filter(({ effect }) => effect !== "allow").map(({ rule }) => rule),
  );
  const isShown = action === "show" || action === "ask" || action === "hold";
  return {
    ...(action ? { action } : {}),
    playbook: decision.playbook?.id ?? null,
    ...(isShown && placed.length > 0
      ? {
          at: decision.placements.map(({ touchpoint }) => touchpointKey(touchpoint)),
          assets: { anyOf: [...new Set(placed)] },
        }
      : {}),
    ...(placed.length > 0 ? { rules: { fired: [...new Set(fired)] } } : {}),
  };
}

function tagsOf({ observed, decision }: Material): readonly string[] {
  const { lead } = observed;
  return [
    lead?.stage,
    lead?.country.toLowerCase(),
    lead?.language?.toLowerCase(),
    decision.placements[0]?.touchpoint.channel,
  ]
    .filter((tag) => tag !== undefined)
    .filter((tag, index, all) => all.indexOf(tag) === index);
}

/** Where the scenario is not all that was recorded, in words for whoever reads it. */
function gapsOf(material: Material): readonly string[] {
  const { attempts, assets, answers, observed, event, playbook } = material;
  const { reads } = attempts[0];
  return [
    ...attempts.flatMap((one) => one.reads.gaps),
    ...(observed.hasText
      ? [`The words of ${event.type} are replaced: its themes and objections are kept, the rank may differ.`]
      : []),
    ...(assets.some(({ rights }) => rights.grants.length > 1) ? ["An asset had several grants; one is told."] : []),
    ...(assets.some(({ rights }) => rights.assetStatus !== "active")
      ? ["An asset was not active; a scenario's assets are."]
      : []),
    ...(reads.assets.some(({ uses }) => Object.values(uses).some((count) => count > 0))
      ? ["Uses of an asset by other leads are not told."]
      : []),
    ...(playbook?.mode.kind === "pilot" ? ["The pilot's draw is told as its result."] : []),
    ...(answers.includes("edited") ? ["What a person wrote is replaced."] : []),
    ...(wasClearedMeanwhile(material) ? ["What a person answered about an asset meanwhile is not told."] : []),
    ...(answers.includes("blocked") ? ["What blocked a question is not told."] : []),
  ];
}
