import { afterEach, describe, expect, it } from "vitest";
import type { Clearance, ClearanceAnswer } from "../src/domain/clearance.ts";
import { clearanceId, type DecisionId } from "../src/domain/ids.ts";
import { askedReason, askedRule, makeAskingGuardrail } from "./support/asking-guardrail.ts";
import { delivered, openEmailService, outboxFiles, step } from "./support/email-service.ts";
import { aLead, anAsset, openTestService, type TestService } from "./support/service.ts";

let service: TestService;
afterEach(() => service.close());

const guardrail = await makeAskingGuardrail();
const hourMs = 3_600_000;

/** One asset of whose version something is asked, for two leads. */
async function openAsking(playbook: Record<string, unknown> = {}) {
  service = await openTestService({ guardrail, playbook });
  await putAsking("onboarding-quote");
  await service.putLead();
  await service.putLead({ leadId: "L-2", email: "second@buyer.example" });
}

async function putAsking(assetId: string) {
  const { grant } = anAsset(service.runtime.clock.now());
  await service.putAsset({ assetId, grant: { ...grant, maxUses: { count: 1000, perDays: 90 } } });
}

async function questions(state: Clearance["state"] = "open"): Promise<readonly Clearance[]> {
  const { clearances, store } = service.vouchsafe;
  return clearances.list(store.read, { state, after: null, limit: 50 });
}

async function answer(given: ClearanceAnswer, one?: Clearance) {
  const { clearances, store } = service.vouchsafe;
  const id = clearanceId.parse((one ?? (await questions())[0])?.clearanceId);
  return store.write((trx) => clearances.answer(trx, id, given, "tester"));
}

const live = () =>
  service.vouchsafe.publications.list(service.vouchsafe.store.read, { state: "live", after: null, limit: 50 });
const approvals = () => service.vouchsafe.approvals.list(service.vouchsafe.store.read, { after: null, limit: 50 });

/** Runs it again, and compares what comes of it with what is recorded. */
async function replay(...decisions: DecisionId[]) {
  return (await service.vouchsafe.replays.replay({ decisions, limit: 10 })).counts;
}

describe("a question about an asset version", () => {
  it("holds the decision, is answered once, and stands for every lead after that", async () => {
    await openAsking();
    const first = await service.decide({});
    expect(first).toMatchObject({ status: "held", reason: `Waits for a clearance. ${askedRule}: ${askedReason}` });
    const second = await service.decide({ subject: "L-2" });
    expect(second.status).toBe("held");
    const [question, ...others] = await questions();
    expect(others).toEqual([]);
    expect(question).toMatchObject({ rule: askedRule, openedBy: first.decisionId, waiting: 2 });
    expect(await approvals()).toEqual([]);

    await answer({ verdict: "clear" });
    for (const { decisionId } of [first, second]) {
      const published = await service.settled(decisionId, "published");
      const finding = published.placements[0]?.findings.find((one) => one.evidence.question === askedReason);
      expect(finding).toMatchObject({
        rule: askedRule,
        effect: "allow",
        reason: "Cleared by a person until 2027-06-10.",
      });
    }
    await service.rested(second.decisionId);
    service.runtime.advance(hourMs);
    const third = await service.decide({ subject: "L-2" });
    expect(third.status).toBe("published");
    expect(await questions()).toEqual([]);
    const { scenarioRecorder, store } = service.vouchsafe;
    const told = await scenarioRecorder.tell(store.read, third.decisionId);
    expect(told.scenario.clearances).toMatchObject([
      { rule: askedRule, reason: askedReason, verdict: "clear", days: 365 },
    ]);
    expect((await scenarioRecorder.tell(store.read, first.decisionId)).gaps.join()).toContain(
      "about an asset meanwhile",
    );
    expect(await replay(first.decisionId, second.decisionId, third.decisionId)).toMatchObject({
      decisions: 3,
      same: 3,
    });
  });

  it("does not come up where another asset asks nothing", async () => {
    await openAsking();
    await service.putAsset({ assetId: "another-quote", themes: [], audienceSegment: undefined });
    const decision = await service.decide({});
    expect(decision).toMatchObject({ status: "published", placements: [{ assetId: "another-quote" }] });
  });

  it("ends the decision with its event, when nobody answers", async () => {
    await openAsking({ eventTtlHours: 24 });
    const { decisionId, wakeAt } = await service.decide({});
    expect(wakeAt).toBe(new Date(service.runtime.clock.now() + 24 * hourMs + 1).toISOString());
    service.runtime.advance(24 * hourMs + 1);
    service.vouchsafe.worker.nudge();
    expect(await service.settled(decisionId, "no-action")).toMatchObject({
      reason: "The event is too old for its playbook.",
    });
    await service.rested(decisionId);
    expect(await questions()).toMatchObject([{ waiting: 0 }]);
  });

  it("denies once it was refused, and takes back what a clearance had let be shown", async () => {
    await openAsking();
    const { decisionId } = await service.decide({});
    await answer({ verdict: "clear" });
    await service.settled(decisionId, "published");
    expect(await live()).toHaveLength(1);
    const { receipt } = await answer({ verdict: "refuse" }, (await questions("cleared"))[0]);
    expect(receipt.map(({ kind, result }) => `${kind} ${result}`)).toContain("publication withdrawn");
    expect(await live()).toEqual([]);
    expect(await service.settled(decisionId, "withdrawn")).toBeTruthy();
    const refused = await service.decide({ subject: "L-2" });
    expect(refused).toMatchObject({ status: "no-action", reason: `Nothing that fits may be shown: ${askedRule}.` });
    expect(refused.candidates[0]?.rejectedBy).toContain(askedRule);
    expect(await questions()).toEqual([]);
  });

  it("wakes a held decision by its refusal too, which then ends", async () => {
    await openAsking();
    const { decisionId } = await service.decide({});
    await answer({ verdict: "refuse" });
    expect(await service.settled(decisionId, "no-action")).toBeTruthy();
    expect(await replay(decisionId)).toMatchObject({ same: 1 });
  });

  it("lets a page show it no longer than the clearance stands, and asks again after that", async () => {
    await openAsking({ liveDays: 30 });
    const { decisionId } = await service.decide({});
    await answer({ verdict: "clear", days: 2 });
    await service.settled(decisionId, "published");
    await service.rested(decisionId);
    const [publication] = await live();
    expect(publication?.liveUntil).toBe(new Date(service.runtime.clock.now() + 48 * hourMs).toISOString());
    service.runtime.advance(48 * hourMs);
    expect((await service.decide({ subject: "L-2" })).status).toBe("held");
    expect(await questions()).toMatchObject([{ waiting: 1 }]);
  });

  it("is put to a person with what else is asked about the lead, and opened beside", async () => {
    await openAsking({ autonomy: { confidenceThreshold: 1, approvalHours: 24 } });
    const decision = await service.decide({});
    expect(decision.status).toBe("awaiting-approval");
    expect(await questions()).toMatchObject([{ rule: askedRule, waiting: 0 }]);
    const [asked] = await approvals();
    expect(asked?.findings.map(({ rule }) => rule).sort()).toEqual([askedRule, "autonomy.confidence"].sort());
    if (!asked) return;
    const { store, approvals: room } = service.vouchsafe;
    const given = { verdict: "approve", contentHash: asked.contentHash } as const;
    await store.write((trx) => room.answer(trx, asked.approvalId, given, "tester"));
    expect(await service.settled(decision.decisionId, "published")).toBeTruthy();
    // What was approved was this placement: the version is still to be cleared.
    expect(await questions()).toMatchObject([{ rule: askedRule }]);
    await service.rested(decision.decisionId);
    expect(await replay(decision.decisionId)).toMatchObject({ same: 1 });
  });

  it("survives a restart, and opens each question of a decision that finds nothing but questions", async () => {
    await openAsking();
    await putAsking("another-quote");
    const { decisionId } = await service.decide({});
    expect(await questions()).toHaveLength(2);
    await service.restart();
    await answer({ verdict: "clear" }, (await questions())[1]);
    const published = await service.settled(decisionId, "published");
    expect(published.placements[0]?.assetId).toBe((await questions("cleared"))[0]?.assetId);
  });
});

describe("a queued e-mail", () => {
  it("is not sent when the clearance that it rests on was taken back meanwhile", async () => {
    const night = Date.parse("2026-06-10T21:00:00Z");
    const cadence = { cap: { count: 50, window: "week" }, repeatAfterDays: 0, quietHours: { from: 20, to: 8 } };
    service = await openEmailService({
      guardrail,
      now: night,
      playbook: { touchpoints: [step], cadence },
    });
    await putAsking("onboarding-quote");
    const { decisionId } = await service.decide({});
    await answer({ verdict: "clear" });
    await service.settled(decisionId, "published");
    const queued = await delivered(service, "pending");
    for (const one of await questions("cleared")) await answer({ verdict: "reopen" }, one);
    service.runtime.advance(9 * hourMs);
    const cancelled = await delivered(service, "cancelled");
    expect(cancelled.deliveryId).toBe(queued.deliveryId);
    // Its publication is taken back with the clearance, so it is not even judged again.
    expect(cancelled.lastError).toContain("withdrawn");
    expect(outboxFiles(service)).toEqual([]);
  });
});

describe("first uses", () => {
  it("are counted by what people approved, up to what the playbook asks for", async () => {
    const autonomy = { confidenceThreshold: 1, approvalHours: 24, firstUses: 2 };
    service = await openTestService({ playbook: { autonomy } });
    await service.putAsset();
    await service.putLead();
    for (const seen of [0, 1, 2, 2]) {
      const { decisionId } = await service.decide({});
      const [reads] = await service.vouchsafe.recordings.ofDecision(service.vouchsafe.store.read, decisionId);
      expect(reads?.reads.assets[0]?.seen).toEqual({ asset: seen, playbook: seen, planner: seen });
      const asked = (await approvals()).find((one) => one.decisionId === decisionId);
      if (!asked) throw new Error("nothing was asked");
      const { store, approvals: room } = service.vouchsafe;
      const given = { verdict: "approve", contentHash: asked.contentHash } as const;
      await store.write((trx) => room.answer(trx, asked.approvalId, given, "tester"));
      await service.settled(decisionId, "published");
      await service.rested(decisionId);
      expect(await replay(decisionId)).toMatchObject({ same: 1 });
    }
  });

  it("are not counted where the playbook asks for none", async () => {
    service = await openTestService();
    await service.putAsset();
    await service.putLead(aLead);
    const { decisionId } = await service.decide({});
    const [recorded] = await service.vouchsafe.recordings.ofDecision(service.vouchsafe.store.read, decisionId);
    expect(recorded?.reads.assets[0]?.seen).toBeNull();
  });
});
