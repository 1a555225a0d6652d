import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hero, openTestTools } from "../../test/support/tools.ts";
import { checkLicenseAnswer, searchProofAnswer, toolNames } from "../domain/tool-answers.ts";
import type { ToolBox } from "./tool.ts";

let tools: Awaited<ReturnType<typeof openTestTools>>;
let leads = 0;

beforeAll(async () => {
  tools = await openTestTools();
  await tools.service.putAsset();
});
afterAll(() => tools.service.close());

async function boxFor(lead: Record<string, unknown> = {}): Promise<ToolBox> {
  const id = `L-${++leads}`;
  await tools.service.putLead({ leadId: id, ...lead });
  return tools.service.vouchsafe.tools.bind(await tools.contextOf(await tools.openDecision(id)));
}

const quote = { assetId: "onboarding-quote", assetVersion: 1, touchpoint: hero };
const query = { touchpoint: hero, useEventText: false };

describe("a tool box", () => {
  it("holds the tools that read, and none that publishes", async () => {
    const box = await boxFor();
    expect([...box.names].sort()).toEqual(toolNames.filter((name) => name !== "publish-proof").sort());
    await expect(box.call("publish-proof", {})).rejects.toMatchObject({ code: "invalid" });
    await expect(box.call("toString", {})).rejects.toMatchObject({ code: "invalid" });
  });

  it("refuses an input that does not parse, and points at the field", async () => {
    const box = await boxFor();
    await expect(box.call("search-proof", { ...query, limit: 500 })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ pointer: "/limit" }],
    });
    await expect(box.call("lookup-lead", { leadId: "L-2" })).rejects.toMatchObject({ code: "invalid" });
    await expect(box.call("search-proof", null)).rejects.toMatchObject({ code: "invalid" });
    const elsewhere = { ...query, touchpoint: { channel: "web", place: "nowhere" } };
    await expect(box.call("search-proof", elsewhere)).rejects.toMatchObject({ code: "invalid" });
    expect(box.offers).toEqual([]);
  });

  it("notes what search offered there, and nothing before it", async () => {
    const box = await boxFor();
    await box.call("check-license", quote);
    expect(box.offers).toEqual([]);
    const { hits } = searchProofAnswer.parse(await box.call("search-proof", query));
    expect(hits.map((hit) => hit.assetId)).toEqual(["onboarding-quote"]);
    expect(box.offers).toMatchObject([{ ...quote, score: hits[0]?.score, rejectedBy: [] }]);
  });

  it("notes near misses with the rules in their way", async () => {
    const box = await boxFor({ company: { name: "Example Freight", industry: "logistics" } });
    await box.call("search-proof", query);
    for (const offer of box.offers) expect(offer.rejectedBy).not.toEqual([]);
    expect(box.offers.map((offer) => offer.assetId)).toEqual(["onboarding-quote"]);
  });
});

describe("the tools that read", () => {
  it("tell of the lead without saying who it is", async () => {
    const answer = JSON.stringify(await (await boxFor()).call("lookup-lead", {}));
    expect(answer).toContain('"persona":"revops"');
    expect(answer).not.toMatch(/Mustermann|buyer\.example|\+4930/);
  });

  it("judge a placement without offering or publishing it", async () => {
    const checked = checkLicenseAnswer.parse(await (await boxFor()).call("check-license", quote));
    expect(checked).toEqual({ effect: "allow", asset: [], lead: [] });
  });

  it("keep what is wrong with the asset apart from what is wrong with the lead", async () => {
    await tools.service.putAsset({ assetId: "disputed-quote" });
    const { store, catalogue, crm } = tools.service.vouchsafe;
    const box = await boxFor();
    const disputed = { ...quote, assetId: "disputed-quote" };
    await store.write(async (trx) => {
      const { assetId } = tools.placementOf(hero, "disputed-quote");
      await catalogue.setStatus(trx, assetId, "disputed");
    });
    const ofAsset = checkLicenseAnswer.parse(await box.call("check-license", disputed));
    expect(ofAsset).toMatchObject({ effect: "deny", lead: [] });
    expect(ofAsset.asset).not.toEqual([]);

    const opened = await tools.openDecision(`L-${leads}`);
    await store.write((trx) => crm.suppress(trx, opened.frame.leadId, "web", "objection"));
    const objecting = tools.service.vouchsafe.tools.bind(await tools.contextOf(opened));
    const ofLead = checkLicenseAnswer.parse(await objecting.call("check-license", quote));
    expect(ofLead).toMatchObject({ effect: "deny", asset: [] });
    expect(ofLead.lead).not.toEqual([]);
    expect(await objecting.call("check-consent", { touchpoint: hero })).toMatchObject({ permitted: false });
    expect(await box.call("check-consent", { touchpoint: hero })).toMatchObject({ permitted: true });
  });

  it("count what the lead was shown against the cap", async () => {
    const lead = `L-${++leads}`;
    await tools.service.putLead({ leadId: lead });
    const shown = await tools.openDecision(lead);
    await tools.publish(shown, [await tools.permitted(shown)]);
    const box = tools.service.vouchsafe.tools.bind(await tools.contextOf(await tools.openDecision(lead)));
    expect(await box.call("exposure-history", {})).toEqual({ exposures: [], contactsInWindow: 1, cap: 1 });
  });
});
