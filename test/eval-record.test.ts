import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openVirtual, type VirtualService } from "../src/compose/open-virtual.ts";
import type { Decision } from "../src/domain/decision.ts";
import { decisionId as decisionIdSchema } from "../src/domain/ids.ts";
import type { EvalSetting } from "../src/evals/eval.ts";
import { gradeRun } from "../src/evals/graders/grade-run.ts";
import { loadScenarios } from "../src/evals/load-scenarios.ts";
import { readSetting } from "../src/evals/read-setting.ts";
import { runScenario } from "../src/evals/run-scenario.ts";
import { settle } from "../src/evals/settle.ts";
import { sampleLines } from "./support/sample.ts";

const folder = mkdtempSync(join(tmpdir(), "vouchsafe-record-"));
let setting: EvalSetting;
let service: VirtualService;
const decisions: Decision[] = [];

beforeAll(async () => {
  setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
  const { deployment, guardrail } = setting;
  const ground = { deployment, guardrail, sampleFrom: "data", publicUrl: "https://proof.example" };
  service = await openVirtual({ ...ground, now: Date.parse("2026-11-03T10:00:00Z"), seed: "record" });
  const { intake, store, decisions: records } = service.vouchsafe;
  service.vouchsafe.start();
  for (const event of sampleLines("events.jsonl")) {
    const taken = await intake.accept(event);
    if (taken.outcome === "refused") continue;
    await settle(service);
    const decision = await records.get(store.read, taken.decisionId);
    if (decision) decisions.push(decision);
  }
}, 120_000);
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const tell = (decision: Decision) =>
  service.vouchsafe.scenarioRecorder.tell(service.vouchsafe.store.read, decision.decisionId);

it("tells decisions so that they can be played again, and nothing else comes of them where all is told", async () => {
  const file = join(folder, "recorded.jsonl");
  const told = [];
  for (const decision of decisions) if (decision.playbook) told.push(await tell(decision));
  expect(told.length).toBeGreaterThan(40);
  writeFileSync(file, told.map(({ scenario }) => JSON.stringify(scenario)).join("\n"));
  const { scenarios, unusable } = loadScenarios([file], setting);
  expect(unusable).toEqual([]);
  const failed: string[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const graded = gradeRun(await runScenario(scenario, setting));
    const gaps = told[index]?.gaps ?? [];
    if (!graded.passed && gaps.length === 0)
      failed.push(
        `${scenario.scenario.id} ${JSON.stringify(graded.grades.filter((one) => !one.passed).map((one) => one.words))} ${graded.run.fault}`,
      );
  }
  expect(failed).toEqual([]);
}, 120_000);

it("names nobody: no lead, no endorser, no company, no id of theirs", async () => {
  const leads = sampleLines("leads.jsonl");
  const assets = sampleLines("assets.jsonl");
  const names = [
    ...leads.flatMap((lead) => [lead.leadId, lead.name, lead.email, lead.phone, companyOf(lead)]),
    ...assets.flatMap((asset) => [asset.assetId, nameOf(asset), companyOf(asset, "endorser")]),
  ].filter((name) => typeof name === "string" && name.length > 3 && name !== setting.deployment.profile.name);
  for (const decision of decisions.filter(({ playbook }) => playbook)) {
    const text = JSON.stringify((await tell(decision)).scenario);
    expect(names.filter((name) => text.includes(String(name)))).toEqual([]);
  }
});

it("keeps no word that a lead wrote", async () => {
  const written = readFileSync("data/sample/events.jsonl", "utf8");
  const chat = decisions.find(({ leadId }) => leadId === "L-2017");
  if (!chat) throw new Error("the sample has no chat");
  const { scenario, gaps } = await tell(chat);
  expect(written).toContain("on est hors budget");
  expect(JSON.stringify(scenario)).not.toContain("on est hors budget");
  expect(gaps.join(" ")).toContain("words");
});

function companyOf(record: Record<string, unknown>, field = "company"): unknown {
  const found = record[field];
  if (typeof found !== "object" || found === null) return null;
  return "company" in found ? found.company : "name" in found ? found.name : null;
}

function nameOf(asset: Record<string, unknown>): unknown {
  const { endorser } = asset;
  return typeof endorser === "object" && endorser !== null && "name" in endorser ? endorser.name : null;
}

it("says why there is nothing to tell: an unknown decision, one whose recording is gone", async () => {
  const { scenarioRecorder, store } = service.vouchsafe;
  const unknown = decisionIdSchema.parse(`dec_${"0".repeat(26)}`);
  await expect(scenarioRecorder.tell(store.read, unknown)).rejects.toMatchObject({ code: "not-found" });
  const [decision] = decisions;
  if (!decision) throw new Error("there is no decision");
  await store.write((trx) => trx.deleteFrom("recordings").where("decision_id", "=", decision.decisionId).execute());
  await expect(tell(decision)).rejects.toMatchObject({ code: "gone" });
});
