import type { Decisions } from "../decisions/decisions.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { contentHash } from "../domain/compose-content.ts";
import { AppError } from "../domain/errors.ts";
import { type Finding, questionOf } from "../domain/finding.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Publication } from "../domain/publication.ts";
import type { ContactLedger } from "../exposure/exposure.ts";
import type { DecisionFrame, FactGatherer, LeadSide, StandingProposal } from "../facts/facts.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import type { Policies } from "../policies/policies.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { QueuedMessage, Reasons } from "./outbox.ts";

interface JudgeDeps {
  readonly decisions: Pick<Decisions, "get">;
  readonly deployment: Pick<Deployment, "playbook" | "profile">;
  readonly facts: FactGatherer;
  readonly guardrail: Pick<Guardrail, "judge">;
  readonly policies: Pick<Policies, "isCurrent">;
  readonly ledger: Pick<ContactLedger, "window" | "renew">;
  readonly clock: Clock;
}

export type SendingVerdict =
  | { readonly verdict: "send" }
  | { readonly verdict: "postpone"; readonly until: number; readonly why: Reasons }
  | { readonly verdict: "cancel"; readonly why: Reasons };

/**
 * Whether a queued message may go out at this moment: its publication stands, its leave has not ended, it would be the
 * same content, and every rule lets it pass on the facts as they are in this transaction. Takes the lead's contact for
 * the window in which it goes out. Throws `config` when its playbook version is not loaded.
 */
export function makeSendingJudge(deps: JudgeDeps): (trx: Trx, message: QueuedMessage) => Promise<SendingVerdict> {
  return async (trx, { publication, discharged, expiresAt }) => {
    const now = deps.clock.now();
    if (publication.state !== "live") return cancelled("publication.live", "It was withdrawn before it was sent.");
    if (expiresAt <= now) return cancelled("delivery.expired", "The leave to send it ended before it could be sent.");
    if (!(await deps.policies.isCurrent(trx)))
      return { verdict: "postpone", until: now, why: { rules: ["permit.valid"], words: otherRules } };
    const { isEdited, ...decided } = await frameOf(deps, trx, publication);
    const frame = { ...decided, now };
    const lead = await deps.facts.lead(trx, frame);
    const facts = await deps.facts.placement(trx, frame, lead, { ...proposalOf(publication), isEdited });
    const { verdict } = deps.guardrail.judge(facts);
    switch (verdict.effect) {
      case "deny":
        return { verdict: "cancel", why: reasonsOf(verdict.findings) };
      case "hold":
        return { verdict: "postpone", until: verdict.until, why: reasonsOf(verdict.findings) };
      case "review": {
        const open = verdict.findings.filter((found) => !discharged.includes(questionOf(found)));
        if (open.length > 0) return { verdict: "cancel", why: reasonsOf(open) };
        break;
      }
      case "allow":
        break;
    }
    if (!facts.content || contentHash(facts.content) !== publication.contentHash) {
      return cancelled("permit.valid", "What may be shown is not what was judged any more.");
    }
    return takeContact(deps, trx, frame, lead);
  };
}

const otherRules = "Other rules were switched on meanwhile.";

async function frameOf(
  { decisions, deployment }: JudgeDeps,
  trx: Trx,
  { decisionId, leadId, placementId }: Publication,
) {
  const decision = await decisions.get(trx, decisionId);
  const playbook = decision?.playbook ? loaded(deployment, decision.playbook) : null;
  if (!decision || !playbook) throw new AppError("config", `The playbook of ${decisionId} is not loaded.`);
  // The rules read of the event no more than that it was decided upon in time.
  const eventAt = Date.parse(decision.createdAt);
  const placed = decision.placements.find((one) => one.placementId === placementId);
  const isEdited = placed !== undefined && placed.editedIn !== null;
  return { decisionId, leadId, playbook, eventAt, planner: decision.planner, isEdited };
}

function loaded(
  deployment: JudgeDeps["deployment"],
  { id, version }: { id: string; version: number },
): Playbook | null {
  return deployment.playbook(id, version);
}

/** What was proposed, from what was published of it: the same words and the same span. */
function proposalOf({ content }: Publication): StandingProposal {
  const { assetId, assetVersion, touchpoint, framing, quote } = content;
  return { assetId, assetVersion, touchpoint, framing, ...(quote === null ? {} : { excerpt: quote }) };
}

async function takeContact(
  { ledger, deployment }: JudgeDeps,
  trx: Trx,
  { leadId, playbook, decisionId, now }: DecisionFrame,
  { lead }: LeadSide,
): Promise<SendingVerdict> {
  const { cap } = playbook.cadence;
  const window = ledger.window(cap, lead?.timezone ?? deployment.profile.defaultTimezone, now);
  const contact = { lead: leadId, purpose: playbook.purpose, window, cap: cap.count, decisionId };
  if (await ledger.renew(trx, contact)) return { verdict: "send" };
  const words = "The lead has had as many contacts for this purpose as the playbook allows.";
  return { verdict: "postpone", until: window.end, why: { rules: ["contact.frequency"], words } };
}

function cancelled(rule: string, words: string): SendingVerdict {
  return { verdict: "cancel", why: { rules: [rule], words } };
}

function reasonsOf(findings: readonly Finding[]): Reasons {
  const rules = [...new Set(findings.map((found) => found.rule))];
  return { rules, words: [...new Set(findings.map((found) => `${found.rule}: ${found.reason}`))].join(" ") };
}
