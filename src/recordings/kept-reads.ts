import type { ConsentRecord } from "../domain/lead.ts";
import type { RecordedLead, RecordedReads } from "./recording.ts";

/**
 * What is kept of the reads: all that a rule reads. Of a consent's evidence rules ask whether there is any, and of a
 * suppression's or a stop's reason nothing; those are somebody's words and are left out.
 */
export function keptReads(reads: RecordedReads): RecordedReads {
  const { lead, act } = reads;
  return {
    ...reads,
    lead: lead && withoutWords(lead),
    act: act?.lead ? { ...act, lead: withoutWords(act.lead) } : act,
  };
}

function withoutWords(lead: RecordedLead): RecordedLead {
  return {
    ...lead,
    consents: lead.consents.map(withoutEvidence),
    suppressions: lead.suppressions.map((one) => ({ ...one, reason: "" })),
    killSwitches: lead.killSwitches.map((one) => ({ ...one, reason: "" })),
  };
}

function withoutEvidence(consent: ConsentRecord): ConsentRecord {
  return consent.evidence ? { ...consent, evidence: "kept with the consent" } : consent;
}
