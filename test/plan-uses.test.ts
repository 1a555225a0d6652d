import { afterEach, describe, expect, it } from "vitest";
import { assetId, grantId } from "../src/domain/ids.ts";
import { anAsset, openTestService, type TestService } from "./support/service.ts";

let service: TestService;
afterEach(() => service.close());

const places = ["pricing-hero", "home-banner"].map((place) => ({ channel: "web", place, framing: "What others say" }));

/** Two assets under one grant with a cap, and a playbook that fills two places. */
async function openCapped(count: number) {
  service = await openTestService({ playbook: { touchpoints: places, maxPlacements: 2 } });
  const { grant } = anAsset(service.runtime.clock.now());
  await service.putAsset({ grant: { ...grant, maxUses: { count, perDays: 90 } } });
  await service.putAsset({ assetId: "second-quote", grant: undefined });
  const { catalogue, store, search } = service.vouchsafe;
  const { grants } = await catalogue.rights(store.read, assetId.parse("onboarding-quote"));
  const id = grantId.parse(grants[0]?.grantId);
  await store.write((trx) => catalogue.attachGrant(trx, assetId.parse("second-quote"), id));
  await search.refresh();
  await service.putLead();
  await service.putLead({ leadId: "L-2", email: "second@buyer.example" });
}

const shown = async () => {
  const { publications, store } = service.vouchsafe;
  return (await publications.list(store.read, { after: null, limit: 50 })).map(({ content }) => content.assetId).sort();
};

describe("a plan of two placements under one capped grant", () => {
  it("is published whole where the cap has room for both", async () => {
    await openCapped(2);
    expect((await service.decide({})).status).toBe("published");
    expect(await shown()).toEqual(["onboarding-quote", "second-quote"]);
    expect((await service.decide({ subject: "L-2" })).status).toBe("no-action");
  });

  it("does not pass the cap by its second, which is told why", async () => {
    await openCapped(1);
    const decision = await service.decide({});
    expect(await shown()).toHaveLength(1);
    const left = decision.candidates.find(({ assetId: one }) => one !== decision.placements[0]?.assetId);
    expect(left?.rejectedBy).toEqual(["endorser.fatigue"]);
    const { replays } = service.vouchsafe;
    expect((await replays.replay({ decisions: [decision.decisionId], limit: 10 })).counts).toMatchObject({ same: 1 });
  });
});
