import { webChannel } from "../../src/channels/web/web-channel.ts";
import type { PlacementFacts } from "../../src/domain/facts.ts";
import { assetId, leadId } from "../../src/domain/ids.ts";
import type { ProposedPlacement } from "../../src/domain/plan.ts";
import type { PublishProofAnswer, PublishProofInput } from "../../src/domain/tool-answers.ts";
import { makeContactLedger } from "../../src/exposure/contact-ledger.ts";
import { makeExposureHistory } from "../../src/exposure/sql-exposure.ts";
import type { DecisionFrame } from "../../src/facts/facts.ts";
import { makeFactGatherer, makePilotShares } from "../../src/facts/gather-facts.ts";
import { makeDutiesOf } from "../../src/guardrails/display-duties.ts";
import type { Guardrail, Permit } from "../../src/guardrails/guardrail.ts";
import { makePermits } from "../../src/guardrails/permits.ts";
import type { Lease } from "../../src/intake/intake.ts";
import type { ToolContext } from "../../src/tools/tool.ts";
import { openTestService } from "./service.ts";

/** The playbook's touchpoints in these tests; the cap is one contact a week. */
export const hero = { channel: "web", place: "pricing-hero" } as const;
export const banner = { channel: "web", place: "home-banner" } as const;

/** One decision that is being worked on: its lease, and what it is about. */
export interface OpenDecision {
  readonly frame: DecisionFrame;
  readonly lease: Lease;
}

/** The product, with the pieces at hand that a node of the graph would call the tools with. */
export async function openTestTools(playbook: Record<string, unknown> = {}, under: { guardrail?: Guardrail } = {}) {
  const service = await openTestService({
    ...under,
    playbook: {
      touchpoints: [
        { ...hero, framing: "What others say" },
        { ...banner, framing: "Others in your field" },
      ],
      maxPlacements: 2,
      cadence: { cap: { count: 1, window: "week" }, repeatAfterDays: 0 },
      ...playbook,
    },
  });
  const { store, vault, guardrail, crm, catalogue, killSwitches, clearances, approvals, deployment, decisions, tools } =
    service.vouchsafe;
  const { clock, ids } = service.runtime;
  const permits = makePermits({ secret: vault.secret("permits"), rulesetVersionAt: guardrail.rulesetVersionAt });
  const facts = makeFactGatherer({
    crm,
    catalogue,
    killSwitches,
    clearances,
    approvals,
    deployment,
    exposures: makeExposureHistory(),
    ledger: makeContactLedger({ clock }),
    channels: new Map([[webChannel.name, webChannel]]),
    email: () => null,
    dutiesOf: makeDutiesOf(),
    pilotShares: makePilotShares(vault.secret("pilot")),
  });

  function frameOf(decisionId: DecisionFrame["decisionId"], lead: string): DecisionFrame {
    const [loaded] = deployment.playbooks;
    if (!loaded) throw new Error("no playbook is loaded");
    return {
      decisionId,
      leadId: leadId.parse(lead),
      playbook: loaded,
      planner: null,
      eventAt: clock.now(),
      now: clock.now(),
    };
  }

  return {
    service,
    facts,
    permits,
    placementOf,

    /** A decision about the lead that this caller holds for an hour. */
    async openDecision(lead: string): Promise<OpenDecision> {
      const decisionId = ids.next("dec");
      const eventId = ids.next("evt");
      const now = clock.now();
      const until = now + 3_600_000;
      const type = "lead.page-viewed.v1";
      const event = { event_id: eventId, source: "/test", ce_id: eventId, type, subject: lead, digest: "sha256:0" };
      const leased = { state: "leased", attempts: 1, lease_owner: "test", fence: 1, lease_until: until } as const;
      await store.write(async (trx) => {
        await decisions.open(trx, { decisionId, eventId, leadId: leadId.parse(lead) });
        await trx
          .insertInto("inbox")
          .values({
            ...event,
            ...leased,
            sealed_event: new Uint8Array(1),
            happened_at: now,
            accepted_at: now,
            decision_id: decisionId,
            wake_at: null,
            rerun: 0,
            last_error: null,
          })
          .execute();
      });
      const lease = { eventId, decisionId, subject: lead, type, fence: 1, attempt: 1, until };
      return { frame: frameOf(decisionId, lead), lease };
    },

    /** What a planner's tools are bound to. */
    async contextOf({ frame, lease }: OpenDecision): Promise<ToolContext> {
      const lead = await facts.lead(store.read, frame);
      return {
        frame,
        eventId: lease.eventId,
        lead,
        async judge(proposed) {
          const gathered = await facts.placement(store.read, frame, lead, proposed);
          return { facts: gathered, judgement: guardrail.judge(gathered) };
        },
      };
    },

    /** Judges a placement and issues its permit, as the guardrail node does. Fails unless the rules allow it. */
    async permitted({ frame }: OpenDecision, at: ProposedPlacement["touchpoint"] = hero, asset = "onboarding-quote") {
      const proposed = placementOf(at, asset);
      const judged = await facts.placement(store.read, frame, await facts.lead(store.read, frame), proposed);
      const chosen = { assetId: proposed.assetId, assetVersion: 1, score: 1, parts: {}, rejectedBy: [] };
      const sure = guardrail.confidence(judged, { candidates: [], chosen, selfConfidence: null });
      const { verdict, leave } = guardrail.rule(guardrail.judge(judged), sure, null);
      if (!leave) throw new Error(`not allowed: ${JSON.stringify(verdict)}`);
      const placementId = ids.next("plc");
      const expiresAt = frame.now + 60_000;
      const permit = permits.issue(leave, { decisionId: frame.decisionId, placementId, expiresAt });
      return { judged, asked: { placementId, proposed, editedIn: null, permit } };
    },

    /** Publishes as the act node does, in a transaction of its own, at the time the clock shows. */
    async publish({ frame, lease }: OpenDecision, ready: readonly Ready[]): Promise<PublishProofAnswer> {
      const judgedBy = new Map<unknown, PlacementFacts>(
        ready.map(({ asked, judged }) => [asked.proposed.touchpoint.place, judged]),
      );
      const judged = (proposed: ProposedPlacement) => judgedBy.get(proposed.touchpoint.place) ?? null;
      const input = { placements: ready.map(({ asked }) => asked) };
      const later = { ...frame, now: clock.now() };
      return store.write((trx) => tools.publish(input, { trx, lease, frame: later, judged }));
    },

    /** How much of the decision is in the records: publications, and contacts taken. */
    async written({ frame }: OpenDecision) {
      const contacts = await store.read
        .selectFrom("contact_ledger")
        .select("contact_id")
        .where("decision_id", "=", frame.decisionId)
        .execute();
      const publications = await service.vouchsafe.publications.ofDecision(store.read, frame.decisionId);
      return { publications: publications.length, contacts: contacts.length };
    },
  };
}

function placementOf(at: ProposedPlacement["touchpoint"] = hero, asset = "onboarding-quote"): ProposedPlacement {
  return { assetId: assetId.parse(asset), assetVersion: 1, touchpoint: at };
}

export interface Ready {
  readonly judged: PlacementFacts;
  readonly asked: PublishProofInput["placements"][number] & { readonly permit: Permit };
}
