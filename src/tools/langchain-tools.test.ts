import { afterAll, beforeAll, expect, it } from "vitest";
import { hero, openTestTools } from "../../test/support/tools.ts";

let tools: Awaited<ReturnType<typeof openTestTools>>;

beforeAll(async () => {
  tools = await openTestTools();
  await tools.service.putAsset();
  await tools.service.putLead();
});
afterAll(() => tools.service.close());

async function toolsForModel() {
  const registry = tools.service.vouchsafe.tools;
  const box = registry.bind(await tools.contextOf(await tools.openDecision("L-1")));
  const byName = new Map(registry.forModel(box).map((tool) => [tool.name, tool]));
  const named = (name: string) => {
    const tool = byName.get(name);
    if (!tool) throw new Error(`no tool ${name}`);
    return tool;
  };
  return { box, names: [...byName.keys()], named };
}

const query = { touchpoint: hero, useEventText: false };

it("gives a model every tool of the box, described, and no other", async () => {
  const { box, names, named } = await toolsForModel();
  expect(names).toEqual(box.names);
  for (const name of names) expect(named(name).description.length).toBeGreaterThan(20);
});

it("answers a call in JSON as the box does, and what it found counts as offered", async () => {
  const { box, named } = await toolsForModel();
  const answer: unknown = await named("search-proof").invoke(query);
  expect(JSON.parse(String(answer))).toMatchObject({ touchpoint: hero, hits: [{ assetId: "onboarding-quote" }] });
  expect(box.offers).toMatchObject([{ assetId: "onboarding-quote", assetVersion: 1, touchpoint: hero }]);
});

it("takes a model's tool call, and answers with its id", async () => {
  const { named } = await toolsForModel();
  const call = { type: "tool_call" as const, id: "call-1", name: "search-proof", args: query };
  expect(await named("search-proof").invoke(call)).toMatchObject({ tool_call_id: "call-1", name: "search-proof" });
});

it("refuses what does not parse, and runs nothing", async () => {
  const { box, named } = await toolsForModel();
  await expect(named("search-proof").invoke({ ...query, limit: 500 })).rejects.toThrow();
  await expect(named("search-proof").invoke({ touchpoint: "hero" })).rejects.toThrow();
  await expect(named("lookup-lead").invoke({ leadId: "L-2" })).rejects.toThrow();
  expect(box.offers).toEqual([]);
});
