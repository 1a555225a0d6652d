import type { VirtualService } from "../compose/open-virtual.ts";
import { content } from "../domain/content.ts";
import { jsonDigest } from "../domain/hash.ts";
import { assetId, leadId } from "../domain/ids.ts";
import type { Scenario } from "./scenario.ts";

/** Milliseconds UTC at which the first thing happens that the scenario tells of. */
export function beginningOf({ now, shown }: Scenario): number {
  return Math.min(Date.parse(now), ...shown.map(({ at }) => Date.parse(at)));
}

/** Publishes what was shown before, each at its time, and sets the clock to the scenario's beginning. None of it is live then. */
export async function showBefore(service: VirtualService, { now, shown }: Scenario): Promise<void> {
  for (const one of shown.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    service.moveTo(Date.parse(one.at));
    await show(service, one);
  }
  service.moveTo(Date.parse(now));
}

async function show({ vouchsafe, now }: VirtualService, shown: Scenario["shown"][number]): Promise<void> {
  const { store, publications, ledger, crm, deployment, runtime } = vouchsafe;
  const lead = leadId.parse(shown.lead);
  const decisionId = runtime.ids.next("dec");
  const what = content.parse({
    assetId: assetId.parse(shown.asset),
    assetVersion: 1,
    endorserId: null,
    touchpoint: { channel: "web", place: "shown-before" },
    language: "en",
    elements: [],
    attribution: "anonymous",
    quote: null,
    framing: "",
    disclosures: [],
    links: [],
  });
  await store.write(async (trx) => {
    await publications.publish(trx, {
      publicationId: runtime.ids.next("pub"),
      decisionId,
      placementId: runtime.ids.next("plc"),
      leadId: lead,
      content: what,
      editedIn: null,
      contentHash: jsonDigest(what),
      rulesetVersion: "before",
      liveUntil: now() + 1,
    });
    const record = await crm.lead(trx, lead);
    const timezone = record?.facts.timezone ?? deployment.profile.defaultTimezone;
    // By the time at which it was made it counts in windows of any length.
    const window = ledger.window({ count: most, window: "day" }, timezone, now());
    await ledger.take(trx, { lead, purpose: shown.purpose, window, cap: most, decisionId });
  });
}

/** Nothing is refused here: what was shown was shown. */
const most = 1000;
