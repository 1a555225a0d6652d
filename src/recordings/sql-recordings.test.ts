import { afterEach, expect, it } from "vitest";
import { openTestService, type TestService } from "../../test/support/service.ts";
import { decisionResult, resultText } from "../domain/decision-result.ts";
import { assetId, leadId } from "../domain/ids.ts";

let service: TestService | null = null;
afterEach(() => service?.close());

const dayMs = 86_400_000;

async function open(options: Parameters<typeof openTestService>[0] = {}) {
  service = await openTestService(options);
  await service.putAsset();
  await service.putLead();
  return service;
}

const rows = async ({ vouchsafe }: TestService) =>
  vouchsafe.store.read.selectFrom("recordings").selectAll().orderBy("attempt").execute();

it("records what an attempt read, in the transaction that writes its record", async () => {
  const { vouchsafe, decide, runtime } = await open();
  const { decisionId } = await decide({});
  const [recording, ...others] = await vouchsafe.recordings.ofDecision(vouchsafe.store.read, decisionId);
  expect(others).toEqual([]);
  expect(recording).toMatchObject({
    attempt: 1,
    result: null,
    reads: {
      now: runtime.clock.now(),
      resumes: null,
      lead: { hasEmail: true, contactsInWindow: 0 },
      assets: [{ assetId: "onboarding-quote", assetStatus: "active", currentVersion: 1 }],
      searches: [{ hits: [{ assetId: "onboarding-quote", assetVersion: 1 }] }],
      act: { now: runtime.clock.now() },
      gaps: [],
    },
    settings: { planner: { kind: "rules" }, playbooks: [{ id: "test-proof", version: 1 }] },
  });
  // Read again to publish and found the same: said once.
  expect(recording?.reads.act).toEqual({ now: runtime.clock.now() });
  expect(recording?.reads.lead).not.toHaveProperty("lead");
});

it("keeps the result of an attempt whose record another attempt overwrites", async () => {
  const { vouchsafe, decide, settled, runtime } = await open({
    playbook: { cadence: { cap: { count: 1, window: "week" }, repeatAfterDays: 0 } },
  });
  expect((await decide({})).status).toBe("published");
  const held = await decide({});
  expect(held.status).toBe("held");
  const [first] = await vouchsafe.recordings.ofDecision(vouchsafe.store.read, held.decisionId);
  expect(first?.result).toBe(resultText(decisionResult(held)));
  runtime.advance(5 * dayMs);
  await settled(held.decisionId, "published");
  const attempts = await vouchsafe.recordings.ofDecision(vouchsafe.store.read, held.decisionId);
  expect(attempts.map(({ attempt, result }) => [attempt, result === null])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(attempts[0]?.reads.observed).toMatchObject({ at: held.wakeAt === null ? 0 : attempts[0]?.reads.now });
});

it("notes what an act read that had changed since it was judged", async () => {
  let change: () => Promise<void> = async () => {};
  const { vouchsafe, decide } = await open({
    planner: {
      kind: "rules",
      version: "slow",
      async plan(_, tools) {
        const touchpoint = { channel: "web", place: "pricing-hero" };
        await tools.call("search-proof", { touchpoint });
        const placement = { assetId: "onboarding-quote", assetVersion: 1, touchpoint };
        await tools.call("check-license", placement);
        await change();
        return { action: "place", intent: "build-credibility", placements: [placement] };
      },
    },
  });
  change = () => vouchsafe.store.write((trx) => vouchsafe.crm.suppress(trx, leadId.parse("L-1"), "all", "Not me"));
  const refused = await decide({});
  expect(refused.status).toBe("denied");
  const [recording] = await vouchsafe.recordings.ofDecision(vouchsafe.store.read, refused.decisionId);
  expect(recording?.reads.lead?.suppressions).toEqual([]);
  expect(recording?.reads.act?.lead?.suppressions).toMatchObject([{ scope: "all", reason: "" }]);
});

it("keeps nobody's name and nobody's words", async () => {
  const opened = await open();
  const { vouchsafe, decide } = opened;
  const at = new Date(opened.runtime.clock.now()).toISOString();
  const consent = { channel: "web", purpose: "nurture", basis: "consent", status: "granted", at } as const;
  await vouchsafe.store.write(async (trx) => {
    await vouchsafe.crm.addConsent(trx, leadId.parse("L-1"), { ...consent, evidence: "told Erika on the phone" });
    const stop = { scope: "asset", target: "another", reason: "Erika asked for it" } as const;
    await vouchsafe.killSwitches.set(trx, stop, "test");
  });
  const said = { text: "I am Jonas Mustermann, and it is too expensive for Erika." };
  await decide({ type: "lead.chat-message.v1", data: said });
  const kept = JSON.stringify(await rows(opened));
  for (const word of ["Jonas", "Mustermann", "Erika", "expensive for"]) expect(kept).not.toContain(word);
  expect(kept).toContain("too-expensive");
});

it("keeps recordings for as long as it is told, and settings as long as a recording names them", async () => {
  const opened = await open({ env: { VOUCHSAFE_RECORDING_DAYS: "10" } });
  const { vouchsafe, decide, runtime } = opened;
  const { store, recordings } = vouchsafe;
  await decide({});
  await vouchsafe.worker.drain(1000);
  runtime.advance(10 * dayMs);
  expect(await recordings.isDue(store.read)).toBe(false);
  runtime.advance(1);
  expect(await recordings.isDue(store.read)).toBe(true);
  expect(await store.write((trx) => recordings.sweep(trx, 100))).toBe(1);
  expect(await rows(opened)).toEqual([]);
  const settings = () => store.read.selectFrom("recording_settings").select("digest").execute();
  expect(await settings()).toHaveLength(1);
  runtime.advance(3 * dayMs);
  await opened.restart();
  await decide({});
  await opened.vouchsafe.worker.drain(1000);
  runtime.advance(20 * dayMs);
  await opened.restart();
  await expect.poll(() => rows(opened)).toEqual([]);
});

it("sweeps a bounded part at a time", async () => {
  const opened = await open();
  const { vouchsafe, decide, runtime } = opened;
  for (let i = 0; i < 5; i++) await decide({});
  await vouchsafe.worker.drain(1000);
  runtime.advance(91 * dayMs);
  const { store, recordings } = vouchsafe;
  const sweep = () => store.write((trx) => recordings.sweep(trx, 2));
  expect([await sweep(), await sweep(), await sweep(), await sweep()]).toEqual([2, 2, 1, 0]);
});

it("records nothing where it is kept for no day", async () => {
  const opened = await open({ env: { VOUCHSAFE_RECORDING_DAYS: "0" } });
  expect((await opened.decide({})).status).toBe("published");
  expect(await rows(opened)).toEqual([]);
  expect(opened.vouchsafe.recordings.isOn).toBe(false);
});

it("forgets a lead, and nobody else", async () => {
  const opened = await open();
  const { vouchsafe, decide } = opened;
  await opened.putLead({ leadId: "L-2", email: "other@buyer.example" });
  await decide({});
  const other = await decide({ subject: "L-2" });
  const forgotten = await vouchsafe.store.write((trx) => vouchsafe.recordings.forget(trx, leadId.parse("L-1")));
  expect(forgotten).toBe(1);
  expect((await rows(opened)).map((row) => row.decision_id)).toEqual([other.decisionId]);
});

it("lists recorded decisions of a span, newest first", async () => {
  const { vouchsafe, decide, runtime } = await open();
  const first = await decide({});
  runtime.advance(1000);
  const since = runtime.clock.now();
  const second = await decide({});
  const third = await decide({});
  const { store, recordings } = vouchsafe;
  const listed = (span: Partial<Parameters<typeof recordings.decisions>[1]>) =>
    recordings.decisions(store.read, { since: null, until: null, limit: 10, ...span });
  expect(await listed({})).toEqual([third, second, first].map(({ decisionId }) => decisionId));
  expect(await listed({ since })).toEqual([third.decisionId, second.decisionId]);
  expect(await listed({ until: since })).toEqual([first.decisionId]);
  expect(await listed({ limit: 1 })).toEqual([third.decisionId]);
});

it("says what could not be recorded exactly: an asset that changed while the decision was made", async () => {
  let change: () => Promise<unknown> = async () => {};
  const places = ["pricing-hero", "home-banner"].map((place) => ({ channel: "web", place }));
  const { vouchsafe, decide } = await open({
    playbook: { touchpoints: places, maxPlacements: 2 },
    planner: {
      kind: "rules",
      version: "slow",
      async plan(_, tools) {
        for (const touchpoint of places) {
          await tools.call("search-proof", { touchpoint });
          await tools.call("check-license", { assetId: "onboarding-quote", assetVersion: 1, touchpoint });
          await change();
        }
        return { action: "none", reason: "Not now." };
      },
    },
  });
  const { store, catalogue, recordings } = vouchsafe;
  change = () => store.write((trx) => catalogue.setStatus(trx, assetId.parse("onboarding-quote"), "deprecated"));
  let changes = 0;
  const once = change;
  change = async () => (changes++ === 0 ? once() : undefined);
  const { decisionId } = await decide({});
  const [recording] = await recordings.ofDecision(store.read, decisionId);
  expect(recording?.reads.gaps).toEqual(["The asset onboarding-quote changed while the decision was made."]);
});
