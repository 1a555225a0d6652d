import { afterEach, describe, expect, it } from "vitest";
import { openTestService, type TestService } from "../../test/support/service.ts";
import { tableDigest } from "../../test/support/table-digest.ts";
import { compose } from "../compose.ts";
import type { Decision } from "../domain/decision.ts";
import { assetId, leadId } from "../domain/ids.ts";
import { makeGuardrail } from "../guardrails/cedar-guardrail.ts";
import { loadPolicyFiles } from "../guardrails/policy-files.ts";
import type { Planner } from "../planners/planner.ts";

let service: TestService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

const dayMs = 86_400_000;
const web = { channel: "web", place: "pricing-hero" };
const onboardingId = assetId.parse("onboarding-quote");
const onboarding = { assetId: "onboarding-quote", assetVersion: 1, touchpoint: web };

async function open(options: Parameters<typeof openTestService>[0] = {}) {
  service = await openTestService(options);
  await service.putAsset();
  await service.putLead();
  return service;
}

async function replay({ vouchsafe, rested }: TestService, decision: Pick<Decision, "decisionId">) {
  await rested(decision.decisionId);
  await vouchsafe.sequencer.run();
  const before = await tableDigest(vouchsafe.store, ["leases"]);
  const { decisions } = await vouchsafe.replays.replay({ decisions: [decision.decisionId], limit: 1 });
  expect(await tableDigest(vouchsafe.store, ["leases"])).toBe(before);
  const [one] = decisions;
  if (!one) throw new Error("nothing was replayed");
  return one;
}

const asking = { autonomy: { confidenceThreshold: 1, approvalHours: 24 } };

/** A decision that waits for a person, answered; its last state once the answer was acted on. */
async function answered(
  opened: TestService,
  answer: { verdict: "approve" | "reject" } | { verdict: "edit"; framing: string },
) {
  const { store, approvals } = opened.vouchsafe;
  const asked = await opened.decide({});
  expect(asked.status).toBe("awaiting-approval");
  const waiting = (await approvals.list(store.read, { status: "waiting", after: null, limit: 1 }))[0];
  if (!waiting) throw new Error("nobody is asked");
  const given = { ...answer, contentHash: waiting.contentHash };
  await store.write((trx) => approvals.answer(trx, waiting.approvalId, given, "test"));
  await opened.settled(
    asked.decisionId,
    ...(answer.verdict === "approve" ? ["published" as const] : (["denied", "awaiting-approval"] as const)),
  );
  return opened.rested(asked.decisionId);
}

/** Proposes the one asset there is, whatever `meanwhile` does between looking and proposing. */
function planning(meanwhile: () => Promise<unknown>): Planner {
  return {
    kind: "rules",
    version: "1",
    async plan(_, tools) {
      await tools.call("search-proof", { touchpoint: web });
      await tools.call("check-license", onboarding);
      await meanwhile();
      return { action: "place", intent: "build-credibility", placements: [onboarding] };
    },
  };
}

const same = (attempts: number) => ({ outcome: "same", attempts, differences: [], causes: [] });

describe("a replay under the same versions", { timeout: 60_000 }, () => {
  it("comes out the same for what was published, and for what nothing fitted", async () => {
    const opened = await open();
    expect(await replay(opened, await opened.decide({}))).toMatchObject(same(1));
    await opened.putLead({ leadId: "L-2", email: "two@buyer.example", country: "KP" });
    const other = await opened.decide({
      subject: "L-2",
      type: "lead.chat-message.v1",
      data: { text: "Too expensive" },
    });
    expect(await replay(opened, other)).toMatchObject(same(1));
    const nothing = await opened.decide({ type: "lead.inactive.v1", data: { days: 40 } });
    expect(nothing.status).toBe("no-action");
    expect(await replay(opened, nothing)).toMatchObject(same(1));
  });

  it("goes through a hold and the waking after it", async () => {
    const opened = await open({ playbook: { cadence: { cap: { count: 1, window: "week" }, repeatAfterDays: 0 } } });
    await opened.decide({});
    const held = await opened.decide({});
    expect(held.status).toBe("held");
    expect(await replay(opened, held)).toMatchObject(same(1));
    opened.runtime.advance(5 * dayMs);
    await opened.settled(held.decisionId, "published");
    expect(await replay(opened, held)).toMatchObject(same(2));
  });

  it("knows that a held decision was overtaken by a newer one", async () => {
    const opened = await open({ playbook: { cadence: { cap: { count: 1, window: "week" }, repeatAfterDays: 0 } } });
    await opened.decide({});
    const older = await opened.decide({});
    opened.runtime.advance(1000);
    const newer = await opened.decide({});
    opened.runtime.advance(5 * dayMs);
    await opened.settled(newer.decisionId, "published");
    await opened.settled(older.decisionId, "no-action");
    await opened.rested(newer.decisionId);
    expect(await replay(opened, older)).toMatchObject(same(2));
    expect(await replay(opened, newer)).toMatchObject(same(2));
  });

  it.each([
    ["approves", { verdict: "approve" }, "published", 2],
    ["rejects", { verdict: "reject" }, "denied", 2],
    ["edits, and is asked about the edit", { verdict: "edit", framing: "Words of a reviewer" }, "awaiting-approval", 2],
  ] as const)("takes the answer of a person who %s", async (_, answer, status, attempts) => {
    const opened = await open({ playbook: asking });
    const decision = await answered(opened, answer);
    expect(decision.status).toBe(status);
    expect(await replay(opened, decision)).toMatchObject(same(attempts));
  });

  it("takes an edit that is then approved, the reviewer's words read where they are sealed", async () => {
    const opened = await open({ playbook: asking });
    const { store, approvals } = opened.vouchsafe;
    const edited = await answered(opened, { verdict: "edit", framing: "Words of a reviewer" });
    const [waiting] = await approvals.list(store.read, { status: "waiting", after: null, limit: 1 });
    if (!waiting) throw new Error("nobody is asked");
    const approval = { verdict: "approve", contentHash: waiting.contentHash } as const;
    await store.write((trx) => approvals.answer(trx, waiting.approvalId, approval, "test"));
    const published = await opened.settled(edited.decisionId, "published");
    expect(published.placements[0]?.framing).toBe("Words of a reviewer");
    expect(await replay(opened, published)).toMatchObject(same(3));
  });

  it("takes it that nobody answered in time", async () => {
    const opened = await open({ playbook: asking });
    const asked = await opened.decide({});
    opened.runtime.advance(2 * dayMs);
    const expired = await opened.settled(asked.decisionId, "denied");
    expect(expired.reason).toBe("Nobody answered in time.");
    expect(await replay(opened, expired)).toMatchObject(same(2));
  });

  it("knows what changed between judging and publishing", async () => {
    let change: () => Promise<void> = async () => {};
    const opened = await open({ planner: planning(async () => change()) });
    const { store, crm } = opened.vouchsafe;
    change = () => store.write((trx) => crm.suppress(trx, leadId.parse("L-1"), "all", "objection"));
    const refused = await opened.decide({});
    expect(refused.status).toBe("denied");
    change = async () => {};
    expect(await replay(opened, refused)).toMatchObject(same(1));
  });

  it("is not moved by what was done to leads and assets since", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const { store, crm, recall, catalogue } = opened.vouchsafe;
    await opened.putLead({ country: "FR", stage: "renewal" });
    await store.write((trx) => crm.suppress(trx, leadId.parse("L-1"), "all", "objection"));
    await opened.putAsset({ quote: "Other words by now." });
    await store.write((trx) => recall.revoke(trx, onboardingId, "gone"));
    expect((await catalogue.asset(store.read, onboardingId))?.currentVersion).toBe(2);
    expect((await opened.rested(decision.decisionId)).status).toBe("withdrawn");
    expect(await replay(opened, decision)).toMatchObject(same(1));
  });
});

describe("a replay that comes out otherwise", { timeout: 60_000 }, () => {
  it("finds a record that was changed behind our back, and shows what it was", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const { store } = opened.vouchsafe;
    const { record_json } = await store.read
      .selectFrom("decisions")
      .select("record_json")
      .where("decision_id", "=", decision.decisionId)
      .executeTakeFirstOrThrow();
    const forged = record_json.replace('"verdict":"allow"', '"verdict":"review"');
    expect(forged).not.toBe(record_json);
    await store.write((trx) => trx.updateTable("decisions").set({ record_json: forged }).execute());
    expect(await replay(opened, decision)).toMatchObject({
      outcome: "different",
      differences: [{ pointer: "/placements/0/verdict", recorded: "review", replayed: "allow" }],
      causes: [{ kind: "record-tampered" }],
    });
  });

  it("finds the kept result of an earlier attempt changed", async () => {
    const opened = await open({ playbook: asking });
    const decision = await answered(opened, { verdict: "approve" });
    const { store } = opened.vouchsafe;
    await store.write((trx) =>
      trx.updateTable("recordings").set({ result_json: '{"status":"held"}' }).where("attempt", "=", 1).execute(),
    );
    expect(await replay(opened, decision)).toMatchObject({
      outcome: "different",
      causes: [{ kind: "record-tampered" }],
    });
  });

  it("says so when nothing known explains it, in a log line and a count", async () => {
    let rationale = 0.5;
    const opened = await open({
      planner: {
        kind: "rules",
        version: "1",
        async plan(_, tools) {
          await tools.call("search-proof", { touchpoint: web });
          const placements = [onboarding];
          rationale -= 0.01;
          return { action: "place", intent: "build-credibility", placements, selfConfidence: rationale };
        },
      },
    });
    const one = await replay(opened, await opened.decide({}));
    expect(one).toMatchObject({ outcome: "different", causes: [{ kind: "unexplained" }] });
    expect(one.differences.map(({ pointer }) => pointer)).toContain("/confidence/value");
    expect(opened.logged()).toContain("nothing known explains it");
    expect(await opened.vouchsafe.metricsPage.text()).toContain('vouchsafe_replays_total{outcome="unexplained"} 1');
  });

  it("is explained by the version of the rules where those have changed", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const files = loadPolicyFiles();
    const [first] = files.rules;
    if (!first) throw new Error("there are no rules");
    const text = `@id("test.never") @effect("deny") @holds("x") @reason("Never.") @source("test")
      @effective_from("2027-01-01") forbid (principal, action, resource);`;
    const never = { ...first, key: "test.never", rule: "test.never", effect: "deny", text } as const;
    const guardrail = await makeGuardrail({ ...files, rules: [...files.rules, never], revision: 99 });
    const changed = await reopened(opened, { guardrail });
    const { decisions, under } = await changed.replays.replay({ decisions: [decision.decisionId], limit: 1 });
    await changed.close();
    expect(under.ruleset).toBe("2026-11-01.99");
    expect(decisions[0]).toMatchObject({
      outcome: "different",
      causes: [{ kind: "ruleset", words: `ruleset ${decision.rulesetVersion} → 2026-11-01.99` }],
    });
    expect(decisions[0]?.differences).toContainEqual({
      pointer: "/status",
      recorded: "published",
      replayed: "no-action",
    });
  });

  it("comes out the same under other rules that decide the same", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const changed = await reopened(opened, { guardrail: await makeGuardrail({ ...loadPolicyFiles(), revision: 99 }) });
    const { decisions } = await changed.replays.replay({ decisions: [decision.decisionId], limit: 1 });
    await changed.close();
    expect(decisions[0]).toMatchObject(same(1));
  });
});

describe("what cannot be replayed", { timeout: 60_000 }, () => {
  it("is said of a decision that was not recorded", async () => {
    const opened = await open({ env: { VOUCHSAFE_RECORDING_DAYS: "0" } });
    expect(await replay(opened, await opened.decide({}))).toMatchObject({
      outcome: "not-replayed",
      causes: [{ kind: "recording-incomplete" }],
    });
  });

  it("is said of a lead that was erased", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const { store, vault } = opened.vouchsafe;
    await opened.vouchsafe.worker.drain(1000);
    await store.write((trx) => vault.erase(trx, "lead:L-1"));
    await opened.restart();
    expect(await replay(opened, decision)).toMatchObject({
      outcome: "not-replayed",
      causes: [{ kind: "lead-erased" }],
    });
  });

  it("is said of an asset version that is gone", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const { store } = opened.vouchsafe;
    await store.write((trx) => trx.deleteFrom("asset_versions").execute());
    await opened.restart();
    const one = await replay(opened, decision);
    expect(one).toMatchObject({ outcome: "different", causes: [{ kind: "asset-version-missing" }] });
    expect(one.causes[0]?.words).toContain("onboarding-quote@1");
  });

  it("is said of a recording that does not fit its schema", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    await opened.vouchsafe.store.write((trx) => trx.updateTable("recordings").set({ reads_json: "{}" }).execute());
    expect(await replay(opened, decision)).toMatchObject({
      outcome: "not-replayed",
      causes: [{ kind: "recording-incomplete", words: expect.stringContaining("does not fit its schema") }],
    });
  });

  it("is refused while another replay goes on, and for a decision that there is not", async () => {
    const opened = await open();
    const decision = await opened.decide({});
    const { replays } = opened.vouchsafe;
    const request = { decisions: [decision.decisionId], limit: 1 };
    const first = replays.replay(request);
    await expect(replays.replay(request)).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 10 });
    expect((await first).counts.same).toBe(1);
    const unknown = { decisions: [opened.runtime.ids.next("dec")], limit: 1 };
    await expect(replays.replay(unknown)).rejects.toMatchObject({ code: "not-found" });
  });
});

/** The same data under another build of the product. */
async function reopened({ vouchsafe, runtime }: TestService, overrides: Parameters<typeof compose>[1]) {
  await vouchsafe.close();
  return compose(vouchsafe.config, { runtime, ...overrides });
}
