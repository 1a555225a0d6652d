import { expect, it } from "vitest";
import { readSetting } from "./read-setting.ts";

const folders = { configDir: "data", playbooksDir: "data/playbooks" };

it("says what it was read from as plain data, which a thread can be handed", async () => {
  const { source } = await readSetting({ ...folders, ...{ onProgress: () => {} } });
  expect(structuredClone(source)).toEqual({ ...folders, planner: "rules" });
});

it("knows the sample's records by id, and none where there is no sample", async () => {
  const { sample } = await readSetting(folders);
  expect(sample.leads.get("L-1042")).toMatchObject({ country: "DE" });
  expect(sample.playbooks.has("evaluation-proof")).toBe(true);
});

it("says what is wrong with the folders", async () => {
  await expect(readSetting({ configDir: "nowhere", playbooksDir: "nowhere" })).rejects.toMatchObject({
    code: "config",
  });
  await expect(readSetting({ ...folders, planner: "llm" })).rejects.toMatchObject({ code: "config" });
});
