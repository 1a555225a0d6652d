import { afterAll, beforeAll, expect, test } from "vitest";
import { hero, openTestTools } from "../../test/support/tools.ts";

let tools: Awaited<ReturnType<typeof openTestTools>>;
let ago: (days: number) => string;
beforeAll(async () => {
  tools = await openTestTools();
  ago = (days) => new Date(tools.service.runtime.clock.now() - days * 86_400_000).toISOString();
});
afterAll(() => tools.service.close());

async function offers(language: string) {
  const lead = `L-${language}`;
  await tools.service.putLead({ leadId: lead, language });
  const context = await tools.contextOf(await tools.openDecision(lead));
  const box = tools.service.vouchsafe.tools.bind(context);
  await box.call("search-proof", { touchpoint: hero, kinds: [], themes: [], objections: [], useEventText: false });
  return box.offers.map(({ assetId, asks, rejectedBy }) => [assetId, ...asks, ...rejectedBy]);
}

test("what is over its age comes last, says who would be asked, and keeps no fresh proof in another language away", async () => {
  await tools.service.putAsset({ assetId: "alt", language: "de", freshnessTimestamp: ago(900) });
  expect(await offers("de")).toEqual([["alt", "asset.fresh"]]);
  await tools.service.putAsset({ assetId: "old", language: "en", freshnessTimestamp: ago(900) });
  expect(await offers("de")).toEqual([
    ["alt", "asset.fresh"],
    ["old", "asset.fresh"],
  ]);
  await tools.service.putAsset({ assetId: "new", language: "en" });
  expect(await offers("de")).toEqual([["new"], ["alt", "asset.fresh"], ["old", "asset.fresh"]]);
  await tools.service.putAsset({ assetId: "neu", language: "de" });
  expect(await offers("de")).toEqual([["neu"], ["alt", "asset.fresh"]]);
  expect(await offers("en")).toEqual([["new"], ["old", "asset.fresh"]]);
});
