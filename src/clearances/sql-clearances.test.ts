import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  asset,
  contentFor,
  lead,
  openRecords,
  publicationOf,
  putAsset,
  type Records,
} from "../../test/support/records.ts";
import { assetInput } from "../domain/asset.ts";
import { deployerProfile } from "../domain/deployer-profile.ts";
import { jsonDigest } from "../domain/hash.ts";
import { asked } from "../guardrails/checks/check.ts";
import { readOpen } from "./open-levels.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
  await putAsset(records);
});
afterEach(() => records.close());

const finding = asked("claim.typical", "The result is not known to be typical.", { metric: "time-to-live" });
const dayMs = 86_400_000;
const usualDays = deployerProfile.shape.clearanceDays.parse(undefined);

async function open(decisionId: Awaited<ReturnType<Records["openDecision"]>> | null = null, version = 1) {
  const question = { assetId: asset, assetVersion: version, finding, decisionId, isAwaited: decisionId !== null };
  return records.store.write((trx) => records.clearances.open(trx, question));
}
const answer = (id: Awaited<ReturnType<typeof open>>, given: Parameters<Records["clearances"]["answer"]>[2]) =>
  records.store.write((trx) => records.clearances.answer(trx, id, given, "tester"));
const get = async (id: Awaited<ReturnType<typeof open>>) => records.clearances.get(records.store.read, id);
const standing = () => records.clearances.ofVersion(records.store.read, asset, 1);
const inboxStates = async () =>
  (await records.store.read.selectFrom("inbox").select("state").orderBy("event_id").execute()).map((row) => row.state);

describe("a question about a version", () => {
  test("is one task however often it is asked, and another for another version", async () => {
    const decisionId = await records.openDecision();
    const id = await open(decisionId);
    expect(await open(await records.openDecision())).toBe(id);
    expect(await open(null, 2)).not.toBe(id);
    expect(await get(id)).toMatchObject({
      assetId: asset,
      assetVersion: 1,
      rule: "claim.typical",
      reason: finding.reason,
      evidence: { metric: "time-to-live" },
      state: "open",
      title: "Live in nine days",
      quote: "We were live in nine days.",
      openedBy: decisionId,
      answeredBy: null,
      expiresAt: null,
      waiting: 2,
      history: [{ change: "opened", by: decisionId }],
    });
    expect(await standing()).toEqual([]);
    expect(await records.audited("clearance.opened")).toMatchObject([
      {
        clearanceId: id,
        assetId: asset,
        assetVersion: 1,
        question: "claim.typical|The result is not known to be typical.",
      },
      { assetVersion: 2 },
    ]);
  });

  test("stands once it is answered, for the usual time or what was said, and wakes whoever waits", async () => {
    await records.openDecision();
    const id = await open(await records.openDecision());
    const now = records.runtime.clock.now();
    const { clearance, receipt } = await answer(id, { verdict: "clear", note: "Read the study." });
    const expiresAt = new Date(now + usualDays * dayMs).toISOString();
    expect(clearance).toMatchObject({ state: "cleared", answeredBy: "tester", expiresAt, waiting: 0 });
    expect(clearance.history.at(-1)).toMatchObject({
      change: "cleared",
      by: "tester",
      note: "Read the study.",
      expiresAt,
    });
    expect(receipt).toEqual([]);
    expect(await inboxStates()).toEqual(["waiting", "ready"]);
    expect(await standing()).toEqual([
      { question: `claim.typical|${finding.reason}`, verdict: "cleared", expiresAt: now + usualDays * dayMs },
    ]);
    await answer(id, { verdict: "clear", days: 3 });
    expect((await standing())[0]?.expiresAt).toBe(now + 3 * dayMs);
    const entries = await records.audited("clearance.answered");
    expect(entries).toMatchObject([
      { verdict: "clear", by: "tester" },
      { verdict: "clear", expiresAt: now + 3 * dayMs },
    ]);
    expect(JSON.stringify(entries)).not.toContain("study");
  });

  test("is asked anew once its answer has ended, and its history is kept", async () => {
    const id = await open();
    await answer(id, { verdict: "clear", days: 1 });
    records.runtime.advance(dayMs - 1);
    await open();
    expect((await get(id))?.state).toBe("cleared");
    records.runtime.advance(1);
    expect((await get(id))?.state).toBe("expired");
    const decisionId = await records.openDecision();
    expect(await open(decisionId)).toBe(id);
    const again = await get(id);
    expect(again).toMatchObject({ state: "open", expiresAt: null, waiting: 1 });
    expect(again?.history.map(({ change }) => change)).toEqual(["opened", "cleared", "reopened"]);
    expect(await standing()).toEqual([]);
  });

  test("that was answered since the facts were read wakes the decision at once", async () => {
    const id = await open();
    await answer(id, { verdict: "clear" });
    await open(await records.openDecision());
    expect(await inboxStates()).toEqual(["ready"]);
    expect((await get(id))?.waiting).toBe(0);
  });

  test("that is refused takes back what is live and waiting of that version, and of no other", async () => {
    const ofVersion = async (version: number, place: string) => {
      const content = { ...contentFor({ place }), assetVersion: version };
      const decisionId = await records.openDecision();
      const made = publicationOf(records, { decisionId, content });
      await records.store.write((trx) => records.publications.publish(trx, made));
      return made.publicationId;
    };
    const live = await ofVersion(1, "one");
    const other = await ofVersion(2, "two");
    const decisionId = await records.openDecision();
    const content = contentFor({ place: "three" });
    const approval = await records.store.write((trx) =>
      records.approvals.ask(trx, {
        decisionId,
        placementId: records.runtime.ids.next("plc"),
        leadId: lead,
        assetId: asset,
        assetVersion: 1,
        touchpoint: content.touchpoint,
        content,
        contentHash: jsonDigest(content),
        findings: [finding],
        editedIn: null,
        expiresAt: records.runtime.clock.now() + dayMs,
      }),
    );
    const id = await open();
    const { clearance, receipt } = await answer(id, { verdict: "refuse" });
    expect(clearance.state).toBe("refused");
    expect(receipt).toContainEqual({ kind: "publication", id: live, result: "withdrawn" });
    expect(receipt).toContainEqual({ kind: "approval", id: approval, result: "blocked" });
    expect(JSON.stringify(receipt)).not.toContain(other);
    expect((await standing())[0]?.verdict).toBe("refused");
  });

  test("that was cleared and is asked again takes back what it had let be shown", async () => {
    const id = await open();
    await answer(id, { verdict: "clear" });
    const content = { ...contentFor({ place: "pricing-hero" }), assetVersion: 1 };
    const made = publicationOf(records, { decisionId: await records.openDecision(), content });
    await records.store.write((trx) => records.publications.publish(trx, made));
    const { receipt } = await answer(id, { verdict: "reopen" });
    expect(receipt).toContainEqual({ kind: "publication", id: made.publicationId, result: "withdrawn" });
  });

  test("that is cleared for less long ends what is live of that version with it, and what would end before as it would", async () => {
    const id = await open();
    await answer(id, { verdict: "clear", days: 300 });
    const now = records.runtime.clock.now();
    const ofVersion = async (place: string, days: number, version = 1) => {
      const content = { ...contentFor({ place }), assetVersion: version };
      const decisionId = await records.openDecision();
      const made = { ...publicationOf(records, { decisionId, content }), liveUntil: now + days * dayMs };
      await records.store.write((trx) => records.publications.publish(trx, made));
      return made.publicationId;
    };
    const ends = async (...ids: Awaited<ReturnType<typeof ofVersion>>[]) => {
      const found = await Promise.all(ids.map((one) => records.publications.get(records.store.read, one)));
      return found.map((one) => (Date.parse(one?.liveUntil ?? "") - now) / dayMs);
    };
    const all = [await ofVersion("one", 30), await ofVersion("two", 3), await ofVersion("three", 30, 2)];
    await answer(id, { verdict: "clear", days: 7 });
    expect(await ends(...all)).toEqual([7, 3, 30]);
    expect(
      await records.publications.live(records.store.read, lead, { channel: "web", place: "one" }, now + 7 * dayMs),
    ).toBe(null);
    // Longer again is for what is published from now on.
    await answer(id, { verdict: "clear", days: 300 });
    expect(await ends(...all)).toEqual([7, 3, 30]);
  });

  test("can be reopened, but not while it is open", async () => {
    const id = await open();
    await expect(answer(id, { verdict: "reopen" })).rejects.toMatchObject({ code: "conflict" });
    await answer(id, { verdict: "refuse" });
    const { clearance } = await answer(id, { verdict: "reopen", note: "Asked the endorser again." });
    expect(clearance).toMatchObject({ state: "open", answeredAt: null, expiresAt: null });
    expect(await standing()).toEqual([]);
    const unknown = records.runtime.ids.next("clr");
    await expect(answer(unknown, { verdict: "clear" })).rejects.toMatchObject({ code: "not-found" });
    expect(await get(unknown)).toBeNull();
  });

  test("wakes nobody who has stopped waiting", async () => {
    const decisionId = await records.openDecision();
    const id = await open(decisionId);
    await records.store.write((trx) => records.clearances.stopWaiting(trx, decisionId));
    await answer(id, { verdict: "clear" });
    expect(await inboxStates()).toEqual(["waiting"]);
  });
});

test("a note about an endorser's words is sealed, and gone with the endorser", async () => {
  const withEndorser = {
    assetId: "with-endorser",
    kind: "testimonial",
    title: "Theirs",
    quote: "It works.",
    language: "en",
    source: { system: "g2", verified: true },
    freshnessTimestamp: "2026-09-30T00:00:00Z",
    endorser: { name: "Erika Example", relationship: "customer" },
  };
  const input = assetInput.parse(withEndorser);
  await records.store.write((trx) => records.catalogue.putAsset(trx, input));
  const id = await records.store.write((trx) =>
    records.clearances.open(trx, {
      assetId: input.assetId,
      assetVersion: 1,
      finding,
      decisionId: null,
      isAwaited: false,
    }),
  );
  const { clearance } = await answer(id, { verdict: "clear", note: "Erika confirmed it." });
  expect(clearance.history.at(-1)?.note).toBe("Erika confirmed it.");
  const [, row] = await records.store.read.selectFrom("clearance_history").selectAll().execute();
  expect(row?.note).toBeNull();
  const version = await records.catalogue.version(records.store.read, input.assetId, 1);
  await records.store.write((trx) => records.vault.erase(trx, `endorser:${version?.endorserId}`));
  expect((await get(id))?.history.at(-1)?.note).toBeNull();
});

test("the list is by state and asset, in pages, and the levels count what is open", async () => {
  expect(await readOpen(records.store.read)).toEqual({ count: 0, oldestAt: null });
  const first = await open();
  const asOf = records.runtime.clock.now();
  const second = await open(null, 2);
  const third = await open(null, 3);
  await answer(second, { verdict: "clear", days: 1 });
  await answer(third, { verdict: "refuse", days: 2 });
  const list = async (filter: object) =>
    (await records.clearances.list(records.store.read, { after: null, limit: 10, ...filter })).map(
      (one) => one.clearanceId,
    );
  expect(await list({})).toEqual([first, second, third]);
  expect(await list({ after: first, limit: 1 })).toEqual([second]);
  expect(await list({ state: "open" })).toEqual([first]);
  expect(await list({ state: "cleared" })).toEqual([second]);
  expect(await list({ state: "refused", assetId: asset })).toEqual([third]);
  expect(await list({ assetId: "another" })).toEqual([]);
  records.runtime.advance(dayMs);
  expect(await list({ state: "expired" })).toEqual([second]);
  expect(await readOpen(records.store.read)).toEqual({ count: 1, oldestAt: asOf });
});
