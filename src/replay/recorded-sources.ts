import type { EmailSetup } from "../domain/facts.ts";
import { decisionId } from "../domain/ids.ts";
import type { Observed } from "../domain/observed.ts";
import type { Planner } from "../planners/planner.ts";
import { type Moment, nowOf } from "./moment.ts";
import {
  recordedCatalogue,
  recordedClearances,
  recordedSearch,
  recordedSeen,
  recordedUses,
} from "./recorded-catalogue.ts";
import { recordedLead } from "./recorded-lead.ts";
import type { Base, Change, Live, Sources } from "./replay.ts";

/**
 * What decisions read, answered from the recording of the attempt at hand: the real gatherer, tools, planner, rules and
 * graph stand on it and cannot tell. `at` gives that attempt. What serves is only ever read.
 */
export function recordedSources(at: () => Moment, live: Live, change: Change | null): (base: Base) => Sources {
  return (base) => ({
    clock: { now: () => nowOf(at()) },
    deployment: {
      brand: live.deployment.brand,
      taxonomy: live.deployment.taxonomy,
      get profile() {
        return at().deployment.profile;
      },
      get playbooks() {
        return at().deployment.playbooks;
      },
      playbook: (id, version) => at().deployment.playbook(id, version),
      choosePlaybook: (moment) => at().deployment.choosePlaybook(moment),
    },
    inbox: {
      ...base.inbox,
      event: (_, id) => live.inbox.event(live.store.read, id),
      verifyFence: async () => {},
      settle: async () => {},
    },
    crm: { ...base.crm, lead: async (_, leadId) => leadRecord(at(), leadId) },
    catalogue: recordedCatalogue(at, live),
    exposures: recordedUses(at, live),
    search: live.search,
    searchInstead: recordedSearch(at, live),
    ledger: { ...base.ledger, take: async () => !(at().phase === "publishing" && at().reads.act?.isCapFull) },
    decisions: {
      ...base.decisions,
      // All that observing asks of the list is whether a newer decision overtook this one.
      async list(db) {
        const { decisionId, reads } = at();
        const own = reads.isOvertaken ? await base.decisions.get(db, decisionId) : null;
        return own ? [{ ...own, decisionId: newest, status: "held" }] : [];
      },
    },
    approvals: {
      ...base.approvals,
      ofDecision: async () => answersOf(at(), live),
      approvedUses: recordedSeen(at, live),
    },
    clearances: { ...base.clearances, ofVersion: recordedClearances(at, live) },
    email: () => emailOf(at(), change),
    guardrail: change?.guardrail ?? live.guardrail,
    planner: plannerOf(at, live.planner.kind === "rules" ? live.planner : base.planner, change),
    factsInstead: (own) => ({
      async lead(_, about) {
        const moment = at();
        moment.phase = moment.phase === "begun" ? "judging" : "publishing";
        // It did not come to publishing then: nothing says that anything changed before.
        if (moment.judgedBy && moment.reads.act === null) return moment.judgedBy;
        moment.judgedBy = await recordedLead(moment, live, about);
        return moment.judgedBy;
      },
      async placement(db, about, lead, proposed, before) {
        const facts = await own.placement(db, about, lead, proposed, before);
        return { ...facts, voice: change?.brand ? (change.brand.voice ?? null) : at().settings.voice };
      },
    }),
  });
}

/** As it was set up, under the name that a changed brand file gives and at the address of a changed profile. */
function emailOf({ settings: { email } }: Moment, change: Change | null): EmailSetup | null {
  if (email === null) return null;
  const sender = change?.brand?.sender;
  return {
    ...email,
    ...(sender && { senderName: sender.name, senderAddress: sender.address }),
    ...(change?.profile && { postalAddress: change.profile.postalAddress }),
  };
}

/** Sorts after every id there is. */
const newest: Moment["decisionId"] = decisionId.parse("dec_7ZZZZZZZZZZZZZZZZZZZZZZZZZ");

function leadRecord({ observed, reads }: Moment, leadId: Observed["leadId"]) {
  if (!observed?.lead) return null;
  const { lead: facts, hasCompanyEmail } = observed;
  return { leadId, facts, hasCompanyEmail, hasEmail: reads.lead?.hasEmail ?? false, updatedAt: reads.now };
}

/** Each answer as it stood then: what a person wrote is read where it is sealed. */
async function answersOf(moment: Moment, live: Live) {
  const { decisionId: id, reads } = moment;
  if (reads.answers.length === 0) return [];
  const stored = await live.approvals.ofDecision(live.store.read, id);
  return reads.answers.flatMap(({ approvalId, status }) => {
    const answer = stored.find((one) => one.approvalId === approvalId);
    if (!answer || (status === "edited" && answer.editedFraming === null)) {
      moment.isErased = true;
      return [];
    }
    return [{ ...answer, status, editedFraming: status === "edited" ? answer.editedFraming : null }];
  });
}

/** `rules` plans again; of any other planner, which may answer otherwise each time, the recorded plans stand. */
function plannerOf(at: () => Moment, rules: Planner, change: Change | null): Planner {
  const isRules = () => change?.planner != null || at().settings.planner.kind === "rules";
  const own = change?.planner ?? rules;
  return {
    get kind() {
      return isRules() ? own.kind : "llm";
    },
    get version() {
      return isRules() ? own.version : at().settings.planner.version;
    },
    async plan(request, tools) {
      if (isRules()) return own.plan(request, tools);
      const moment = at();
      const recorded = moment.reads.plans?.[moment.planned++];
      if (recorded === undefined) {
        moment.today.plans++;
        return null;
      }
      for (const [tool, input] of recorded.calls) await tools.call(tool, input).catch(() => null);
      return recorded.plan;
    },
  };
}
