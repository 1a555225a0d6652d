import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { approvalId, type DecisionId } from "../src/domain/ids.ts";
import type { PolicyFile } from "../src/guardrails/guardrail.ts";
import type { Planner } from "../src/planners/planner.ts";
import { makeRulesPlanner } from "../src/planners/rules/rules-planner.ts";
import { setAgainst } from "./support/policies.ts";
import { openTestService, type TestService } from "./support/service.ts";

let folder: string;
let service: TestService;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policies-"));
});
afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof openTestService>[0] = {}) {
  service = await openTestService({ ...options, env: { VOUCHSAFE_POLICIES_DIR: folder } });
  await service.putAsset();
  await service.putLead();
}

function switchOn(files: readonly PolicyFile[]) {
  const { policies, store } = service.vouchsafe;
  const { rules, problems } = policies.check(files);
  if (rules === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  return store.write((trx) => policies.switchOn(trx, { rules, reason: "Agreed in the council", by: "key_1" }));
}

function rollBack() {
  const { policies, store } = service.vouchsafe;
  return store.write((trx) => policies.rollBack(trx, { reason: "It denied too much", by: "key_1" }));
}

const publications = () =>
  service.vouchsafe.publications.list(service.vouchsafe.store.read, { after: null, limit: 50 });
const noWeb = setAgainst("web");
const noChat = setAgainst("chat");

async function approve(decision: DecisionId) {
  const { approvals, store } = service.vouchsafe;
  const waiting = await approvals.list(store.read, { status: "waiting", after: null, limit: 10 });
  const question = waiting.find((one) => one.decisionId === decision);
  if (!question) throw new Error("nothing waits");
  const given = { verdict: "approve", contentHash: question.contentHash } as const;
  await store.write((trx) => approvals.answer(trx, approvalId.parse(question.approvalId), given, "tester"));
  return question;
}

describe("a switch of the rules", () => {
  it("decides what comes after it, without a restart and after one, until it is rolled back; decisions name the rules", async () => {
    await open();
    const before = await service.decide({});
    const made = await switchOn(noWeb);
    const after = await service.decide({});
    await service.restart();
    const restarted = await service.decide({});
    await rollBack();
    const rolledBack = await service.decide({});
    const decided = [before, after, restarted, rolledBack];
    expect(decided.map(({ status }) => status)).toEqual(["published", "no-action", "no-action", "published"]);
    expect(after.reason).toContain("own.no-web");
    const plain = before.rulesetVersion;
    expect(decided.map((one) => one.rulesetVersion)).toEqual([
      plain,
      `${plain}+${made.to}`,
      `${plain}+${made.to}`,
      plain,
    ]);
  });

  it("keeps standing when its folder is taken away or changed, and the log says what to run", async () => {
    writeFileSync(join(folder, "own.cedar"), noWeb[0]?.text ?? "");
    await open();
    expect((await service.decide({})).status).toBe("no-action");
    rmSync(join(folder, "own.cedar"));
    await service.restart();
    expect((await service.decide({})).status).toBe("no-action");
    expect(service.logged()).toMatch(/policies-\w+ is empty: .*policies roll-back none/);
    writeFileSync(join(folder, "own.cedar"), noChat[0]?.text ?? "");
    await service.restart();
    expect((await service.decide({})).status).toBe("no-action");
    expect(service.logged()).toMatch(/policies-\w+ holds own\.\w+: .*policies switch-on/);
    rmSync(folder, { recursive: true });
    await service.restart();
    expect((await service.decide({})).status).toBe("no-action");
    expect(service.logged()).toContain("there is no such folder");
  });

  it("is what an approval meets that was given after it: denied, and nothing is published", async () => {
    await open({ playbook: { autonomy: { confidenceThreshold: 1, approvalHours: 24 } } });
    const asked = await service.decide({});
    expect(asked.status).toBe("awaiting-approval");
    await switchOn(noWeb);
    await approve(asked.decisionId);
    const decision = await service.settled(asked.decisionId, "denied", "published");
    expect([decision.status, decision.reason]).toEqual(["denied", expect.stringContaining("own.no-web")]);
    expect(await publications()).toEqual([]);
  });

  it.each([
    { what: "forbids it", files: noWeb, status: "no-action", published: 0 },
    { what: "is about something else", files: noChat, status: "published", published: 1 },
  ])("that $what has judged anew what had its permit already", async ({ files, status, published }) => {
    const rules = makeRulesPlanner();
    const switches: Promise<unknown>[] = [];
    const planner: Planner = {
      ...rules,
      async plan(request, tools) {
        const plan = await rules.plan(request, tools);
        if (switches.length === 0) switches.push(switchOnceRuled(files));
        return plan;
      },
    };
    await open({ planner });
    const decided = await service.decide({});
    const rested =
      decided.status === "held" ? await service.settled(decided.decisionId, "published", "no-action") : decided;
    await Promise.all(switches);
    expect([rested.status, rested.attempt]).toEqual([status, 2]);
    expect(rested.rulesetVersion).toMatch(/\+own\.[0-9a-f]{12}$/);
    const rows = await service.vouchsafe.store.read.selectFrom("publications").select("ruleset_version").execute();
    expect(rows.map((one) => one.ruleset_version)).toEqual(Array(published).fill(rested.rulesetVersion));
  });
});

/** Has the writers' turn from now on, and commits once the guardrail has given its permit: right before act. */
async function switchOnceRuled(files: readonly PolicyFile[]) {
  const { policies, store, guardrail } = service.vouchsafe;
  const { rules } = policies.check(files);
  if (rules === null) throw new Error("the set of the test is not usable");
  const ruled = new Promise<void>((resolve) => {
    const rule = guardrail.rule.bind(guardrail);
    vi.spyOn(guardrail, "rule").mockImplementationOnce((...given) => {
      setImmediate(resolve);
      return rule(...given);
    });
  });
  return store.write(async (trx) => {
    await policies.switchOn(trx, { rules, reason: "In the very moment", by: "key_1" });
    await ruled;
  });
}

describe("an administrator's override", () => {
  const rule = "asset.source-terms";

  /** A review of a platform whose terms ask for a licence and a link, which there are not. */
  async function openReview() {
    await open();
    const collectedAt = new Date(service.runtime.clock.now() - 86_400_000).toISOString();
    await service.putAsset({ source: { system: "g2", verified: true, collectedAt } });
  }

  it("has a person asked what was denied, who sees whose it is, and denies again from its end on", async () => {
    await openReview();
    expect((await service.decide({})).status).toBe("no-action");
    const { policies, store } = service.vouchsafe;
    const until = service.runtime.clock.now() + 3_600_000;
    const place = { rule, scope: "asset", target: "onboarding-quote" } as const;
    const given = { ...place, reason: "Agreed for the relaunch", until, by: "key_1" };
    const { overrideId } = await store.write((trx) => policies.setOverride(trx, given));
    const asked = await service.decide({});
    expect(asked.status).toBe("awaiting-approval");
    const question = await approve(asked.decisionId);
    expect(question.findings).toContainEqual(
      expect.objectContaining({
        rule,
        evidence: expect.objectContaining({ override: overrideId, by: "key_1" }),
      }),
    );
    expect((await service.settled(asked.decisionId, "published")).rulesetVersion).toContain("+soft.");
    const late = await service.decide({});
    expect(late.status).toBe("awaiting-approval");
    service.runtime.advance(3_600_000);
    await approve(late.decisionId);
    expect((await service.settled(late.decisionId, "denied", "published")).status).toBe("denied");
    expect((await service.decide({})).status).toBe("no-action");
    expect(await publications()).toHaveLength(1);
  });

  it("outlives a restart", async () => {
    await openReview();
    const { policies, store } = service.vouchsafe;
    const until = service.runtime.clock.now() + 3_600_000;
    const given = { rule, scope: "global", target: "*", reason: "x", until, by: "key_1" } as const;
    await store.write((trx) => policies.setOverride(trx, given));
    await service.restart();
    expect((await service.decide({})).status).toBe("awaiting-approval");
  });
});
