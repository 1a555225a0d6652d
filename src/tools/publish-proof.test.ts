import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { banner, hero, openTestTools } from "../../test/support/tools.ts";
import { leadId } from "../domain/ids.ts";

let tools: Awaited<ReturnType<typeof openTestTools>>;
let leads = 0;

beforeAll(async () => {
  tools = await openTestTools();
  await tools.service.putAsset();
});
afterAll(() => tools.service.close());

const nothing = { publications: 0, contacts: 0 };

/** A decision about a lead of its own, so that no test uses up another's cap. */
async function openDecision() {
  const lead = `L-${++leads}`;
  await tools.service.putLead({ leadId: lead });
  return { lead: leadId.parse(lead), decision: await tools.openDecision(lead) };
}

describe("what holds a permit", () => {
  it("is published, and takes one contact", async () => {
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision);
    expect(await tools.publish(decision, [ready])).toMatchObject({
      outcome: "published",
      publications: [{ placementId: ready.asked.placementId }],
    });
    expect(await tools.written(decision)).toEqual({ publications: 1, contacts: 1 });
  });

  it("is published at all of its touchpoints or at none, as one contact", async () => {
    const { decision } = await openDecision();
    const first = await tools.permitted(decision, hero);
    const second = await tools.permitted(decision, banner);
    const forged = { ...second, asked: { ...second.asked, permit: { ...second.asked.permit, mac: "AAAA" } } };
    expect(await tools.publish(decision, [first, forged])).toMatchObject({
      outcome: "refused",
      placementId: second.asked.placementId,
    });
    expect(await tools.written(decision)).toEqual(nothing);
    expect(await tools.publish(decision, [first, second])).toMatchObject({ outcome: "published" });
    expect(await tools.written(decision)).toEqual({ publications: 2, contacts: 1 });
  });

  it("is published once: the same again throws, and changes nothing", async () => {
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision);
    await tools.publish(decision, [ready]);
    const again = await tools.permitted(decision);
    await expect(tools.publish(decision, [again])).rejects.toMatchObject({ code: "conflict" });
    expect(await tools.written(decision)).toEqual({ publications: 1, contacts: 1 });
  });
});

it("is live no longer than the age of its kind", async () => {
  const { decision } = await openDecision();
  const { runtime, vouchsafe } = tools.service;
  const now = runtime.clock.now();
  const dayMs = 86_400_000;
  const freshnessTimestamp = new Date(now - 1090 * dayMs).toISOString();
  await tools.service.putAsset({ assetId: "aging-story", kind: "case-study", freshnessTimestamp });
  await tools.publish(decision, [await tools.permitted(decision, hero, "aging-story")]);
  const [published] = await vouchsafe.publications.ofDecision(vouchsafe.store.read, decision.frame.decisionId);
  expect(published?.liveUntil).toBe(new Date(now + 5 * dayMs + 1).toISOString());
});

describe("a permit", () => {
  it("holds for its own content, lead, touchpoint and decision alone", async () => {
    const { decision } = await openDecision();
    const { decision: other } = await openDecision();
    const mine = await tools.permitted(decision);
    const { permit } = mine.asked;
    const theirs = (await tools.permitted(other)).asked.permit;
    const elsewhere = (await tools.permitted(decision, banner)).asked;
    const wrong = {
      "for another placement": { permit: elsewhere.permit },
      "for another touchpoint": { permit: elsewhere.permit, placementId: elsewhere.placementId },
      "for another decision": { permit: theirs },
      "not one of ours": { permit: { ...permit, expiresAt: permit.expiresAt + 1 } },
      "not one of ours ": { permit: { ...permit, discharged: ["claim.supported|Nobody has read it."] } },
      "for other content": { proposed: { ...mine.asked.proposed, framing: "Words nobody judged" } },
    };
    for (const [reason, change] of Object.entries(wrong)) {
      const answer = await tools.publish(decision, [{ ...mine, asked: { ...mine.asked, ...change } }]);
      const finding = { rule: "permit.valid", effect: "deny", reason: expect.stringContaining(reason.trim()) };
      expect(answer, reason).toMatchObject({ outcome: "refused", effect: "deny", findings: [finding] });
    }
    expect(await tools.written(decision)).toEqual(nothing);
  });

  it("is used up with the publication: the very same again throws, and changes nothing", async () => {
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision);
    await tools.publish(decision, [ready]);
    await expect(tools.publish(decision, [ready])).rejects.toMatchObject({ code: "conflict" });
    expect(await tools.written(decision)).toEqual({ publications: 1, contacts: 1 });
  });

  it("is judged anew once it has expired", async () => {
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision);
    tools.service.runtime.advance(60_000);
    const answer = await tools.publish(decision, [ready]);
    const until = tools.service.runtime.clock.now();
    const finding = { rule: "permit.valid", effect: "hold", reason: "The permit has expired.", until };
    expect(answer).toMatchObject({ outcome: "refused", effect: "hold", until, findings: [finding] });
    expect(await tools.written(decision)).toEqual(nothing);
  });
});

describe("what changed between judging and publishing", () => {
  it("refuses when the lead objected, and when consent was withdrawn", async () => {
    const { store, crm } = tools.service.vouchsafe;
    const objected = await openDecision();
    const first = await tools.permitted(objected.decision);
    await store.write((trx) => crm.suppress(trx, objected.lead, "all", "objection"));
    expect(await tools.publish(objected.decision, [first])).toMatchObject({ outcome: "refused", effect: "deny" });
    expect(await tools.written(objected.decision)).toEqual(nothing);

    const withdrew = await openDecision();
    const second = await tools.permitted(withdrew.decision);
    const at = new Date(tools.service.runtime.clock.now()).toISOString();
    const consent = { channel: "web", purpose: "nurture", basis: "consent", status: "withdrawn", at } as const;
    await store.write((trx) => crm.addConsent(trx, withdrew.lead, consent));
    expect(await tools.publish(withdrew.decision, [second])).toMatchObject({ outcome: "refused", effect: "deny" });
    expect(await tools.written(withdrew.decision)).toEqual(nothing);
  });

  it("refuses when the grant was revoked", async () => {
    const { store, catalogue } = tools.service.vouchsafe;
    await tools.service.putAsset({ assetId: "soon-revoked" });
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision, hero, "soon-revoked");
    await store.write((trx) => catalogue.revokeGrants(trx, ready.asked.proposed.assetId, "asked to"));
    expect(await tools.publish(decision, [ready])).toMatchObject({ outcome: "refused", effect: "deny" });
    expect(await tools.written(decision)).toEqual(nothing);
  });

  it("refuses while a stop stands", async () => {
    const { store, killSwitches } = tools.service.vouchsafe;
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision);
    const stop = { scope: "channel", target: "web" } as const;
    await store.write((trx) => killSwitches.set(trx, { ...stop, reason: "incident" }, "operator"));
    const answer = await tools.publish(decision, [ready]);
    await store.write((trx) => killSwitches.clear(trx, stop, "operator"));
    expect(answer).toMatchObject({ outcome: "refused", effect: "deny" });
    expect(answer).toHaveProperty(
      "findings",
      expect.arrayContaining([expect.objectContaining({ rule: "kill-switch" })]),
    );
    expect(await tools.written(decision)).toEqual(nothing);
    expect(await tools.publish(decision, [ready])).toMatchObject({ outcome: "published" });
  });

  it("waits for the window's end when another decision took the lead's last contact", async () => {
    const { lead, decision } = await openDecision();
    const rival = await tools.openDecision(lead);
    const ready = await tools.permitted(decision);
    await tools.publish(rival, [await tools.permitted(rival)]);
    const answer = await tools.publish(decision, [ready]);
    expect(answer).toMatchObject({ outcome: "refused", effect: "hold", until: ready.judged.contactWindowEnd });
    expect(await tools.written(decision)).toEqual(nothing);
  });

  it("lets one of two through that publish at the same moment", async () => {
    const { lead, decision } = await openDecision();
    const rival = await tools.openDecision(lead);
    const both = [
      { of: decision, ready: await tools.permitted(decision) },
      { of: rival, ready: await tools.permitted(rival) },
    ];
    const answers = await Promise.all(both.map(({ of, ready }) => tools.publish(of, [ready])));
    expect(answers.map((answer) => answer.outcome).sort()).toEqual(["published", "refused"]);
    const counts = await Promise.all(both.map(({ of }) => tools.written(of)));
    expect(counts.reduce((sum, { publications }) => sum + publications, 0)).toBe(1);
  });
});

describe("the lease", () => {
  it("must still be the caller's: a later one, or an ended one, throws and nothing is written", async () => {
    const { store, inbox } = tools.service.vouchsafe;
    const { decision } = await openDecision();
    const ready = await tools.permitted(decision);
    const stale = { ...decision, lease: { ...decision.lease, fence: 0 } };
    await expect(tools.publish(stale, [ready])).rejects.toMatchObject({ code: "stale-lease" });
    await store.write((trx) => inbox.settle(trx, decision.lease, { state: "done" }));
    await expect(tools.publish(decision, [ready])).rejects.toMatchObject({ code: "stale-lease" });
    expect(await tools.written(decision)).toEqual(nothing);
  });
});
