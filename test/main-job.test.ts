import { afterEach, describe, expect, it } from "vitest";
import { verifyLog } from "../src/audit/verify-log.ts";
import { assetId, leadId } from "../src/domain/ids.ts";
import { dataFiles, filesHolding } from "./support/data-files.ts";
import { aLead, openTestService, type TestService, writeConfig } from "./support/service.ts";

let service: TestService;
afterEach(() => service.close());

async function openReady(options: Parameters<typeof openTestService>[0] = {}) {
  service = await openTestService(options);
  await service.putAsset();
  await service.putLead();
  return service;
}

describe("one event, one compliant publication", () => {
  it("publishes the proof that fits, with its reasons, and shows it in the slot", async () => {
    await openReady();
    const decision = await service.decide({});
    expect(decision.status, String(decision.reason)).toBe("published");
    const [placement] = decision.placements;
    expect(placement).toMatchObject({ assetId: "onboarding-quote", assetVersion: 1, verdict: "allow", state: "live" });
    expect(placement?.findings.map((found) => found.rule)).toContain("grant.valid");
    expect(decision.candidates[0]).toMatchObject({ assetId: "onboarding-quote", rejectedBy: [] });
    expect(decision.confidence?.value).toBeGreaterThanOrEqual(decision.confidence?.threshold ?? 1);
    const slot = await service.vouchsafe.slotView.view(leadId.parse("L-1"), "pricing-hero", "json");
    expect(slot.body).toContain("live in nine days");
    expect(slot.body).toContain("Petra Beispielfrau");
  });

  it("keeps a log that verifies, with an entry for every step", async () => {
    await openReady();
    const decision = await service.decide({});
    await service.vouchsafe.sequencer.run();
    const { auditReader, store } = service.vouchsafe;
    const result = await verifyLog(store.read);
    expect(result.ok).toBe(true);
    const entries = await auditReader.entries(store.read, { from: 0, limit: 200 });
    const kinds = entries.map((entry) => entry.kind);
    expect(kinds).toEqual(expect.arrayContaining(["event.accepted", "publication.published", "decision.closed"]));
    const closed = entries.find((entry) => entry.kind === "decision.closed");
    expect(JSON.parse(closed?.body ?? "{}")).toMatchObject({ subject: decision.decisionId, status: "published" });
  });

  it("takes no action where no playbook, no proof or no known playbook page is", async () => {
    service = await openTestService();
    await service.putLead();
    expect(await service.decide({})).toMatchObject({ status: "no-action", placements: [] });
    expect(await service.decide({ type: "lead.inactive.v1", data: { days: 30 } })).toMatchObject({
      status: "no-action",
      reason: "No playbook is meant for this event.",
    });
  });

  it("explains a candidate that a grant ruled out", async () => {
    service = await openTestService();
    await service.putLead();
    const terms = { license: "customer-release", consentStatus: "granted", channels: ["email"], territories: ["*"] };
    await service.putAsset({ grant: { ...terms, purposes: ["nurture"], elements: ["quote", "name"] } });
    const decision = await service.decide({});
    expect(decision.status).toBe("no-action");
    expect(decision.candidates).toMatchObject([{ assetId: "onboarding-quote", rejectedBy: ["grant.channel"] }]);
  });

  it("holds when the cap is reached, and goes on when the window has passed", async () => {
    await openReady({ playbook: { cadence: { cap: { count: 1, window: "day" }, repeatAfterDays: 0 } } });
    expect((await service.decide({})).status).toBe("published");
    const held = await service.decide({});
    expect(held.status).toBe("held");
    // Midnight in Berlin, where the lead is: 22:00 UTC in June.
    expect(held.wakeAt).toBe("2026-06-10T22:00:00.000Z");
    service.runtime.advance(13 * 3_600_000);
    expect((await service.settled(held.decisionId, "published")).attempt).toBe(2);
  });

  it("never goes past the cap when many events come at once", async () => {
    await openReady({ playbook: { cadence: { cap: { count: 3, window: "week" }, repeatAfterDays: 0 } } });
    const decisions = await Promise.all(Array.from({ length: 20 }, () => service.decide({})));
    expect(decisions.filter((one) => one.status === "published")).toHaveLength(3);
    expect(decisions.filter((one) => one.status === "held")).toHaveLength(17);
  });

  it("goes on with the newest of what was held, not with what is long past", async () => {
    await openReady({ playbook: { cadence: { cap: { count: 1, window: "day" }, repeatAfterDays: 0 } } });
    await service.decide({});
    const held = [await service.decide({}), await service.decide({}), await service.decide({})];
    expect(held.map((one) => one.status)).toEqual(["held", "held", "held"]);
    service.runtime.advance(13 * 3_600_000);
    const [first, second, newest] = held.map((one) => one.decisionId);
    if (!first || !second || !newest) throw new Error("three were held");
    expect((await service.settled(newest, "published")).status).toBe("published");
    for (const id of [first, second]) {
      expect(await service.settled(id, "no-action", "published", "denied")).toMatchObject({ status: "no-action" });
    }
  });

  it("drops a step that was held once the lead has gone a step further", async () => {
    const when = { eventTypes: ["lead.stage-changed.v1"] };
    await openReady({ playbook: { when, cadence: { cap: { count: 1, window: "day" }, repeatAfterDays: 0 } } });
    const step = (to: string) => service.decide({ type: "lead.stage-changed.v1", data: { to } });
    expect((await step("consideration")).status).toBe("published");
    const held = await step("evaluation");
    expect(held.status).toBe("held");
    await service.putLead({ stage: "decision" });
    service.runtime.advance(13 * 3_600_000);
    const dropped = await service.settled(held.decisionId, "no-action", "published", "denied");
    expect(dropped).toMatchObject({ status: "no-action", reason: expect.stringContaining("moved on") });
  });

  it("does not repeat an asset to the same lead within the playbook's window", async () => {
    await openReady({ playbook: { cadence: { cap: { count: 9, window: "week" }, repeatAfterDays: 7 } } });
    expect((await service.decide({})).status).toBe("published");
    const second = await service.decide({});
    expect(second.status).toBe("no-action");
    expect(second.candidates[0]?.rejectedBy).toContain("contact.repeat");
  });

  it("withdraws everywhere when the grant is revoked, and shows nothing from then on", async () => {
    await openReady();
    const { decisionId } = await service.decide({});
    const { store, recall, slotView, search } = service.vouchsafe;
    const { grants, receipt } = await store.write((trx) =>
      recall.revoke(trx, assetId.parse("onboarding-quote"), "asked to"),
    );
    await search.refresh();
    expect(grants).toHaveLength(1);
    expect(receipt.map(({ kind, result }) => [kind, result])).toEqual([
      ["publication", "withdrawn"],
      ["delivery", "withdrawn"],
    ]);
    const slot = await slotView.view(leadId.parse("L-1"), "pricing-hero", "json");
    expect(JSON.parse(slot.body)).toEqual({ place: "pricing-hero", publication: null });
    expect((await service.settled(decisionId, "withdrawn")).placements[0]?.state).toBe("withdrawn");
    expect((await service.decide({})).status).toBe("no-action");
  });

  it("stops publishing at a kill switch, and says so", async () => {
    await openReady();
    const { store, killSwitches } = service.vouchsafe;
    await store.write((trx) => killSwitches.set(trx, { scope: "global", target: "*", reason: "drill" }, "tester"));
    const decision = await service.decide({});
    expect(["denied", "no-action"]).toContain(decision.status);
    expect(decision.reason).toContain("kill-switch");
  });

  it("only closes what was published when its run was cut off before it could", async () => {
    await openReady();
    const { decisionId, placements } = await service.decide({});
    const { store, sequencer, auditReader, publications, worker } = service.vouchsafe;
    // As a crash between publishing and closing leaves it: the lease has ended, and nothing was closed.
    await store.write(async (trx) => {
      await trx.updateTable("inbox").set({ state: "ready" }).where("decision_id", "=", decisionId).execute();
      await trx.deleteFrom("audit_entries").where("kind", "=", "decision.closed").execute();
    });
    worker.nudge();
    await expect.poll(async () => (await auditReader.bySubject(store.read, decisionId)).length).toBeGreaterThan(1);
    await sequencer.run();
    const closed = (await auditReader.bySubject(store.read, decisionId)).filter(
      (one) => one.kind === "decision.closed",
    );
    expect(closed).toHaveLength(1);
    expect(JSON.parse(closed[0]?.body ?? "{}")).toMatchObject({
      status: "published",
      placements: [{ publicationId: placements[0]?.publicationId }],
    });
    expect(await publications.ofDecision(store.read, decisionId)).toHaveLength(1);
  });

  it("goes on with a waiting decision when its playbook has a newer version, or sweeps what waits no more", async () => {
    await openReady({ playbook: { autonomy: { confidenceThreshold: 1 } } });
    const { decisionId } = await service.decide({});
    await service.vouchsafe.close();
    writeConfig(service.configDir, { version: 2, autonomy: { confidenceThreshold: 0.2 } });
    await service.restart();
    const { approvals, store } = service.vouchsafe;
    const [question] = await approvals.list(store.read, { status: "waiting", after: null, limit: 1 });
    if (!question) throw new Error("nothing waits");
    const given = { verdict: "approve", contentHash: question.contentHash } as const;
    await store.write((trx) => approvals.answer(trx, question.approvalId, given, "tester"));
    expect((await service.settled(decisionId, "published")).playbook).toEqual({ id: "test-proof", version: 1 });
    expect((await service.decide({})).playbook).toEqual({ id: "test-proof", version: 2 });
  });

  it("publishes nothing in shadow mode", async () => {
    await openReady({ playbook: { mode: { kind: "shadow" } } });
    const decision = await service.decide({});
    expect(["denied", "no-action"]).toContain(decision.status);
    expect(decision.candidates[0]?.assetId).toBe("onboarding-quote");
    const page = { after: null, limit: 10 };
    expect(await service.vouchsafe.publications.list(service.vouchsafe.store.read, page)).toEqual([]);
  });
});

describe("privacy", () => {
  it("leaves no identifier in the database files, the checkpoints or the log", async () => {
    await openReady({ playbook: { autonomy: { confidenceThreshold: 1 } } });
    const message = "Please call me, Jonas Mustermann, on +4930123456";
    const waiting = await service.decide({ type: "lead.chat-message.v1", data: { text: message } });
    expect(waiting.status).toBe("awaiting-approval");
    await service.vouchsafe.close();
    expect(dataFiles(service.dataDir)).toEqual(expect.arrayContaining(["vouchsafe.db", "waiting.db"]));
    // The search finds what is there.
    expect(filesHolding(service.dataDir, "onboarding-quote")).toContain("vouchsafe.db");
    for (const text of [aLead.name, aLead.email, aLead.phone, "Petra Beispielfrau", "Please call me"]) {
      expect(filesHolding(service.dataDir, text), text).toEqual([]);
      expect(service.logged()).not.toContain(text);
    }
    await service.restart();
  });
});
