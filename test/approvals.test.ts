import { afterEach, describe, expect, it } from "vitest";
import type { AssetStatus } from "../src/domain/asset.ts";
import { isAppError } from "../src/domain/errors.ts";
import { jsonDigest } from "../src/domain/hash.ts";
import { approvalId, assetId, type DecisionId, leadId } from "../src/domain/ids.ts";
import { consentRecord } from "../src/domain/lead.ts";
import { filesHolding } from "./support/data-files.ts";
import { openTestService, type TestService } from "./support/service.ts";

let service: TestService;
afterEach(() => service.close());

/** A decision that waits, since its playbook is sure of nothing. */
async function openWaiting() {
  service = await openTestService({ playbook: { autonomy: { confidenceThreshold: 1, approvalHours: 24 } } });
  await service.putAsset();
  await service.putLead();
  const decision = await service.decide({});
  expect(decision.status, String(decision.reason)).toBe("awaiting-approval");
  return decision.decisionId;
}

async function questionOf(decision: DecisionId) {
  const { approvals, store } = service.vouchsafe;
  const page = { status: "waiting", after: null, limit: 10 } as const;
  const waiting = await approvals.list(store.read, page);
  const question = waiting.find((one) => one.decisionId === decision);
  if (!question) throw new Error("nothing waits");
  return question;
}

function answer(id: string, given: Parameters<TestService["vouchsafe"]["approvals"]["answer"]>[2]) {
  const { approvals, store } = service.vouchsafe;
  return store.write((trx) => approvals.answer(trx, approvalId.parse(id), given, "tester"));
}

function step(to: AssetStatus) {
  const { recall, store } = service.vouchsafe;
  const made = { reason: "because", by: "tester" };
  return store.write((trx) => recall.changeStatus(trx, assetId.parse("onboarding-quote"), to, made));
}

const publications = () =>
  service.vouchsafe.publications.list(service.vouchsafe.store.read, { after: null, limit: 50 });

describe("a decision that a person must see", () => {
  it("waits with its question, and publishes what was approved", async () => {
    const id = await openWaiting();
    expect(await publications()).toEqual([]);
    const question = await questionOf(id);
    expect(question.findings.map((found) => found.rule)).toEqual(["autonomy.confidence"]);
    expect(question.quote).toContain("live in nine days");
    await answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash });
    const decision = await service.settled(id, "published");
    expect(decision.approval).toMatchObject({ approvalId: question.approvalId, status: "approved" });
    expect(decision.placements[0]?.contentHash).toBe(question.contentHash);
    expect(await publications()).toHaveLength(1);
  });

  it("survives a restart while it waits, and leaves no checkpoint when it ends", async () => {
    const id = await openWaiting();
    await service.restart();
    const question = await questionOf(id);
    const thread = { configurable: { thread_id: `${id}.1` } };
    expect(await service.vouchsafe.checkpointer.getTuple(thread)).toBeDefined();
    await answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash });
    await service.settled(id, "published");
    await service.vouchsafe.drain(1000);
    expect(await service.vouchsafe.checkpointer.getTuple(thread)).toBeUndefined();
  });

  it("goes on from the stored answer even when its checkpoint is lost", async () => {
    const id = await openWaiting();
    await service.vouchsafe.checkpointer.deleteThread(`${id}.1`);
    const question = await questionOf(id);
    await answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash });
    await service.settled(id, "published");
    expect(await publications()).toHaveLength(1);
  });

  it("acts once when two people answer at once", async () => {
    const id = await openWaiting();
    const { approvalId: question, contentHash } = await questionOf(id);
    const answers = await Promise.allSettled([
      answer(question, { verdict: "approve", contentHash }),
      answer(question, { verdict: "approve", contentHash }),
      answer(question, { verdict: "reject", contentHash }),
    ]);
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of answers) {
      if (one.status === "rejected") expect(isAppError(one.reason) && one.reason.code).toBe("conflict");
    }
    await service.settled(id, "published", "denied");
    expect((await publications()).length).toBeLessThanOrEqual(1);
  });

  it("publishes nothing when it is rejected", async () => {
    const id = await openWaiting();
    const question = await questionOf(id);
    await answer(question.approvalId, { verdict: "reject", contentHash: question.contentHash, note: "not now" });
    const decision = await service.settled(id, "denied");
    expect(decision.reason).toContain("rejected");
    expect(decision.placements[0]?.state).toBe("rejected");
    expect(await publications()).toEqual([]);
  });

  it("judges an edit anew, and asks about the words that the edit brought in", async () => {
    const id = await openWaiting();
    const first = await questionOf(id);
    const framing = "How a team like yours began";
    await answer(first.approvalId, { verdict: "edit", contentHash: first.contentHash, framing });
    const again = await waitForOtherQuestion(id, first.approvalId);
    expect(again.content.framing).toBe(framing);
    expect(again.contentHash).not.toBe(first.contentHash);
    await answer(again.approvalId, { verdict: "approve", contentHash: again.contentHash });
    const decision = await service.settled(id, "published");
    expect(decision.placements[0]?.framing).toBe(framing);
  });

  it("keeps an edit's words sealed: in no file, asked about, published and withdrawn, and read back all the same", async () => {
    const id = await openWaiting();
    const first = await questionOf(id);
    const framing = "How a team like yours began";
    await answer(first.approvalId, { verdict: "edit", contentHash: first.contentHash, framing });
    const again = await waitForOtherQuestion(id, first.approvalId);
    expect(filesHolding(service.dataDir, framing)).toEqual([]);
    expect((await service.settled(id, "awaiting-approval")).placements[0]).toMatchObject({
      framing,
      editedIn: first.approvalId,
    });
    await service.restart();
    await answer(again.approvalId, { verdict: "approve", contentHash: again.contentHash });
    expect((await service.settled(id, "published")).placements[0]).toMatchObject({ framing, state: "live" });
    const [publication] = await publications();
    expect(publication?.content.framing).toBe(framing);
    expect(publication && jsonDigest(publication.content)).toBe(again.contentHash);
    const { slotView, store, recall } = service.vouchsafe;
    const lead = publication?.leadId ?? leadId.parse("none");
    const place = publication?.touchpoint.place ?? "none";
    expect((await slotView.view(lead, place, "json")).body).toContain(framing);
    await store.write((trx) => recall.revoke(trx, assetId.parse("onboarding-quote"), "withdrawn by the endorser"));
    expect((await service.settled(id, "withdrawn")).placements[0]).toMatchObject({ framing, state: "withdrawn" });
    await service.vouchsafe.close();
    expect(filesHolding(service.dataDir, framing)).toEqual([]);
    await service.restart();
  });

  it("denies an edit that the rules forbid, whoever wrote it", async () => {
    const id = await openWaiting();
    const { approvalId: question, contentHash } = await questionOf(id);
    await answer(question, { verdict: "edit", contentHash, framing: "<script>alert(1)</script>" });
    const decision = await service.settled(id, "denied");
    expect(decision.reason).toContain("content.safe");
    expect(await publications()).toEqual([]);
  });

  it("expires, and then publishes nothing", async () => {
    const id = await openWaiting();
    const question = await questionOf(id);
    service.runtime.advance(24 * 3_600_000);
    await expect(
      answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash }),
    ).rejects.toThrow();
    expect((await service.settled(id, "denied")).approval?.status).toBe("expired");
    expect(await publications()).toEqual([]);
  });

  it("expires no later than its event does, however long a person would have", async () => {
    const playbook = { autonomy: { confidenceThreshold: 1, approvalHours: 48 }, eventTtlHours: 24 };
    service = await openTestService({ playbook });
    await service.putAsset();
    await service.putLead();
    const asked = service.runtime.clock.now();
    const { decisionId } = await service.decide({});
    const question = await questionOf(decisionId);
    expect(Date.parse(question.expiresAt) - asked).toBe(24 * 3_600_000);
    service.runtime.advance(24 * 3_600_000);
    const late = answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash });
    await expect(late).rejects.toMatchObject({ code: "gone" });
    await service.settled(decisionId, "denied");
    expect(await publications()).toEqual([]);
  });

  it("is blocked by a revoked grant, also between the answer and the run", async () => {
    const id = await openWaiting();
    const question = await questionOf(id);
    const { store, recall } = service.vouchsafe;
    await store.write((trx) => recall.revoke(trx, assetId.parse("onboarding-quote"), "withdrawn by the endorser"));
    await expect(
      answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash }),
    ).rejects.toThrow();
    expect((await service.settled(id, "denied")).placements[0]?.publicationId).toBeNull();
    expect(await publications()).toEqual([]);
  });

  it.each([
    ["a newer version is current", () => service.putAsset({ title: "Live in ten days" })],
    [
      "the content was changed and changed back",
      async () => {
        await service.putAsset({ title: "Live in ten days" });
        const { store, catalogue } = service.vouchsafe;
        const back = await store.write((trx) => catalogue.rollBack(trx, assetId.parse("onboarding-quote"), 1));
        expect(back).toEqual({ result: "versioned", version: 3 });
      },
    ],
    ["the asset is deprecated", () => step("deprecated")],
  ])("publishes nothing of what was approved once %s", async (_, change) => {
    const id = await openWaiting();
    const question = await questionOf(id);
    await change();
    await answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash });
    const decision = await service.settled(id, "denied");
    expect(decision.reason).toContain("asset.current");
    expect(await publications()).toEqual([]);
  });

  it.each(["disputed", "withdrawn"] as const)("is blocked when the asset becomes %s", async (to) => {
    const id = await openWaiting();
    const question = await questionOf(id);
    const { receipt } = await step(to);
    expect(receipt).toEqual([{ kind: "approval", id: question.approvalId, result: "blocked" }]);
    await expect(
      answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash }),
    ).rejects.toMatchObject({ code: "conflict" });
    await service.settled(id, "denied");
    expect(await publications()).toEqual([]);
  });

  it("publishes nothing once the lead has said no, whatever was approved", async () => {
    const id = await openWaiting();
    const question = await questionOf(id);
    const { store, crm } = service.vouchsafe;
    const no = consentRecord.parse({
      channel: "web",
      purpose: "nurture",
      basis: "consent",
      status: "withdrawn",
      at: "2026-06-10T10:00:00Z",
    });
    await store.write((trx) => crm.addConsent(trx, leadId.parse("L-1"), no));
    await answer(question.approvalId, { verdict: "approve", contentHash: question.contentHash });
    expect((await service.settled(id, "denied")).reason).toContain("consent.channel");
    expect(await publications()).toEqual([]);
  });

  it("refuses an answer to other content than was shown", async () => {
    const id = await openWaiting();
    const question = await questionOf(id);
    const contentHash = `sha256:${"0".repeat(64)}`;
    await expect(answer(question.approvalId, { verdict: "approve", contentHash })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await service.settled(id, "awaiting-approval")).status).toBe("awaiting-approval");
  });
});

async function waitForOtherQuestion(decision: DecisionId, than: string) {
  for (let tries = 0; tries < 500; tries++) {
    const question = await questionOf(decision).catch(() => null);
    if (question && question.approvalId !== than) return question;
    await new Promise((wait) => setTimeout(wait, 10));
  }
  throw new Error("no other question came");
}
