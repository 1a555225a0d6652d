import { afterAll, beforeAll, expect, test } from "vitest";
import { hero, openTestTools } from "../../test/support/tools.ts";
import { webChannel } from "../channels/web/web-channel.ts";
import { deployerProfile } from "../domain/deployer-profile.ts";
import { assetId } from "../domain/ids.ts";
import { makeContactLedger } from "../exposure/contact-ledger.ts";
import { makeExposureHistory } from "../exposure/sql-exposure.ts";
import { makeDutiesOf } from "../guardrails/display-duties.ts";
import { makeFactGatherer } from "./gather-facts.ts";

let tools: Awaited<ReturnType<typeof openTestTools>>;
beforeAll(async () => {
  tools = await openTestTools();
  await tools.service.putAsset();
});
afterAll(() => tools.service.close());

/** The gatherer under a profile that differs. */
function gathererUnder(profile: object) {
  const { vouchsafe, runtime } = tools.service;
  const deployment = {
    ...vouchsafe.deployment,
    profile: deployerProfile.parse({ ...vouchsafe.deployment.profile, ...profile }),
  };
  return makeFactGatherer({
    ...vouchsafe,
    deployment,
    exposures: makeExposureHistory(),
    ledger: makeContactLedger({ clock: runtime.clock }),
    channels: new Map([[webChannel.name, webChannel]]),
    email: () => null,
    dutiesOf: makeDutiesOf(),
    pilotShares: () => 0.5,
  });
}

const placement = { assetId: assetId.parse("onboarding-quote"), assetVersion: 1, touchpoint: hero };

test("contacts are counted for the caps that the profile sets, over the leads of the account and on the channel", async () => {
  const { store } = tools.service.vouchsafe;
  for (const leadId of ["L-1", "L-2"]) await tools.service.putLead({ leadId, accountId: "A-1" });
  await tools.service.putLead({ leadId: "L-3" });
  const first = await tools.openDecision("L-1");
  expect(await tools.publish(first, [await tools.permitted(first)])).toMatchObject({ outcome: "published" });
  const cap = { count: 1, window: "week" };
  const facts = gathererUnder({ contactCaps: { account: cap, channels: { web: cap } } });
  const factsOf = async (lead: string) => {
    const { frame } = await tools.openDecision(lead);
    return facts.placement(store.read, frame, await facts.lead(store.read, frame), placement);
  };
  const end = expect.any(Number);
  const own = { accountContacts: 1, accountWindowEnd: end, channelContacts: 1, channelWindowEnd: end };
  expect(await factsOf("L-1")).toMatchObject(own);
  expect(await factsOf("L-2")).toMatchObject({ ...own, channelContacts: 0 });
  expect(await factsOf("L-3")).toMatchObject({ accountContacts: null, accountWindowEnd: null, channelContacts: 0 });
  const held = tools.service.vouchsafe.guardrail.judge(await factsOf("L-2"));
  expect(held.verdict).toMatchObject({ effect: "hold", findings: [{ evidence: { of: "account", contacts: 1 } }] });
  const uncapped = gathererUnder({});
  const { frame } = await tools.openDecision("L-1");
  const side = await uncapped.lead(store.read, frame);
  expect(side).toMatchObject({ accountContacts: null, accountWindowEnd: null, channelCaps: {} });
});

test("the words around a proof are the template's, a person's, or else the planner's", async () => {
  const { store } = tools.service.vouchsafe;
  await tools.service.putLead({ leadId: "L-9" });
  const { frame } = await tools.openDecision("L-9");
  const lead = await tools.facts.lead(store.read, frame);
  const by = async (words: { framing?: string; isEdited?: boolean }) => {
    const { framingBy } = await tools.facts.placement(store.read, frame, lead, { ...placement, ...words });
    return framingBy;
  };
  expect(await by({})).toBe("template");
  expect(await by({ framing: "What others say" })).toBe("template");
  expect(await by({ framing: "Other words" })).toBe("planner");
  expect(await by({ framing: "Other words", isEdited: true })).toBe("person");
});
