import { contentHash } from "../domain/compose-content.ts";
import { coveringGrant } from "../domain/covering-grant.ts";
import { AppError } from "../domain/errors.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { type Finding, questionOf, type Verdict } from "../domain/finding.ts";
import { quietHold } from "../domain/quiet-hold.ts";
import {
  type PublishProofAnswer,
  type PublishProofInput,
  publishProofAnswer,
  publishProofInput,
} from "../domain/tool-answers.ts";
import { nothingChanged } from "../domain/volatile-facts.ts";
import type { PublishContext, ToolDeps } from "./tool.ts";

/**
 * The only tool that publishes. In the caller's transaction: the fence, each permit, and every fact that can change
 * are checked again; then all placements of the plan are written, or none. Throws `stale-lease`.
 */
export function publishProof(deps: ToolDeps) {
  return {
    name: "publish-proof",
    description: "Publishes the placements that hold a permit. For the act node alone.",
    input: publishProofInput,
    output: publishProofAnswer,
    scope: "publish",
    async run(request: PublishProofInput, context: PublishContext): Promise<PublishProofAnswer> {
      const { trx, frame, lease, notes } = context;
      await deps.inbox.verifyFence(trx, lease);
      const areRulesCurrent = await deps.policies.isCurrent(trx);
      const lead = await deps.facts.lead(trx, frame);
      if (notes) notes.lead = lead;
      const ready: Ready[] = [];
      const held: Refused[] = [];
      for (const [at, asked] of request.placements.entries()) {
        const proposed = { ...asked.proposed, isEdited: asked.editedIn !== null };
        const before = request.placements.slice(0, at).map((one) => one.proposed);
        const facts = await deps.facts.placement(trx, frame, lead, proposed, before);
        notes?.placements.push(facts);
        const ruling = rulingOn(deps, frame, asked, facts, context.judged(proposed), areRulesCurrent);
        if ("effect" in ruling) return { outcome: "refused", placementId: asked.placementId, ...ruling };
        if (ruling.held) held.push(ruling.held);
        ready.push({ asked, facts, notBefore: ruling.held?.until ?? frame.now });
      }
      // What can be seen now is published now, and the message beside it sent later; a plan that is all held waits.
      const [firstHeld] = held;
      const [firstAsked] = request.placements;
      if (firstHeld && firstAsked && held.length === ready.length) {
        return { outcome: "refused", placementId: firstAsked.placementId, ...firstHeld };
      }
      const first = request.placements[0];
      const { cap } = frame.playbook.cadence;
      const window = deps.ledger.window(cap, lead.lead?.timezone ?? deps.deployment.profile.defaultTimezone, frame.now);
      const contact = { lead: frame.leadId, purpose: frame.playbook.purpose, window, cap: cap.count };
      if (first && !(await deps.ledger.take(trx, { ...contact, decisionId: frame.decisionId }))) {
        if (notes) notes.isCapFull = true;
        return { outcome: "refused", placementId: first.placementId, ...capReached(window.end) };
      }
      const publications = [];
      for (const one of ready) publications.push(await publish(deps, context, one));
      return { outcome: "published", publications };
    },
  } as const;
}

type Asked = PublishProofInput["placements"][number];
type Refused = { readonly effect: "hold" | "deny"; readonly until: number | null; readonly findings: Finding[] };
/** `held`: by quiet hours alone, so that it may be sent later. */
type Leave = { readonly held: Refused | null };

interface Ready {
  readonly asked: Asked;
  readonly facts: PlacementFacts;
  readonly notBefore: number;
}

function rulingOn(
  deps: ToolDeps,
  frame: PublishContext["frame"],
  asked: Asked,
  facts: PlacementFacts,
  judged: PlacementFacts | null,
  areRulesCurrent: boolean,
): Refused | Leave {
  if (!facts.content) return denied("permit.valid", "The content can no longer be composed.");
  const publishing = {
    decisionId: frame.decisionId,
    placementId: asked.placementId,
    leadId: facts.leadId,
    touchpoint: facts.touchpoint,
    contentHash: contentHash(facts.content),
  };
  const refusal = deps.permits.refusal(asked.permit, publishing, facts.now);
  if (refusal?.kind === "expired") return toJudgeAnew(refusal.reason, facts.now);
  if (refusal) return denied("permit.valid", refusal.reason);
  if (!areRulesCurrent) return toJudgeAnew("Other rules were switched on meanwhile.", facts.now);
  const discharged = new Set(asked.permit.discharged);
  // A message is judged again in any case, since it may have a permit for later.
  if (facts.touchpoint.channel === "web" && judged && nothingChanged(judged, facts)) return { held: null };
  const judgement = deps.guardrail.judge(facts);
  const quiet = quietHold(judgement.findings);
  if (!quiet) return refusalOf(judgement.verdict, discharged) ?? { held: null };
  const { until, rest } = quiet;
  const held = { effect: "hold", until, findings: judgement.findings.filter((one) => one.effect === "hold") } as const;
  return refusalOf(deps.guardrail.fold(rest), discharged) ?? { held };
}

/** What changed is judged anew: only what a person was already asked may still ask. */
function refusalOf(verdict: Verdict, discharged: ReadonlySet<string>): Refused | null {
  switch (verdict.effect) {
    case "allow":
      return null;
    case "review": {
      const open = verdict.findings.filter((found) => !discharged.has(questionOf(found)));
      return open.length === 0 ? null : { effect: "deny", until: null, findings: open };
    }
    case "hold":
      return { effect: "hold", until: verdict.until, findings: [...verdict.findings] };
    case "deny":
      return { effect: "deny", until: null, findings: [...verdict.findings] };
  }
}

function denied(rule: string, reason: string): Refused {
  return { effect: "deny", until: null, findings: [{ rule, effect: "deny", reason, evidence: {} }] };
}

/** What took too long is held until now: the decision is run again at once, and what stands then is judged. */
function toJudgeAnew(reason: string, now: number): Refused {
  return {
    effect: "hold",
    until: now,
    findings: [{ rule: "permit.valid", effect: "hold", reason, evidence: {}, until: now }],
  };
}

function capReached(until: number): Refused {
  const reason = "The lead has had as many contacts for this purpose as the playbook allows.";
  return {
    effect: "hold",
    until,
    findings: [{ rule: "contact.frequency", effect: "hold", reason, evidence: {}, until }],
  };
}

async function publish(deps: ToolDeps, { trx, frame }: PublishContext, { asked, facts, notBefore }: Ready) {
  if (!facts.content) throw new AppError("corrupt", "A placement without content was about to be published.");
  const grant = coveringGrant(facts.grants, {
    now: frame.now,
    channel: facts.touchpoint.channel,
    territory: facts.lead?.country ?? "",
    purpose: frame.playbook.purpose,
  });
  const grantEnd = grant?.terms.validUntil ? Date.parse(grant.terms.validUntil) : Number.POSITIVE_INFINITY;
  const cleared = facts.clearances.filter((one) => one.verdict === "cleared" && frame.now < one.expiresAt);
  const clearedEnd = Math.min(...cleared.map(({ expiresAt }) => expiresAt));
  const ends = [frame.now + frame.playbook.liveDays * 86_400_000, grantEnd, clearedEnd];
  // A page asks no rule when it is viewed: what ends by the clock has to end here.
  const liveUntil = Math.min(...ends, deps.guardrail.standsUntil(facts));
  const expiresAt = Math.min(liveUntil, frame.now + frame.playbook.eventTtlHours * 3_600_000);
  const id = deps.ids.next("pub");
  const isNew = await deps.publications.publish(trx, {
    publicationId: id,
    decisionId: frame.decisionId,
    placementId: asked.placementId,
    leadId: frame.leadId,
    content: facts.content,
    editedIn: asked.editedIn,
    contentHash: asked.permit.contentHash,
    rulesetVersion: asked.permit.rulesetVersion,
    liveUntil,
    delivery: { notBefore, expiresAt, discharged: asked.permit.discharged },
  });
  if (!isNew) throw new AppError("conflict", "This decision has published at this touchpoint already.");
  return { placementId: asked.placementId, publicationId: id };
}
