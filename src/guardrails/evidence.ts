import type { Finding } from "../domain/finding.ts";
import { stopsOn } from "./stops.ts";
import type { Subject } from "./subject.ts";

/** The particulars behind a finding, for a person who asks why: ids, codes and numbers, never a person's data. */
export function evidenceOf(rule: string, { facts, grant, version, content }: Subject): Finding["evidence"] {
  const grantId = grant?.grantId ?? null;
  switch (rule) {
    case "grant.valid":
      return {
        grantId,
        consentStatus: grant?.terms.consentStatus ?? null,
        validFrom: grant?.terms.validFrom ?? null,
        validUntil: grant?.terms.validUntil ?? null,
        revoked: grant ? grant.revokedAt !== null : null,
      };
    case "grant.channel":
      return { grantId, channel: facts.touchpoint.channel };
    case "grant.territory":
      return { grantId, territory: facts.lead?.country ?? null };
    case "grant.purpose":
      return { grantId, purpose: facts.playbook.purpose };
    case "grant.elements":
      return { grantId, elements: content?.elements ?? null, attribution: content?.attribution ?? null };
    case "asset.current":
      return { version: facts.assetVersion, currentVersion: facts.currentVersion, status: facts.assetStatus };
    case "asset.fresh":
      return { freshnessTimestamp: version?.content.freshnessTimestamp ?? null };
    case "endorser.fatigue":
      return { grantId, uses: facts.grantUses, maxUses: grant?.terms.maxUses?.count ?? null };
    case "consent.channel":
      return { channel: facts.touchpoint.channel, country: facts.lead?.country ?? null };
    case "consent.suppressed":
      return { scopes: facts.suppressions.map((one) => one.scope) };
    case "contact.frequency":
      return { contacts: facts.contactsInWindow, ...facts.playbook.cadence.cap };
    case "contact.repeat":
      return { repeatAfterDays: facts.playbook.cadence.repeatAfterDays };
    case "contact.quiet-hours":
      return { ...facts.playbook.cadence.quietHours };
    case "email.sender":
      return { configured: facts.email !== null };
    case "email.unsubscribe":
      return { leavesMachine: facts.email?.leavesMachine ?? null };
    case "rollout.mode":
      return { mode: facts.playbook.mode.kind };
    case "kill-switch":
      return { scopes: [...stopsOn(facts)] };
    default:
      return {};
  }
}
