import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asset, contentFor, lead, openRecords, putAsset, type Records } from "../../test/support/records.ts";
import { type ApprovalAnswer, approvalAnswer } from "../domain/approval.ts";
import { type Finding, finding } from "../domain/finding.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type ApprovalId, assetId, type DecisionId } from "../domain/ids.ts";
import type { Vault } from "../vault/vault.ts";
import type { ApprovalQuestion } from "./approvals.ts";
import { makeApprovals } from "./sql-approvals.ts";

let records: Records;
let decisionId: DecisionId;
beforeEach(async () => {
  records = await openRecords();
  await putAsset(records);
  decisionId = await records.openDecision();
});
afterEach(() => records.close());

const hour = 3_600_000;
const found = (rule: string, evidence: Record<string, unknown> = {}): Finding =>
  finding.parse({ rule, effect: "review", reason: "Somebody should look.", evidence });

function question(over: Partial<ApprovalQuestion> = {}): ApprovalQuestion {
  const content = over.content ?? contentFor();
  return {
    decisionId,
    placementId: records.runtime.ids.next("plc"),
    leadId: lead,
    assetId: content.assetId,
    assetVersion: 1,
    touchpoint: content.touchpoint,
    content,
    editedIn: null,
    contentHash: jsonDigest(content),
    findings: [found("autonomy.confidence")],
    expiresAt: records.runtime.clock.now() + hour,
    ...over,
  };
}
const ask = (asked: ApprovalQuestion) => records.store.write((trx) => records.approvals.ask(trx, asked));
const answer = (id: ApprovalId, given: object, by = "key_reviewer") => {
  const parsed: ApprovalAnswer = approvalAnswer.parse({ contentHash: question().contentHash, ...given });
  return records.store.write((trx) => records.approvals.answer(trx, id, parsed, by));
};
const get = (id: ApprovalId) => records.approvals.get(records.store.read, id);
const statusOf = async (id: ApprovalId) => (await get(id))?.status;
const ofDecision = () => records.approvals.ofDecision(records.store.read, decisionId);
const inboxState = async () =>
  (
    await records.store.read
      .selectFrom("inbox")
      .select("state")
      .where("decision_id", "=", decisionId)
      .executeTakeFirstOrThrow()
  ).state;

describe("asking", () => {
  test("shows what would be published, with the quote read from the version", async () => {
    const asked = question();
    const id = await ask(asked);
    expect(await get(id)).toEqual({
      approvalId: id,
      decisionId,
      placementId: asked.placementId,
      leadId: lead,
      assetId: asset,
      assetVersion: 1,
      touchpoint: asked.touchpoint,
      contentHash: asked.contentHash,
      content: asked.content,
      quote: "We were live …",
      findings: asked.findings,
      status: "waiting",
      createdAt: "2026-11-23T09:00:00.000Z",
      expiresAt: "2026-11-23T10:00:00.000Z",
      answeredAt: null,
      answeredBy: null,
    });
    expect(await records.audited("approval.asked")).toEqual([
      expect.objectContaining({ approvalId: id, contentHash: asked.contentHash }),
    ]);
    expect(await inboxState()).toBe("waiting");
  });

  test("of content without a quote shows none", async () => {
    const content = { ...contentFor(), quote: null };
    expect((await get(await ask(question({ content }))))?.quote).toBeNull();
  });

  test("again for the same content and questions is the same row, whatever the evidence and order", async () => {
    const first = question({ findings: [found("a", { score: 1 }), found("b")] });
    const id = await ask(first);
    expect(await ask({ ...first, findings: [found("b"), found("a", { score: 2 }), found("a")] })).toBe(id);
    expect(await records.audited("approval.asked")).toHaveLength(1);
  });

  test.each([
    ["content", () => question({ content: contentFor({ framing: "Another." }) })],
    ["questions", () => question({ findings: [found("autonomy.confidence"), found("content.safe")] })],
    ["fewer questions", () => question({ findings: [] })],
  ])("about other %s blocks the first question", async (_what, next) => {
    const first = await ask(question());
    const second = await ask(next());
    expect(second).not.toBe(first);
    expect([await statusOf(first), await statusOf(second)]).toEqual(["blocked", "waiting"]);
    expect(await records.audited("approval.blocked")).toEqual([expect.objectContaining({ approvalId: first })]);
    // The run that asks goes on by itself.
    expect(await inboxState()).toBe("waiting");
  });

  test("for two touchpoints puts two questions", async () => {
    const first = await ask(question());
    const second = await ask(question({ content: contentFor({ place: "footer" }) }));
    expect([await statusOf(first), await statusOf(second)]).toEqual(["waiting", "waiting"]);
    expect((await ofDecision()).map((one) => one.approvalId)).toEqual([first, second]);
  });

  test("after an answer puts a question of its own", async () => {
    const first = await ask(question());
    await answer(first, { verdict: "approve" });
    const second = await ask(question({ findings: [found("content.safe")] }));
    expect([await statusOf(first), await statusOf(second)]).toEqual(["approved", "waiting"]);
  });
});

describe("answering", () => {
  test.each([
    ["approve", "approved", null],
    ["edit", "edited", "Nine days, says Acme."],
    ["reject", "rejected", null],
  ])("%s makes it %s, and lets the decision run on", async (verdict, status, framing) => {
    const id = await ask(question());
    records.runtime.advance(60_000);
    const answered = await answer(id, { verdict, note: "Spoke to Jana.", ...(framing ? { framing } : {}) });
    expect(answered).toMatchObject({
      status,
      quote: "We were live …",
      answeredAt: "2026-11-23T09:01:00.000Z",
      answeredBy: "key_reviewer",
    });
    expect(await get(id)).toEqual(answered);
    expect(await ofDecision()).toMatchObject([{ approvalId: id, status, editedFraming: framing }]);
    expect(await inboxState()).toBe("ready");
  });

  test("keeps the person's words under the lead's key alone", async () => {
    const id = await ask(question());
    await answer(id, { verdict: "edit", framing: "Dear Jana, nine days.", note: "Jana likes numbers." });
    const rows = [
      await records.store.read.selectFrom("approvals").selectAll().execute(),
      await records.store.read.selectFrom("audit_entries").selectAll().execute(),
    ];
    expect(Buffer.from(JSON.stringify(rows)).toString()).not.toContain("Jana");
    const [row] = await records.store.read.selectFrom("approvals").select("sealed_answer").execute();
    expect(Buffer.from(row?.sealed_answer ?? []).toString("latin1")).not.toContain("Jana");
    expect(await records.audited("approval.answered")).toEqual([
      expect.objectContaining({ verdict: "edit", by: "key_reviewer", contentHash: question().contentHash }),
    ]);
    await records.store.write((trx) => records.vault.erase(trx, `lead:${lead}`));
    expect(await ofDecision()).toMatchObject([{ status: "edited", editedFraming: null }]);
  });

  test("refuses an edit that gives somebody away, and goes on waiting", async () => {
    const id = await ask(question());
    const told = answer(id, { verdict: "edit", framing: "Write to jana@buyer.example" });
    await expect(told).rejects.toMatchObject({ code: "invalid", fields: [{ pointer: "/framing" }] });
    await expect(told).rejects.not.toThrow("jana@");
    expect(await statusOf(id)).toBe("waiting");
  });

  test("twice at once acts once", async () => {
    const verdict = fc.constantFrom("approve", "reject");
    await fc.assert(
      fc.asyncProperty(fc.array(verdict, { minLength: 2, maxLength: 5 }), async (verdicts) => {
        const asked = question({ decisionId: await records.openDecision() });
        const id = await ask(asked);
        const before = (await records.audited("approval.answered")).length;
        const results = await Promise.allSettled(verdicts.map((given) => answer(id, { verdict: given })));
        const [first, ...others] = results;
        expect(first?.status).toBe("fulfilled");
        for (const other of others) expect(other).toMatchObject({ reason: { code: "conflict" } });
        expect(await statusOf(id)).toBe(verdicts[0] === "approve" ? "approved" : "rejected");
        expect(await records.audited("approval.answered")).toHaveLength(before + 1);
      }),
      { numRuns: 20 },
    );
  });

  test("while another answer commits between its look and its update is a conflict that leaves nothing", async () => {
    const id = await ask(question());
    const { clock, ids } = records.runtime;
    // Nothing runs between the two on SQLite; the rival acts where the answer is sealed.
    const vault: Vault = {
      ...records.vault,
      async seal(trx, ...sealing) {
        await trx.updateTable("approvals").set({ status: "approved" }).where("approval_id", "=", id).execute();
        return await records.vault.seal(trx, ...sealing);
      },
    };
    const approvals = makeApprovals({ ...records, vault, clock, ids });
    const given = approvalAnswer.parse({ verdict: "reject", contentHash: question().contentHash, note: "No." });
    const late = records.store.write((trx) => approvals.answer(trx, id, given, "key_late"));
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    expect(await records.audited("approval.answered")).toEqual([]);
    expect(await inboxState()).toBe("waiting");
  });

  test("about other content is a conflict that names the field", async () => {
    const id = await ask(question());
    await expect(answer(id, { verdict: "approve", contentHash: "sha256:other" })).rejects.toMatchObject({
      code: "conflict",
      fields: [{ pointer: "/contentHash" }],
    });
    expect(await statusOf(id)).toBe("waiting");
  });

  test("counts until the last millisecond before its expiry", async () => {
    const [inTime, tooLate] = [
      await ask(question()),
      await ask(question({ content: contentFor({ place: "footer" }) })),
    ];
    records.runtime.advance(hour - 1);
    await answer(inTime, { verdict: "approve" });
    records.runtime.advance(1);
    const contentHash = jsonDigest(contentFor({ place: "footer" }));
    await expect(answer(tooLate, { verdict: "approve", contentHash })).rejects.toMatchObject({ code: "gone" });
    expect(await statusOf(tooLate)).toBe("waiting");
  });

  test("what is unknown is refused", async () => {
    const unknown = records.runtime.ids.next("apr");
    await expect(answer(unknown, { verdict: "approve" })).rejects.toMatchObject({ code: "not-found" });
    expect(await get(unknown)).toBeNull();
  });
});

describe("what nobody answers", () => {
  const expireDue = (limit = 10) =>
    records.store.write((trx) => records.approvals.expireDue(trx, records.runtime.clock.now(), limit));

  test("expires at its millisecond, once, and lets the decision run on to its end", async () => {
    const id = await ask(question());
    records.runtime.advance(hour - 1);
    expect(await expireDue()).toBe(0);
    expect(await statusOf(id)).toBe("waiting");
    records.runtime.advance(1);
    expect(await expireDue()).toBe(1);
    expect(await expireDue()).toBe(0);
    expect(await statusOf(id)).toBe("expired");
    expect(await inboxState()).toBe("ready");
    expect(await records.audited("approval.expired")).toEqual([expect.objectContaining({ approvalId: id })]);
    await expect(answer(id, { verdict: "approve" })).rejects.toMatchObject({ code: "gone" });
  });

  test("expires in parts, the longest overdue first", async () => {
    const places = ["one", "two", "three"];
    const ids: ApprovalId[] = [];
    for (const [i, place] of places.entries()) {
      const expiresAt = records.runtime.clock.now() + (3 - i) * hour;
      ids.push(await ask(question({ content: contentFor({ place }), expiresAt })));
    }
    records.runtime.advance(3 * hour);
    expect(await expireDue(2)).toBe(2);
    const statuses = await Promise.all(ids.map(statusOf));
    expect(statuses).toEqual(["waiting", "expired", "expired"]);
  });
});

describe("blocking", () => {
  test("an asset blocks what waits for it, with a receipt for each, and lets the decisions run on", async () => {
    const mine = [await ask(question()), await ask(question({ content: contentFor({ place: "footer" }) }))];
    const other = await ask(question({ content: contentFor({ place: "aside", of: assetId.parse("other") }) }));
    const block = () => records.store.write((trx) => records.approvals.blockAsset(trx, asset));
    expect(await block()).toEqual(mine.map((id) => ({ kind: "approval", id, result: "blocked" })));
    expect(await block()).toEqual([]);
    expect(await statusOf(other)).toBe("waiting");
    expect(await inboxState()).toBe("ready");
    const [first] = mine;
    if (first) await expect(answer(first, { verdict: "approve" })).rejects.toMatchObject({ code: "conflict" });
  });

  test("a decision that ended closes its questions and wakes nothing", async () => {
    const id = await ask(question());
    const elsewhere = await ask(question({ decisionId: await records.openDecision() }));
    await records.store.write((trx) => records.approvals.closeWaiting(trx, decisionId));
    expect([await statusOf(id), await statusOf(elsewhere)]).toEqual(["blocked", "waiting"]);
    expect(await inboxState()).toBe("waiting");
    expect(await records.audited("approval.blocked")).toHaveLength(1);
  });
});

test("the queue is listed longest waiting first, in pages, by status", async () => {
  const ids: ApprovalId[] = [];
  for (const place of ["one", "two", "three"]) ids.push(await ask(question({ content: contentFor({ place }) })));
  const [first, second, third] = ids;
  if (second) await answer(second, { verdict: "reject", contentHash: jsonDigest(contentFor({ place: "two" })) });
  const list = async (filter: object) =>
    (await records.approvals.list(records.store.read, { after: null, limit: 10, ...filter })).map(
      (one) => one.approvalId,
    );
  expect(await list({})).toEqual(ids);
  expect(await list({ limit: 2 })).toEqual([first, second]);
  expect(await list({ after: second })).toEqual([third]);
  expect(await list({ status: "waiting" })).toEqual([first, third]);
});
