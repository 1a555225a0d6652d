import type { Exposure } from "../domain/facts.ts";
import type { LeadFacts } from "../domain/lead.ts";
import type { DecisionFrame, LeadSide } from "../facts/facts.ts";
import type { RecordedLead } from "../recordings/recording.ts";
import type { Moment } from "./moment.ts";
import type { Live } from "./replay.ts";

/**
 * The lead's side of the facts as it was read. What depends on the playbook and was read for another one is read again
 * as of the attempt's moment, as far as the records of today tell: and noted.
 */
export async function recordedLead(moment: Moment, live: Live, about: DecisionFrame): Promise<LeadSide> {
  const { reads } = moment;
  const recorded = (moment.phase === "publishing" ? reads.act?.lead : undefined) ?? reads.lead;
  const seen = moment.observed?.lead ?? null;
  if (recorded === null || moment.playbook === null) return ofToday(moment, live, about, seen);
  const lead = recorded.lead === undefined ? seen : recorded.lead;
  return {
    ...recorded,
    lead,
    exposures: await exposuresFor(moment, live, about, recorded),
    ...(await contactsFor(moment, live, about, recorded, lead)),
    pilotShare:
      about.playbook.id === moment.playbook.id
        ? recorded.pilotShare
        : live.pilotShares(about.leadId, about.playbook.id),
  };
}

/** Nothing was read of the lead then: no playbook was meant for the event, say. */
async function ofToday(moment: Moment, live: Live, about: DecisionFrame, seen: LeadFacts | null): Promise<LeadSide> {
  moment.today.leads++;
  const side = await live.facts.lead(live.store.read, about);
  const exposures = side.exposures.filter(({ at }) => at <= about.now);
  if (moment.observed === null) return { ...side, exposures };
  return { ...side, exposures, lead: seen, hasCompanyEmail: moment.observed.hasCompanyEmail };
}

async function exposuresFor(
  moment: Moment,
  live: Live,
  { leadId, decisionId, playbook, now }: DecisionFrame,
  recorded: RecordedLead,
): Promise<readonly Exposure[]> {
  const wanted = playbook.cadence.repeatAfterDays;
  const known = moment.playbook?.cadence.repeatAfterDays ?? 0;
  const since = now - wanted * dayMs;
  if (wanted === known) return recorded.exposures;
  if (wanted < known) return wanted === 0 ? [] : recorded.exposures.filter(({ at }) => at >= since);
  moment.today.leads++;
  const read = await live.exposures.since(live.store.read, leadId, since, decisionId);
  return read.filter(({ at }) => at <= now);
}

async function contactsFor(
  moment: Moment,
  live: Live,
  { leadId, decisionId, playbook, now }: DecisionFrame,
  recorded: RecordedLead,
  lead: LeadFacts | null,
): Promise<Pick<LeadSide, "contactsInWindow" | "contactWindowEnd">> {
  const { cadence, purpose } = playbook;
  const { contactsInWindow, contactWindowEnd } = recorded;
  const isSame = moment.playbook?.cadence.cap.window === cadence.cap.window && moment.playbook.purpose === purpose;
  if (isSame) return { contactsInWindow, contactWindowEnd };
  moment.today.leads++;
  const zone = lead?.timezone ?? moment.deployment.profile.defaultTimezone;
  const window = live.ledger.window(cadence.cap, zone, now);
  const taken = await live.ledger.taken(live.store.read, leadId, purpose, window, decisionId);
  return { contactsInWindow: taken, contactWindowEnd: window.end };
}

const dayMs = 86_400_000;
