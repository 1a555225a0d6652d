import { beforeAll, expect, it } from "vitest";
import { askedReason, askedRule, makeAskingGuardrail } from "../../test/support/asking-guardrail.ts";
import type { EvalSetting, ScenarioRun } from "./eval.ts";
import { readSetting } from "./read-setting.ts";
import { runScenario } from "./run-scenario.ts";
import { scenario } from "./scenario.ts";

let setting: EvalSetting;
beforeAll(async () => {
  setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
});

const pricing = {
  type: "lead.page-viewed.v1",
  lead: "L-1",
  data: { url: "https://www.tidewise.example/pricing", title: "Pricing" },
};

async function play(changes: Record<string, unknown>, under: Partial<EvalSetting> = {}): Promise<ScenarioRun> {
  const written = scenario.parse({
    id: "a-test",
    title: "A test",
    group: "tests",
    now: "2026-11-03T10:00:00Z",
    assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof" }],
    leads: [{ like: "L-1042", leadId: "L-1", name: "Paula Probe" }],
    steps: [{ event: pricing }],
    ...changes,
  });
  return runScenario({ scenario: written, file: "test.yaml", line: 1 }, { ...setting, ...under });
}

it("plays events, looks at the page and takes the proof back, with the same ids each time", async () => {
  const steps = [
    { event: pricing },
    { look: { lead: "L-1", place: "pricing-hero", asset: "proof" } },
    { revoke: "proof" },
    { look: { lead: "L-1", place: "pricing-hero", asset: null } },
  ];
  const first = await play({ steps });
  expect(first.fault).toBeNull();
  expect(first.moments.map(({ action, seen }) => [action, seen?.asset])).toEqual([
    ["show", undefined],
    ["show", "proof"],
    ["nothing", undefined],
    ["nothing", null],
  ]);
  expect(first.moments[1]?.seen?.text).toContain("bezahlt gemacht.\nErika Mustermann, Leiterin");
  expect(first.moments[0]?.trace.map(({ name }) => name)).toContain("publish-proof");
  expect(first.ending.violations).toEqual([]);
  const second = await play({ steps });
  const ids = (run: ScenarioRun) => run.ending.publications.map(({ publicationId }) => publicationId);
  expect(ids(second)).toEqual(ids(first));
  expect(ids(first)).toHaveLength(1);
});

it("lets a person clear what is asked about a version, for every lead, and refuse it", async () => {
  const second = { like: "L-1", leadId: "L-2", email: "other@company.example" };
  const world = {
    assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof", grant: { maxUses: { count: 9, perDays: 9 } } }],
    leads: [{ like: "L-1042", leadId: "L-1", name: "Paula Probe" }, second],
  };
  const under = { guardrail: await makeAskingGuardrail() };
  const run = await play(
    {
      ...world,
      steps: [
        { event: pricing },
        { clear: { asset: "proof", days: 3 } },
        { event: { ...pricing, lead: "L-2" } },
        { clear: { asset: "proof", verdict: "refuse" } },
        { look: { lead: "L-2", place: "pricing-hero", asset: null } },
      ],
    },
    under,
  );
  expect(run.fault).toBeNull();
  expect(run.moments.map(({ action }) => action)).toEqual(["hold", "show", "show", "nothing", "nothing"]);
  expect(run.moments[4]?.seen?.asset).toBeNull();
  expect(run.ending.violations).toEqual([]);
  const clearances = [{ asset: "proof", rule: askedRule, reason: askedReason }];
  const before = await play({ ...world, clearances }, under);
  expect(before.moments.map(({ action }) => action)).toEqual(["show"]);
  const unasked = await play({ ...world, steps: [{ event: pricing }, { clear: { asset: "proof" } }] });
  expect(unasked.fault).toContain("Nothing is asked about proof");
});

it("lets a person answer, and time run out", async () => {
  const asks = { script: [{ place: [{ asset: "proof", at: "web/pricing-hero" }], confidence: 0.2 }] };
  const approved = await play({ ...asks, steps: [{ event: pricing }, { answer: { verdict: "approve" } }] });
  expect(approved.moments.map(({ action }) => action)).toEqual(["ask", "show"]);
  const expired = await play({ ...asks, steps: [{ event: pricing }, { wait: { days: 4 } }] });
  expect(expired.moments.map(({ action }) => action)).toEqual(["ask", "nothing"]);
  expect(expired.moments[1]?.decision?.status).toBe("denied");
});

it("takes an asset through the steps of its life", async () => {
  const look = (asset: string | null) => ({ look: { lead: "L-1", place: "pricing-hero", asset } });
  const to = (status: string) => ({ status: { asset: "proof", to: status } });
  const run = await play({
    steps: [{ event: pricing }, to("deprecated"), look(null), to("active"), look("proof"), to("disputed"), look(null)],
  });
  expect(run.fault).toBeNull();
  expect(run.moments.map(({ seen }) => seen?.asset)).toEqual([
    ...[undefined, undefined, null],
    ...[undefined, "proof"],
    ...[undefined, null],
  ]);
});

it("writes to nobody where readers could unsubscribe by an open link alone", async () => {
  const written = {
    assets: [{ like: "newsletter-only-nonesuch", assetId: "proof" }],
    leads: [{ like: "L-4002", leadId: "L-1", name: "Paula Probe", persona: "operations" }],
    steps: [{ event: { type: "lead.stage-changed.v1", lead: "L-1", data: { to: "evaluation" } } }],
  };
  const sent = async (changes: Record<string, unknown>) =>
    Object.keys((await play({ ...written, ...changes })).ending.sent).length;
  expect(await sent({})).toBe(1);
  expect(await sent({ publicUrl: "http://proof.example" })).toBe(0);
});

it("takes a refused answer for the step's outcome only where it is expected", async () => {
  const asks = { script: [{ place: [{ asset: "proof", at: "web/pricing-hero" }], confidence: 0.2 }] };
  const approve = { answer: { verdict: "approve" } };
  const refused = await play({
    ...asks,
    steps: [{ event: pricing }, approve, { ...approve, expect: { action: "refuse" } }],
  });
  expect(refused.fault).toBeNull();
  expect(refused.moments.map(({ action }) => action)).toEqual(["ask", "show", "refuse"]);
  expect(refused.moments[2]?.refusal?.message).toContain("409");
  const unexpected = await play({ ...asks, steps: [{ event: pricing }, approve, approve] });
  expect(unexpected.fault).toContain("409");
});

it("writes a record anew as it was last written, whatever it was like at first", async () => {
  const shown = async (steps: readonly unknown[]) => {
    const run = await play({
      steps: [{ event: pricing }, ...steps, { event: { ...pricing, lead: "L-2" } }],
      leads: [
        { like: "L-1042", leadId: "L-1", name: "Paula Probe" },
        { like: "L-1", leadId: "L-2", name: "Pia Probe" },
      ],
    });
    expect(run.fault).toBeNull();
    return run.moments.at(-1)?.decision?.placements.map(({ assetId, assetVersion }) => `${assetId}@${assetVersion}`);
  };
  const renamed = { asset: { like: "proof", title: "Nine days" } };
  expect(await shown([])).toEqual(["proof@1"]);
  expect(await shown([renamed])).toEqual(["proof@2"]);
  expect(await shown([renamed, { asset: { like: "proof", themes: ["support"] } }])).toEqual(["proof@3"]);
  expect(await shown([{ lead: { like: "L-2", country: "US" } }])).toEqual([]);
});

it("tries again after the CRM failed", async () => {
  const run = await play({ steps: [{ crmFails: 1 }, { event: pricing }, { wait: { minutes: 30 } }] });
  expect(run.moments.map(({ action }) => action)).toEqual([null, null, "show"]);
});

it("gives the fault of a step that cannot be taken in words, with what was reached", async () => {
  const run = await play({ steps: [{ event: pricing }, { answer: { verdict: "approve" } }] });
  expect(run.fault).toContain("Nothing waits for a person");
  expect(run.moments).toHaveLength(1);
});

it("writes a record anew, like one that is itself like the sample's", async () => {
  const quote = "Nach neun Tagen lief jeder Auftrag über Tidewise.";
  const run = await play({ steps: [{ asset: { like: "proof", quote } }, { event: pricing }] });
  expect(run.fault).toBeNull();
  expect(run.moments[1]?.decision?.placements).toMatchObject([{ assetId: "proof", assetVersion: 2 }]);
});

it("names the field of a record that cannot be used", async () => {
  const run = await play({ leads: [{ like: "L-1042", leadId: "L-1", stage: "dreaming" }] });
  expect(run.fault).toContain("/leads/0/stage");
});

it("knows what the lead was shown before: repeats and caps count it", async () => {
  const shown = { lead: "L-1", asset: "proof", at: "2026-11-02T10:00:00Z" };
  const fresh = await play({});
  expect(fresh.moments[0]?.action).toBe("show");
  const repeated = await play({ shown: [shown] });
  expect(repeated.fault).toBeNull();
  expect(repeated.moments[0]?.action).toBe("nothing");
  expect(repeated.ending.violations).toEqual([]);
  const other = { like: "nordlicht-in-neun-tagen-live", assetId: "other" };
  const capped = await play({
    assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof" }, other],
    shown: [shown, { ...shown, at: "2026-11-02T11:00:00Z" }, { ...shown, at: "2026-11-03T09:00:00Z" }],
  });
  expect(capped.moments[0]?.decision?.placements[0]?.findings.map(({ rule }) => rule)).toContain("contact.frequency");
  expect(capped.moments[0]?.action).toBe("hold");
});
