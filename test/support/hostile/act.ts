import { composeDeciding } from "../../../src/compose/compose-deciding.ts";
import { contentHash } from "../../../src/domain/compose-content.ts";
import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { questionOf } from "../../../src/domain/finding.ts";
import { assetId, decisionId, leadId, placementId } from "../../../src/domain/ids.ts";
import type { ProposedPlacement } from "../../../src/domain/plan.ts";
import type { PublishProofInput } from "../../../src/domain/tool-answers.ts";
import type { DecisionFrame } from "../../../src/facts/facts.ts";
import type { GivenApproval, Permit } from "../../../src/guardrails/guardrail.ts";
import { makePermits } from "../../../src/guardrails/permits.ts";
import type { Lease } from "../../../src/intake/intake.ts";
import type { LeaveGiven } from "../judge/published.ts";
import type { Attack } from "./attacks.ts";
import { happen } from "./happenings.ts";
import type { World } from "./world.ts";

/** What an attacker who holds every piece but the evaluator's own can do: any placement, any permit that can be had. */
export function makeActor(world: World) {
  const { vouchsafe, runtime } = world;
  const { store, guardrail, decisions, deployment, approvals } = vouchsafe;
  const { facts, permits, tools } = composeDeciding(vouchsafe.deciding);
  const strangers = makePermits({ secret: new Uint8Array(32), rulesetVersionAt: guardrail.rulesetVersionAt });
  const leaves: LeaveGiven[] = [];
  /** Permits that were issued, for whoever wants to use them again. */
  const seen: Permit[] = [];
  const playbook = deployment.playbooks[0];
  if (!playbook) throw new Error("no playbook is loaded");

  return {
    leaves,
    /** What came of it: `published`, or why not; and what puts the world right again, once that has been looked at. */
    async attack(attack: Attack): Promise<{ readonly came: string; readonly repair: () => Promise<void> }> {
      const { placement } = attack;
      const about = { number: attack.lead, asset: placement.asset, channel: placement.place.channel };
      const repairs = [await happen(world, attack.before, about)];
      const { frame, lease } = await openDecision(world.leads[attack.lead] ?? "");
      const proposed = proposedBy(attack);
      const judged = await facts.placement(store.read, frame, await facts.lead(store.read, frame), proposed);
      const permit = await permitBy(attack, frame, judged);
      repairs.push(await happen(world, attack.between, about));
      const asked = { placementId: permit.placementId, proposed: changedBy(attack, proposed), editedIn: null, permit };
      const came = await publish(frame, lease, asked, judged);
      if (attack.permit === "used twice") await publish(frame, lease, asked, judged);
      const repair = async () => {
        for (const one of repairs.reverse()) await one();
      };
      return { came, repair };
    },
  };

  async function publish(
    frame: DecisionFrame,
    lease: Lease,
    asked: PublishProofInput["placements"][number],
    judged: PlacementFacts,
  ): Promise<string> {
    const later = { ...frame, now: runtime.clock.now() };
    const context = { lease, frame: later, judged: () => judged };
    try {
      const answer = await store.write((trx) => tools.publish({ placements: [asked] }, { trx, ...context }));
      return answer.outcome === "published" ? "published" : `refused by ${answer.findings.map(({ rule }) => rule)[0]}`;
    } catch (error) {
      return `error ${error instanceof Error && "code" in error ? error.code : error}`;
    }
  }

  /** A decision about the lead, leased. */
  async function openDecision(lead: string): Promise<{ frame: DecisionFrame; lease: Lease }> {
    const id = runtime.ids.next("dec");
    const eventId = runtime.ids.next("evt");
    const now = runtime.clock.now();
    const type = "lead.page-viewed.v1";
    const until = now + 365 * 86_400_000;
    await store.write(async (trx) => {
      await decisions.open(trx, { decisionId: id, eventId, leadId: leadId.parse(lead) });
      await trx
        .insertInto("inbox")
        .values({
          event_id: eventId,
          source: "/hostile",
          ce_id: eventId,
          type,
          subject: lead,
          digest: "sha256:0",
          sealed_event: new Uint8Array(1),
          happened_at: now,
          accepted_at: now,
          decision_id: id,
          state: "leased",
          attempts: 1,
          lease_owner: "test",
          fence: 1,
          lease_until: until,
          wake_at: null,
          rerun: 0,
          last_error: null,
        })
        .execute();
    });
    const frame = {
      decisionId: id,
      leadId: leadId.parse(lead),
      playbook: playbook as never,
      planner: null,
      eventAt: now,
      now,
    };
    return { frame, lease: { eventId, decisionId: id, subject: lead, type, fence: 1, attempt: 1, until } };
  }

  function proposedBy({ placement }: Attack): ProposedPlacement {
    const { framing, excerpt } = placement;
    return {
      assetId: placement.asset as ProposedPlacement["assetId"],
      assetVersion: world.currentVersion(placement.asset) + placement.version,
      touchpoint: placement.place as ProposedPlacement["touchpoint"],
      ...(framing.text === undefined ? {} : { framing: framing.text }),
      ...(excerpt === undefined ? {} : { excerpt }),
    };
  }

  /** What is published in the end is not what was judged. */
  function changedBy(attack: Attack, proposed: ProposedPlacement): ProposedPlacement {
    switch (attack.permit) {
      case "for other words":
        return { ...proposed, framing: "Something else altogether" };
      case "for another excerpt":
        return { ...proposed, excerpt: { start: 0, end: 9 } };
      case "for another asset":
        return { ...proposed, assetId: assetId.parse(proposed.assetId === "good-one" ? "good-two" : "good-one") };
      default:
        return proposed;
    }
  }

  async function permitBy(attack: Attack, frame: DecisionFrame, judged: PlacementFacts): Promise<Permit> {
    const judgement = guardrail.judge(judged);
    const sure = guardrail.confidence(judged, { candidates: [], chosen: null, selfConfidence: null });
    const ruled = guardrail.rule(judgement, sure, await approvalBy(attack, frame, judged));
    const { leave } = ruled;
    const id = runtime.ids.next("plc");
    const terms = { decisionId: frame.decisionId, placementId: id, expiresAt: frame.now + 60_000 };
    const invented: Permit = {
      ...terms,
      leadId: frame.leadId,
      touchpoint: judged.touchpoint,
      contentHash: judged.content ? contentHash(judged.content) : "sha256:0",
      discharged: [],
      rulesetVersion: judgement.rulesetVersion,
      mac: "bm90IG91cnM",
    };
    if (attack.permit === "made up" || leave === null) {
      // Without a leave nothing is issued, so an attacker can only sign for itself or use what lies about.
      return attack.permit === "of another decision" ? (seen.at(-1) ?? invented) : invented;
    }
    if (attack.permit === "signed by another key") return strangers.issue(leave, terms);
    const permit = permits.issue(leave, terms);
    leaves.push({ ...permit, permit });
    const other = seen.at(-1) ?? invented;
    seen.push(permit);
    if (seen.length > 50) seen.shift();
    switch (attack.permit) {
      case "of another decision":
        return other;
      case "with another lead":
        return { ...other, decisionId: permit.decisionId, leadId: permit.leadId };
      case "with another placement":
        return { ...permit, placementId: placementId.parse(runtime.ids.next("plc")) };
      case "with another place":
        return { ...permit, touchpoint: { channel: "web", place: "checkout" } };
      case "with another hash":
        return { ...permit, contentHash: other.contentHash };
      case "with questions answered by nobody":
        return { ...permit, discharged: judgement.findings.map(questionOf) };
      case "with a later end":
        return { ...permit, expiresAt: permit.expiresAt + 86_400_000 };
      case "under another ruleset":
        return { ...permit, rulesetVersion: "1999-01-01.1" };
      default:
        return permit;
    }
  }

  /** A person's yes, asked for and given as in the queue; for other words, where that is the attack. */
  async function approvalBy(
    attack: Attack,
    frame: DecisionFrame,
    judged: PlacementFacts,
  ): Promise<GivenApproval | null> {
    if (!attack.permit.startsWith("approved by a person") || judged.content === null) return null;
    const findings = guardrail.judge(judged).findings.filter(({ effect }) => effect === "review");
    if (findings.length === 0) return null;
    const content =
      attack.permit === "approved by a person" ? judged.content : { ...judged.content, framing: "Other words" };
    const hash = contentHash(content);
    const { touchpoint } = judged;
    const { version } = judged;
    if (version === null) return null;
    const ids = {
      decisionId: decisionId.parse(frame.decisionId),
      placementId: runtime.ids.next("plc"),
      leadId: frame.leadId,
    };
    const about = { assetId: version.assetId, assetVersion: version.version, touchpoint, content, contentHash: hash };
    const question = { ...ids, ...about, editedIn: null, findings, expiresAt: frame.now + 86_400_000 };
    const id = await store.write((trx) => approvals.ask(trx, question));
    await store.write((trx) => approvals.answer(trx, id, { verdict: "approve", contentHash: hash }, "person"));
    const answered = await approvals.ofDecision(store.read, frame.decisionId);
    return answered.at(-1) ?? null;
  }
}
