import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSendingJudge, type SendingVerdict } from "../src/channels/judge-sending.ts";
import type { QueuedMessage } from "../src/channels/outbox.ts";
import { makeVirtualRuntime } from "../src/runtime/virtual-runtime.ts";
import { delivered, openEmailService, outboxFiles, step } from "./support/email-service.ts";
import { openPolicies, setAgainst } from "./support/policies.ts";
import type { TestService } from "./support/service.ts";

// What was published at night waits for the morning, and other rules may stand by then.

const night = Date.parse("2026-06-10T21:00:00Z");
const morning = Date.parse("2026-06-11T07:00:00Z");
const cadence = { cap: { count: 50, window: "week" }, repeatAfterDays: 0, quietHours: { from: 20, to: 8 } };
const noEmail = setAgainst("email");
const noChat = setAgainst("chat");

let folder: string;
let service: TestService;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "policies-"));
  const env = { VOUCHSAFE_POLICIES_DIR: folder };
  // A page beside the letter, so that the letter alone is left for the morning.
  const hero = { channel: "web", place: "pricing-hero", framing: "What others say" };
  service = await openEmailService({
    env,
    now: night,
    playbook: { touchpoints: [step, hero], cadence, maxPlacements: 2 },
  });
  await service.putAsset({ assetId: "second-quote" });
});
afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The letter that waits. */
async function queued(): Promise<QueuedMessage> {
  await service.decide({});
  const { publicationId, expiresAt } = await delivered(service, "pending");
  const { publications, store } = service.vouchsafe;
  const publication = await publications.get(store.read, publicationId);
  if (!publication || !expiresAt) throw new Error("no letter waits");
  return { publication, discharged: [], expiresAt: Date.parse(expiresAt) };
}

describe("a message that waits for the morning, when other rules are switched on meanwhile", () => {
  it.each([
    ["is not sent where they deny it", noEmail, "cancelled", 0],
    ["is sent where they let it pass", noChat, "delivered", 1],
  ] as const)("%s", async (_, files, state, sent) => {
    const { policies, store } = service.vouchsafe;
    await queued();
    const { rules } = policies.check(files);
    if (rules === null) throw new Error("the set of the test is not usable");
    await store.write((trx) => policies.switchOn(trx, { rules, reason: "Agreed overnight", by: "key_1" }));
    service.runtime.advance(morning - night);
    const { lastError } = await delivered(service, state);
    if (state === "cancelled") expect(lastError).toContain("own.no-email");
    expect(outboxFiles(service)).toHaveLength(sent);
  });

  it("is put off, and neither sent nor cancelled, while this process judges by the rules from before", async () => {
    const { decisions, deployment, facts, ledger, store } = service.vouchsafe;
    const message = await queued();
    const [here, elsewhere] = [await openPolicies(service.vouchsafe), await openPolicies(service.vouchsafe)];
    await here.begin();
    await elsewhere.begin();
    const { clock } = makeVirtualRuntime({ now: morning, seed: "morning" });
    const { guardrail, policies } = here;
    const judge = makeSendingJudge({ decisions, deployment, facts, ledger, guardrail, policies, clock });
    const judged = (): Promise<SendingVerdict> => store.write((trx) => judge(trx, message));

    expect(await judged()).toEqual({ verdict: "send" });
    await elsewhere.switchOn(noEmail);
    const putOff = { verdict: "postpone", until: morning, why: { rules: ["permit.valid"] } };
    expect(await judged()).toMatchObject(putOff);
    expect(await here.policies.follow(store)).toBe(true);
    expect(await judged()).toMatchObject({ verdict: "cancel", why: { rules: ["own.no-email"] } });
    await elsewhere.policies.follow(store);
    await elsewhere.rollBack();
    expect(await judged()).toMatchObject(putOff);
    await here.policies.follow(store);
    expect(await judged()).toEqual({ verdict: "send" });
  });
});
