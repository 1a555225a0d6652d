import { AppError } from "../domain/errors.ts";
import { decisionId, leadId } from "../domain/ids.ts";
import type { DemoDeps } from "./demo-deps.ts";
import { emailPane } from "./email-pane.ts";
import { isBusy } from "./is-busy.ts";
import { loadDecision, loadHistory } from "./load-decision.ts";
import { loadLead, loadLeadCards } from "./load-leads.ts";
import { loadSlot, loadSlotPlaces } from "./load-slot.ts";
import { moveContext } from "./move-context.ts";
import { moveNames, moves } from "./moves.ts";
import { stories, storyNames } from "./stories.ts";
import type { DemoView, Where } from "./view.ts";

/** Reads what the page shows. Throws `not-found` for a lead that is not the sample's, or a decision of another lead. */
export async function loadView(deps: DemoDeps, where: Where): Promise<DemoView> {
  const lead = leadId.parse(verifySampleLead(deps, where.lead));
  // First: a decision that ends while the rest is read is then looked at again at once.
  const busy = await isBusy(deps, lead);
  const history = await deps.decisions.list(deps.store.read, { leadId: lead, after: null, limit: 30 });
  const shownId = where.decision ?? history[0]?.decisionId ?? null;
  const decision = shownId === null ? null : await loadDecision(deps, lead, decisionId.parse(shownId));
  const places = await loadSlotPlaces(deps, lead);
  const slot = await loadSlot(deps, lead, places, where.place ?? placeOf(decision?.decision));
  const context = await moveContext(deps, lead, slot.place);
  return {
    where,
    clock: { now: deps.clock.now(), aheadMs: deps.clock.aheadMs() },
    vendor: deps.deployment.profile.name,
    leads: await loadLeadCards(deps),
    lead: await loadLead(deps, lead),
    moves: moveNames.map((name) => ({ name, isOffered: moves[name].event(context) !== null })),
    stories: storyNames.filter((name) => deps.sample?.leads.includes(stories[name].lead)),
    story: where.story && stories[where.story],
    slot,
    email: await emailPane(deps, decision),
    decision,
    history: await loadHistory(deps, history),
    isBusy: busy,
  };
}

/** Anything else is no business of the demo's, whether it is there or not. */
export function verifySampleLead({ sample }: Pick<DemoDeps, "sample">, id: string): string {
  if (sample?.leads.includes(id)) return id;
  throw new AppError("not-found", "There is no lead of this id in the sample.");
}

function placeOf(decision: { placements: readonly { touchpoint: { channel: string; place: string } }[] } | undefined) {
  return decision?.placements.find(({ touchpoint }) => touchpoint.channel === "web")?.touchpoint.place ?? null;
}
