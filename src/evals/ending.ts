import type { VirtualService } from "../compose/open-virtual.ts";
import type { Ending } from "./eval.ts";
import { findViolations } from "./invariants.ts";
import type { Scenario } from "./scenario.ts";
import type { ScriptedMail } from "./scripted-mail.ts";

const all = { after: null, limit: 1000 };

/** How everything stands at the end, and what of it may never be. */
export async function endingOf(service: VirtualService, mail: ScriptedMail, scenario: Scenario): Promise<Ending> {
  const { store, decisions, publications } = service.vouchsafe;
  const found = {
    decisions: await decisions.list(store.read, all),
    publications: await publications.list(store.read, all),
    sent: { ...mail.sent },
  };
  const states = await store.read
    .selectFrom("deliveries")
    .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const deliveries = Object.fromEntries(states.map(({ state, count }) => [state, Number(count)]));
  return { ...found, deliveries, violations: await findViolations(service, found, scenario) };
}
