import type { Publications } from "../../channels/channel.ts";
import type { Crm } from "../../crm/crm.ts";
import type { Decisions } from "../../decisions/decisions.ts";
import type { Decision } from "../../domain/decision.ts";
import type { LeadEvent } from "../../domain/event.ts";
import { wordsOf } from "../../domain/event-words.ts";
import type { LeadFacts } from "../../domain/lead.ts";
import type { Observed } from "../../domain/observed.ts";
import type { Playbook } from "../../domain/playbook.ts";
import type { Inbox } from "../../intake/intake.ts";
import type { Store } from "../../store/store.ts";
import type { Node } from "../attempt.ts";
import { type FrameDeps, frameOf } from "../frame.ts";
import type { Ending, Patch, State } from "../state.ts";

export interface ObserveDeps extends FrameDeps {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly crm: Crm;
  readonly publications: Pick<Publications, "ofDecision">;
  readonly decisions: Pick<Decisions, "get" | "list">;
}

/** Gathers what the decision may know, and ends it at once where there is nothing to decide. */
export function makeObserve(deps: ObserveDeps): Node {
  return async (state, attempt) => {
    if (attempt.lease.attempt > 1 && (await wasPublished(deps, state))) return end("published", null);
    if (attempt.lease.attempt > 1 && (await isOvertaken(deps, state))) {
      attempt.notes.isOvertaken = true;
      return end("no-action", "While it was held, a newer event of this lead asked for the same.");
    }
    const db = deps.store.read;
    const event = await deps.inbox.event(db, state.eventId);
    if (event?.traceparent) attempt.recorder?.linkTo(event.traceparent);
    if (!event) return end("no-action", "The event can no longer be read: its lead was erased.");
    const record = await deps.crm.lead(db, state.leadId);
    const { now } = attempt;
    const observed = toObserved(deps, state, event, now);
    if (!record) return { observed, ...end("no-action", "The lead is not known any more.") };
    const known = { ...observed, lead: record.facts, hasCompanyEmail: record.hasCompanyEmail };
    if (isMovedOn(event, record.facts.stage)) {
      return { observed: known, ...end("no-action", "The lead has moved on to another stage since.") };
    }
    const path = pathOf(event);
    const moment = { eventType: event.type, stage: record.facts.stage, persona: record.facts.persona ?? null, path };
    const playbook = deps.deployment.choosePlaybook(moment);
    if (!playbook) return { observed: known, ...end("no-action", "No playbook is meant for this event.") };
    const pages = playbook.when.pathContains.filter((part) => path?.includes(part));
    const withPlaybook = { ...known, pages, playbook: { id: playbook.id, version: playbook.version } };
    const reason = reasonNotToPlan(playbook, event.time, now);
    if (reason) return { observed: withPlaybook, ...end("no-action", reason) };
    const frame = frameOf(deps, { ...state, observed: withPlaybook }, attempt);
    const lead = await attempt.lead(frame);
    const recentAssets = lead.exposures.map(({ assetId, at }) => ({ assetId, at }));
    return { observed: { ...withPlaybook, pilotShare: lead.pilotShare, recentAssets } };
  };
}

/** A lease can end between publishing and closing: the next attempt only closes what stands, or was taken back since. */
async function wasPublished({ publications, store }: ObserveDeps, { decisionId }: State): Promise<boolean> {
  return (await publications.ofDecision(store.read, decisionId)).length > 0;
}

/**
 * What a cap holds back wakes all at once when its window begins; only the newest of a lead's held decisions under one
 * playbook is still worth a contact, the older ones would use up the new window on what is long past.
 */
async function isOvertaken({ decisions, store }: ObserveDeps, { decisionId, leadId }: State): Promise<boolean> {
  const own = await decisions.get(store.read, decisionId);
  if (own?.status !== "held") return false;
  const newest = await decisions.list(store.read, { leadId, after: null, limit: 50 });
  return newest.some(
    (one) => one.decisionId > decisionId && one.playbook?.id === own.playbook?.id && overtaking.includes(one.status),
  );
}

const overtaking: readonly Decision["status"][] = ["held", "published", "awaiting-approval"];

function end(status: Ending["status"], reason: string | null): Patch {
  return { ending: { status, reason, wakeAt: null } };
}

/** A step of the lead that is not its last any more: that one has a decision of its own. */
function isMovedOn(event: LeadEvent, stage: LeadFacts["stage"]): boolean {
  return event.type === "lead.stage-changed.v1" && event.data.to !== stage;
}

function reasonNotToPlan(playbook: Playbook, eventAt: number, now: number): string | null {
  if (playbook.mode.kind === "off") return "The playbook is switched off.";
  if (now - eventAt > playbook.eventTtlHours * 3_600_000) return "The event is too old for its playbook.";
  return null;
}

/** Chooses the playbook and goes no further: what somebody put into a path is free text. */
function pathOf(event: LeadEvent): string | null {
  return event.type === "lead.page-viewed.v1" ? new URL(event.data.url).pathname : null;
}

function toObserved({ deployment }: ObserveDeps, state: State, event: LeadEvent, now: number): Observed {
  const words = wordsOf(event);
  const { themes, objections } = words ? deployment.taxonomy.read(words) : { themes: [], objections: [] };
  return {
    at: now,
    eventId: state.eventId,
    eventType: event.type,
    eventAt: event.time,
    leadId: state.leadId,
    lead: null,
    hasCompanyEmail: false,
    pages: [],
    themes: [...themes],
    objections: [...objections],
    hasText: words !== "",
    playbook: null,
    pilotShare: null,
    recentAssets: [],
  };
}
