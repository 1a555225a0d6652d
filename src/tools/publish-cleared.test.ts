import { afterEach, expect, it } from "vitest";
import { askedReason, askedRule, makeAskingGuardrail } from "../../test/support/asking-guardrail.ts";
import { anAsset } from "../../test/support/service.ts";
import { hero, openTestTools } from "../../test/support/tools.ts";
import type { ClearanceAnswer } from "../domain/clearance.ts";
import { assetId } from "../domain/ids.ts";

type Tools = Awaited<ReturnType<typeof openTestTools>>;
let tools: Tools;
afterEach(() => tools.service.close());

/** A placement that was judged while the question about its version was cleared for a day, and how to answer anew. */
async function openCleared() {
  tools = await openTestTools({}, { guardrail: await makeAskingGuardrail() });
  const { service } = tools;
  const { store, clearances } = service.vouchsafe;
  const { grant } = anAsset(service.runtime.clock.now());
  await service.putAsset({ grant: { ...grant, maxUses: { count: 1000, perDays: 90 } } });
  await service.putLead();
  const decision = await tools.openDecision("L-1");
  const finding = { rule: askedRule, effect: "review", reason: askedReason, evidence: {}, about: "version" } as const;
  const question = { assetId: assetId.parse("onboarding-quote"), assetVersion: 1, finding };
  const id = await store.write((trx) =>
    clearances.open(trx, { ...question, decisionId: decision.frame.decisionId, isAwaited: false }),
  );
  const answer = (given: ClearanceAnswer) => store.write((trx) => clearances.answer(trx, id, given, "tester"));
  await answer({ verdict: "clear", days: 1 });
  return { decision, answer, ready: await tools.permitted(decision, hero) };
}

it("publishes what still is cleared", async () => {
  const { decision, ready } = await openCleared();
  expect(await tools.publish(decision, [ready])).toMatchObject({ outcome: "published" });
});

it.each(["refuse", "reopen"] as const)(
  "denies when somebody says %s between judging and publishing",
  async (verdict) => {
    const { decision, ready, answer } = await openCleared();
    await answer({ verdict });
    expect(await tools.publish(decision, [ready])).toMatchObject({ outcome: "refused", effect: "deny" });
    expect(await tools.written(decision)).toEqual({ publications: 0, contacts: 0 });
  },
);

it("denies from the millisecond at which the clearance ends", async () => {
  const { decision, answer } = await openCleared();
  // Judged a millisecond before the end: the permit outlives the answer.
  await answer({ verdict: "clear", days: 1 });
  tools.service.runtime.advance(86_400_000 - 1);
  const late = { ...decision, frame: { ...decision.frame, now: tools.service.runtime.clock.now() } };
  const ready = await tools.permitted(late, hero);
  tools.service.runtime.advance(1);
  expect(await tools.publish(late, [ready])).toMatchObject({
    outcome: "refused",
    effect: "deny",
    findings: [{ rule: askedRule, reason: askedReason }],
  });
});
