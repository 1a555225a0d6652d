import type { EndorserFacts } from "../domain/endorser.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import { jsonDigest } from "../domain/hash.ts";
import { isAtypical } from "../domain/required-disclosures.ts";
import type { RuleData } from "./cedar-request.ts";
import { zonesOfLead } from "./country-zones.ts";
import { owedDisclosures } from "./owed-disclosures.ts";
import type { RulePolicy } from "./rule-policy.ts";
import { unmetTerms } from "./source-terms.ts";
import { unrecordedResults } from "./stated-results.ts";
import { stopsOn } from "./stops.ts";
import type { Subject } from "./subject.ts";
import { usageFigures } from "./usage-figures.ts";

/** The particulars behind a finding, for a person who asks why: ids, codes and numbers, never a person's data. */
export function evidenceOf(policy: RulePolicy, subject: Subject, data: RuleData): Finding["evidence"] {
  const { facts, grant, version, content } = subject;
  const grantId = grant?.grantId ?? null;
  switch (policy.rule) {
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
    case "asset.source-terms":
      return { system: version?.content.source.system ?? null, unmet: unmetTerms(subject, data.sources) ?? [] };
    case "endorser.current":
      return {
        relationship: facts.endorser?.relationship ?? null,
        checkedAt: facts.endorser?.currentCustomerCheckedAt ?? null,
        checkDays: facts.profile.endorserCheckDays,
        ...(facts.endorser === null ? {} : { subject: postDigest(facts.endorser) }),
      };
    case "proof.authentic":
      return {
        verified: version?.content.source.verified ?? null,
        machineWritten: version?.content.source.machineWritten === true,
        authorKnown: version !== null && version.endorserId !== null && facts.endorser !== null,
      };
    case "claim.typical":
      return {
        metrics: version?.content.claims.filter(isAtypical).map((one) => one.metric) ?? null,
        ...(version === null ? {} : unclaimed(unrecordedResults(version))),
      };
    case "claim.statistic":
      return { hasBasis: version?.content.statistic !== undefined, figures: [...usageFigures(subject)] };
    case "review.selection":
    case "disclose.verification":
    case "disclose.adviser":
    case "disclose.ai": {
      const { owed, shown } = owedDisclosures(subject, data.dutiesOf);
      return { missing: owed.filter((one) => !shown.includes(one)) };
    }
    case "tracking.consent":
      return { country: facts.lead?.country ?? null, tracking: [...(subject.rendered?.tracking ?? [])] };
    case "autonomy.first-use":
      return { firstUses: facts.playbook.autonomy.firstUses, seen: facts.seen && { ...facts.seen } };
    case "endorser.fatigue":
      return {
        grantId,
        uses: facts.grantUses,
        ...(facts.planUses > 0 ? { ofThisPlan: facts.planUses } : {}),
        maxUses: grant?.terms.maxUses?.count ?? null,
      };
    case "consent.channel":
      return { channel: facts.touchpoint.channel, country: facts.lead?.country ?? null };
    case "consent.suppressed":
      return { scopes: facts.suppressions.map((one) => one.scope) };
    case "contact.frequency":
      return contactEvidence(policy.key, facts);
    case "contact.repeat":
      return { repeatAfterDays: facts.playbook.cadence.repeatAfterDays };
    case "contact.quiet-hours":
      return { ...facts.playbook.cadence.quietHours, ...possibleZones(subject, data) };
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

/** A lead's own zone is the lead's affair; those of its country explain why it is quiet at an hour that is not late. */
function possibleZones({ facts }: Subject, { zonesOf }: RuleData): Finding["evidence"] {
  return facts.lead?.timezone === undefined ? { zones: [...zonesOfLead(facts, zonesOf)] } : {};
}

function unclaimed(results: readonly string[]): Finding["evidence"] {
  return results.length === 0 ? {} : { unrecorded: [...results] };
}

/** Of which cap: the playbook's, or the profile's for the account or the channel. */
function contactEvidence(key: string, facts: PlacementFacts): Finding["evidence"] {
  const { account, channels } = facts.profile.contactCaps;
  switch (key) {
    case "contact.frequency/account":
      return { of: "account", contacts: facts.accountContacts, ...account };
    case "contact.frequency/channel":
      return { of: "channel", contacts: facts.channelContacts, ...channels[facts.touchpoint.channel] };
    default:
      return { contacts: facts.contactsInWindow, ...facts.playbook.cadence.cap };
  }
}

/** Whose post was asked about: with another on record it is another question. Short, since it only tells them apart. */
function postDigest({ relationship, role, company }: EndorserFacts): string {
  return jsonDigest([relationship, role ?? null, company ?? null]).slice("sha256:".length, "sha256:".length + 16);
}
