import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { anAsset, openTestService, type TestService } from "../../test/support/service.ts";
import { tableDigest } from "../../test/support/table-digest.ts";
import { compose } from "../compose.ts";
import type { RequestedChange } from "../domain/what-if-report.ts";
import { guardrailToTry } from "../guardrails/guardrail-to-try.ts";

let service: TestService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

async function open(options: Parameters<typeof openTestService>[0] = {}) {
  service = await openTestService(options);
  await service.putAsset();
  await service.putLead();
  return service;
}

/** What would have been under the change; what serves is the same before and after. */
async function whatIf({ vouchsafe }: Pick<TestService, "vouchsafe">, change: RequestedChange) {
  await vouchsafe.sequencer.run();
  const before = await tableDigest(vouchsafe.store, ["leases"]);
  const report = await vouchsafe.replays.whatIf({ limit: 100, change });
  expect(await tableDigest(vouchsafe.store, ["leases"])).toBe(before);
  return report;
}

const counts = ({ byChange }: Awaited<ReturnType<typeof whatIf>>) =>
  Object.fromEntries(byChange.map(({ change, count }) => [change, count]));

/** The test playbook's file with changes. */
function playbookFile({ configDir }: TestService, changes: Record<string, unknown>) {
  const own = parse(readFileSync(join(configDir, "playbooks", "test.yaml"), "utf8"));
  return { name: "try.yaml", text: stringify({ ...own, ...changes }) };
}

const denying = (when = "") => ({
  name: "try.cedar",
  text: `@id("try.never") @effect("deny") @holds("Shown.") @reason("Nothing is shown.") @source("house rule")
    @effective_from("2027-01-01") forbid (principal, action, resource) ${when};`,
});

describe("what would have been decided", { timeout: 60_000 }, () => {
  it("is the same where the change says what was said before", async () => {
    const opened = await open();
    await opened.decide({});
    await opened.decide({});
    const report = await whatIf(opened, { threshold: 0.3, playbooks: [playbookFile(opened, {})], model: "rules" });
    expect(report.counts).toEqual({ decisions: 2, compared: 2, changed: 0, notCompared: 0, drifted: 0 });
    expect(counts(report)).toEqual({ same: 2 });
    expect(report.readToday.decisions).toBe(0);
    expect(report.change).toEqual(["playbook test-proof v1", "threshold 0.3", "planner rules"]);
  });

  it("goes to a person under a higher threshold, and no longer under a lower one", async () => {
    const opened = await open({ playbook: { autonomy: { confidenceThreshold: 0.5 } } });
    const { decisionId } = await opened.decide({});
    const higher = await whatIf(opened, { threshold: { "test-proof": 0.95 } });
    expect(counts(higher)).toEqual({ "newly-to-person": 1 });
    expect(higher.transitions).toEqual([{ from: "published", to: "awaiting-approval", count: 1 }]);
    expect(higher.examples).toMatchObject([
      {
        change: "newly-to-person",
        decisionId,
        before: { status: "published", confidence: { threshold: 0.5 } },
        after: { status: "awaiting-approval", confidence: { threshold: 0.95 } },
      },
    ]);
    expect(higher.examples[0]?.why.join()).toContain("now review by autonomy.confidence");
    expect(higher.byPlaybook).toEqual([
      {
        playbook: "test-proof",
        decisions: 1,
        changed: 1,
        published: { before: 1, after: 0 },
        asked: { before: 0, after: 1 },
      },
    ]);

    await opened.close();
    const asking = await open({ playbook: { autonomy: { confidenceThreshold: 1 } } });
    expect((await asking.decide({})).status).toBe("awaiting-approval");
    expect(counts(await whatIf(asking, { threshold: 0.3 }))).toEqual({ "no-longer-to-person": 1 });
  });

  it("is denied by a policy that is added, and by whom is said", async () => {
    const opened = await open();
    await opened.decide({});
    const report = await whatIf(opened, { policies: [denying()] });
    expect(counts(report)).toEqual({ "allow-to-deny": 1 });
    expect(report.transitions).toEqual([{ from: "published", to: "no-action", count: 1 }]);
    expect(report.examples[0]?.why.join()).toContain("onboarding-quote is ruled out by try.never");
    const elsewhere = denying('when { context.use.channel == "email" }');
    expect(counts(await whatIf(opened, { policies: [elsewhere] }))).toEqual({ same: 1 });
  });

  it("stands at another place under a playbook with another touchpoint, which is searched as things stand today", async () => {
    const opened = await open();
    const { decisionId } = await opened.decide({});
    const touchpoints = [{ channel: "web", place: "home-banner", framing: "What others say" }];
    const report = await whatIf(opened, { playbooks: [playbookFile(opened, { version: 2, touchpoints })] });
    expect(counts(report)).toEqual({ "other-place": 1 });
    expect(report.examples[0]).toMatchObject({
      before: { placements: [{ place: "pricing-hero" }] },
      after: { placements: [{ place: "home-banner" }] },
    });
    expect(report.readToday).toMatchObject({ decisions: 1, searches: 1, byDecision: [{ decisionId, reads: 1 }] });
    expect(report.caveats.join()).toContain("as things stand today");
  });

  it("says other words, takes another playbook, and decides on events that no playbook was meant for", async () => {
    const opened = await open();
    await opened.decide({});
    const words = [{ channel: "web", place: "pricing-hero", framing: "Hear it from others" }];
    expect(counts(await whatIf(opened, { playbooks: [playbookFile(opened, { touchpoints: words })] }))).toEqual({
      "other-words": 1,
    });
    const rival = playbookFile(opened, { id: "rival-proof", priority: 5 });
    expect(counts(await whatIf(opened, { playbooks: [rival] }))).toEqual({ "other-playbook": 1 });
    expect((await opened.decide({ type: "lead.inactive.v1", data: { days: 40 } })).status).toBe("no-action");
    const waking = playbookFile(opened, { id: "waking", when: { eventTypes: ["lead.inactive.v1"] } });
    const report = await whatIf(opened, { playbooks: [waking] });
    expect(counts(report)).toEqual({ same: 1, "deny-to-allow": 1, "other-playbook": 1 });
    expect(report.readToday).toMatchObject({ decisions: 1, leads: 1, searches: 1 });
  });

  it("takes another asset where a policy rules the first one out", async () => {
    const opened = await open();
    const { grant } = anAsset(opened.runtime.clock.now());
    const masked = { ...grant, attribution: "role-only" };
    await opened.putAsset({
      assetId: "another-quote",
      quote: "Nobody had to be convinced.",
      grant: masked,
      themes: [],
    });
    expect((await opened.decide({})).placements[0]?.assetId).toBe("onboarding-quote");
    const named = denying('when { context has grant && context.grant.attribution == "full" }');
    const report = await whatIf(opened, { policies: [named] });
    expect(counts(report)).toEqual({ "other-asset": 1 });
    expect(report.examples[0]).toMatchObject({
      before: { placements: [{ assetId: "onboarding-quote" }] },
      after: { placements: [{ assetId: "another-quote" }] },
      why: expect.arrayContaining(["onboarding-quote is ruled out by try.never"]),
    });
    // It was offered then, and not looked at: its rights are read today.
    expect(report.readToday).toMatchObject({ assets: expect.any(Number), searches: 0, decisions: 1 });
  });

  it("puts a policy of the deployment's own, and its overrides, into the pack", async () => {
    const opened = await open();
    await opened.decide({});
    const { name, text } = denying('when { context.use.channel == "web" }');
    const own = { name, text: text.replace("try.never", "own.never") };
    const report = await whatIf(opened, { policySet: [own] });
    expect(counts(report)).toEqual({ "allow-to-deny": 1 });
    expect(report.under.ruleset).toMatch(/^2026-11-01\.\d+\+own\.[0-9a-f]{12}$/);
    const asking = { ...own, text: own.text.replace('"deny"', '"review"') };
    const overrides = { name: "overrides.yaml", text: "overrides: [{ rule: own.never, effect: deny, reason: No }]" };
    expect(counts(await whatIf(opened, { policies: [asking] }))).toEqual({ "newly-to-person": 1 });
    expect(counts(await whatIf(opened, { policies: [asking, overrides] }))).toEqual({ "allow-to-deny": 1 });
  });

  it("reads a brand file in the place of the recorded one", async () => {
    const opened = await open();
    await opened.decide({});
    const brand = { sender: { name: "Other", address: "hello@other.example" }, logoText: "Other", voice: {} };
    const report = await whatIf(opened, { brand: { name: "brand.yaml", text: stringify(brand) } });
    expect(report.change).toEqual(["brand"]);
    expect(counts(report)).toEqual({ same: 1 });
  });

  it("is compared with what this version decides anyway", async () => {
    const opened = await open();
    await opened.decide({});
    await opened.vouchsafe.close();
    const guardrail = await guardrailToTry(
      { files: [denying()], set: null },
      { own: null, softenings: [] },
      opened.runtime.clock.now(),
    );
    const later = await compose(opened.vouchsafe.config, { runtime: opened.runtime, guardrail });
    const report = await whatIf({ vouchsafe: later }, { threshold: 0.9 });
    await later.close();
    expect(report.counts).toMatchObject({ compared: 1, changed: 0, drifted: 1 });
  });

  it("says which decisions it could not compare, and why", async () => {
    const opened = await open();
    const { decisionId } = await opened.decide({});
    await opened.vouchsafe.store.write((trx) =>
      trx.updateTable("recordings").set({ result_digest: "sha256:0" }).execute(),
    );
    const report = await whatIf(opened, { threshold: 0.9 });
    expect(report.notCompared).toMatchObject([{ decisionId, causes: [{ kind: "record-tampered" }] }]);
  });
});

describe("settings that are not usable", { timeout: 60_000 }, () => {
  it("are refused at once, each named by file, line and field", async () => {
    const opened = await open();
    const change: RequestedChange = {
      playbooks: [
        playbookFile(opened, { purpose: "no-such-purpose" }),
        { name: "broken.yaml", text: "id: x\nversion: [" },
        { name: "odd.yaml", text: "id: odd\nversion: 1\nlikes: cake\n" },
      ],
      policies: [{ name: "bad.cedar", text: "forbid (principal, action, resource) when { context.nothing == 1 };" }],
      brand: { name: "brand.yaml", text: "sender: { name: Other, address: hello@other.example }\nlogo: O\n" },
      threshold: { "no-such-playbook": 0.5 },
      model: "gpt-0",
    };
    const refusal = await whatIf(opened, change).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "invalid" });
    const words = String(refusal);
    for (const part of [
      /try\.yaml:\d+: purpose: "no-such-purpose" is not one of/,
      /broken\.yaml:\d+: /,
      /odd\.yaml:3: likes: unknown field/,
      /bad\.cedar:1: @id is missing/,
      /brand\.yaml:2: logo: unknown field/,
      /there is no playbook no-such-playbook; there are test-proof/,
      /model: this release plans by rules only/,
    ])
      expect(words).toMatch(part);
  });

  it("name what a policy asks for that is not in the schema", async () => {
    const opened = await open();
    const policies = [denying("when { context.nothing == 1 }")];
    await expect(whatIf(opened, { policies })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("nothing"),
    });
    await expect(whatIf(opened, { policies: [{ name: "x.cedar", text: "forbid (" }] })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

describe("the outcomes", { timeout: 60_000 }, () => {
  /** `count` published decisions of as many leads, of which every fourth is clicked. */
  async function clicked(opened: TestService, count: number) {
    for (let i = 0; i < count; i++) {
      const subject = `L-${100 + i}`;
      await opened.putLead({ leadId: subject, email: `lead${i}@buyer.example` });
      const decision = await opened.decide({ subject });
      const publicationId = decision.placements[0]?.publicationId;
      if (i % 4 === 0 && publicationId) {
        await opened.decide({ type: "outcome.clicked.v1", subject, data: { publicationId, channel: "web" } });
      }
    }
  }

  it("are the observed ones where nothing changes, with their interval; what was never reported gives no estimate", async () => {
    const opened = await open();
    await clicked(opened, 32);
    const { outcomes } = await whatIf(opened, { threshold: 0.3 });
    expect(outcomes).toMatchObject({ publishing: 32, matched: 32, supported: 32, unsupported: 0 });
    const [clicks, replies] = outcomes.estimates;
    expect(clicks).toMatchObject({
      outcome: "clicked",
      observed: { rate: 0.25, decisions: 32 },
      estimated: { rate: 0.25, method: "unweighted-wilson", decisions: 32 },
    });
    expect(replies).toMatchObject({
      outcome: "replied",
      estimated: null,
      words: expect.stringMatching(/^No estimate: /),
    });
  });

  it("are bounded where the change does what the log never did", async () => {
    const opened = await open();
    await clicked(opened, 4);
    const touchpoints = [{ channel: "web", place: "home-banner" }];
    const { outcomes } = await whatIf(opened, { playbooks: [playbookFile(opened, { touchpoints })] });
    expect(outcomes).toMatchObject({ publishing: 4, matched: 0, unsupported: 4 });
    expect(outcomes.estimates[0]?.words).toContain("0 published decisions would be the same");
  });

  it("weigh a pilot: those inside stand for those outside", async () => {
    const opened = await open({ playbook: { mode: { kind: "pilot", share: 0.7 } } });
    await clicked(opened, 64);
    const full = playbookFile(opened, { mode: { kind: "full" }, version: 2 });
    const { outcomes, byChange } = await whatIf(opened, { playbooks: [full] });
    expect(byChange.map(({ change }) => change)).toContain("deny-to-allow");
    expect(outcomes.publishing).toBe(64);
    expect(outcomes.supported).toBe(64);
    expect(outcomes.matched).toBeGreaterThanOrEqual(30);
    expect(outcomes.matched).toBeLessThan(64);
    expect(outcomes.estimates[0]?.estimated).toMatchObject({
      method: "self-normalised-ips-bootstrap",
      decisions: outcomes.matched,
      rate: outcomes.estimates[0]?.observed?.rate,
    });
  });
});
