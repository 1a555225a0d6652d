import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contentFor, lead, openRecords, publicationOf, type Records } from "../../test/support/records.ts";
import type { PlacementRecord } from "../domain/decision.ts";
import { assetId, type DecisionId, leadId } from "../domain/ids.ts";
import type { NewPublication } from "./channel.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

const publish = (made: NewPublication) => records.store.write((trx) => records.publications.publish(trx, made));
const withdraw = (made: NewPublication, reason = "asked") =>
  records.store.write((trx) => records.publications.withdraw(trx, made.publicationId, reason));
const get = (made: NewPublication) => records.publications.get(records.store.read, made.publicationId);
const hero = { channel: "web", place: "pricing-hero" } as const;
const live = (at = records.runtime.clock.now()) => records.publications.live(records.store.read, lead, hero, at);

async function published(over: Partial<Parameters<typeof publicationOf>[1]> = {}): Promise<NewPublication> {
  const made = publicationOf(records, { decisionId: over.decisionId ?? (await records.openDecision()), ...over });
  expect(await publish(made)).toBe(true);
  return made;
}

/** What the graph stores of a decision whose placements went out. */
async function recorded(decisionId: DecisionId, made: readonly NewPublication[]): Promise<void> {
  const placements = made.map(
    (one): PlacementRecord => ({
      placementId: one.placementId,
      touchpoint: one.content.touchpoint,
      assetId: one.content.assetId,
      assetVersion: 1,
      framing: "",
      editedIn: null,
      contentHash: one.contentHash,
      verdict: "allow",
      publicationId: one.publicationId,
      state: "live",
      findings: [],
    }),
  );
  await records.store.write((trx) => records.decisions.update(trx, decisionId, { status: "published", placements }));
}

describe("publishing", () => {
  test("on a pull channel is delivered by its commit", async () => {
    const made = await published();
    expect(await get(made)).toEqual({
      publicationId: made.publicationId,
      decisionId: made.decisionId,
      placementId: made.placementId,
      leadId: lead,
      touchpoint: hero,
      assetId: made.content.assetId,
      assetVersion: 1,
      contentHash: made.contentHash,
      content: made.content,
      state: "live",
      publishedAt: "2026-11-23T09:00:00.000Z",
      liveUntil: "2026-12-23T09:00:00.000Z",
      withdrawnAt: null,
      withdrawnReason: null,
      delivery: { deliveryId: expect.stringMatching(/^dlv_/), state: "delivered" },
    });
    const row = await records.store.read.selectFrom("deliveries").selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(row.receipt_json ?? "")).toEqual({ kind: "committed" });
    expect(await records.audited("publication.published")).toEqual([
      expect.objectContaining({ publicationId: made.publicationId, contentHash: made.contentHash, touchpoint: hero }),
    ]);
  });

  test("on a push channel waits for the dispatcher", async () => {
    const made = await published({ content: contentFor({ channel: "email" }) });
    expect((await get(made))?.delivery?.state).toBe("pending");
  });

  test("happens once per decision and touchpoint", async () => {
    const made = await published();
    const again = publicationOf(records, { decisionId: made.decisionId, content: contentFor({ framing: "Other." }) });
    expect(await publish(again)).toBe(false);
    expect(
      await publish(publicationOf(records, { decisionId: made.decisionId, content: contentFor({ place: "footer" }) })),
    ).toBe(true);
    expect(
      (await records.publications.ofDecision(records.store.read, made.decisionId)).map((one) => one.touchpoint.place),
    ).toEqual(["pricing-hero", "footer"]);
    expect(await records.audited("publication.published")).toHaveLength(2);
    expect(await records.store.read.selectFrom("deliveries").selectAll().execute()).toHaveLength(2);
  });

  test("where no channel is set up fails, and stores nothing", async () => {
    const made = publicationOf(records, {
      decisionId: await records.openDecision(),
      content: contentFor({ channel: "ads" }),
    });
    await expect(publish(made)).rejects.toMatchObject({ code: "config" });
    expect(await get(made)).toBeNull();
  });
});

describe("what is live", () => {
  test("is the newest there, until its end", async () => {
    expect(await live()).toBeNull();
    const older = await published({ liveForMs: 10_000 });
    records.runtime.advance(1);
    const newer = await published({ liveForMs: 1000 });
    await published({ content: contentFor({ place: "footer" }) });
    await published({ leadId: leadId.parse("L-2") });
    expect((await live())?.publicationId).toBe(newer.publicationId);
    expect((await live(newer.liveUntil - 1))?.publicationId).toBe(newer.publicationId);
    expect((await live(newer.liveUntil))?.publicationId).toBe(older.publicationId);
    expect(await live(older.liveUntil)).toBeNull();
  });

  test("is read anew at every view", async () => {
    const made = await published();
    expect((await live())?.state).toBe("live");
    await withdraw(made);
    expect(await live()).toBeNull();
    expect(await get(made)).toMatchObject({ state: "withdrawn", withdrawnReason: "asked" });
  });
});

describe("withdrawing", () => {
  test("takes a page's publication back, and its decision says so", async () => {
    const made = await published();
    await recorded(made.decisionId, [made]);
    const deliveryId = (await get(made))?.delivery?.deliveryId;
    expect(await withdraw(made, "Jana objected")).toEqual([
      { kind: "publication", id: made.publicationId, result: "withdrawn" },
      { kind: "delivery", id: deliveryId, result: "withdrawn" },
    ]);
    expect(await records.decisions.get(records.store.read, made.decisionId)).toMatchObject({
      status: "withdrawn",
      placements: [{ state: "withdrawn" }],
    });
    const log = await records.audited("publication.withdrawn");
    expect(log).toEqual([expect.objectContaining({ publicationId: made.publicationId })]);
    expect(JSON.stringify(log)).not.toContain("Jana");
  });

  test("a second time changes nothing", async () => {
    const made = await published();
    await withdraw(made, "first");
    expect(await withdraw(made, "second")).toEqual([
      { kind: "publication", id: made.publicationId, result: "already-withdrawn" },
    ]);
    expect((await get(made))?.withdrawnReason).toBe("first");
    expect(await records.audited("publication.withdrawn")).toHaveLength(1);
  });

  test("leaves a decision published while another of its publications is live", async () => {
    const first = await published();
    const second = await published({ decisionId: first.decisionId, content: contentFor({ place: "footer" }) });
    await recorded(first.decisionId, [first, second]);
    await withdraw(first);
    expect(await records.decisions.get(records.store.read, first.decisionId)).toMatchObject({
      status: "published",
      placements: [{ state: "withdrawn" }, { state: "live" }],
    });
    await withdraw(second);
    expect((await records.decisions.get(records.store.read, first.decisionId))?.status).toBe("withdrawn");
  });

  test("does not end a decision that still waits for a person", async () => {
    const made = await published();
    await records.store.write((trx) => records.decisions.update(trx, made.decisionId, { status: "awaiting-approval" }));
    await withdraw(made);
    expect((await records.decisions.get(records.store.read, made.decisionId))?.status).toBe("awaiting-approval");
  });

  const handedOver = [
    ["pending", "cancelled", "cancelled"],
    ["transmitting", "transmitting", "cannot-be-withdrawn"],
    ["delivered", "delivered", "cannot-be-withdrawn"],
    ["unknown", "unknown", "cannot-be-withdrawn"],
    ["failed", "failed", null],
  ] as const;
  test.each(handedOver)("of a message that is %s leaves it %s: %s", async (state, after, result) => {
    const made = await published({ content: contentFor({ channel: "email" }) });
    await records.store.write((trx) => trx.updateTable("deliveries").set({ state }).execute());
    const receipt = await withdraw(made);
    expect(receipt.filter((item) => item.kind === "delivery").map((item) => item.result)).toEqual(
      result === null ? [] : [result],
    );
    expect((await get(made))?.delivery?.state).toBe(after);
  });

  test("what is unknown is refused", async () => {
    const made = publicationOf(records, { decisionId: await records.openDecision() });
    await expect(withdraw(made)).rejects.toMatchObject({ code: "not-found" });
  });

  test("an asset takes every live publication of it, and no other", async () => {
    const mine = [await published(), await published(), await published()];
    const other = await published({ content: contentFor({ of: assetId.parse("other") }) });
    if (mine[0]) await withdraw(mine[0]);
    const receipt = await records.store.write((trx) =>
      records.publications.withdrawAsset(trx, assetId.parse("acme-onboarding-2026"), "revoked"),
    );
    expect(receipt.filter((item) => item.kind === "publication").map((item) => item.id)).toEqual(
      mine.slice(1).map((one) => one.publicationId),
    );
    expect((await get(other))?.state).toBe("live");
  });

  test("an asset that is live for more leads than one statement takes leaves none behind", async () => {
    const mine = await records.store.write(async (trx) => {
      const made = [];
      for (let i = 0; i < 520; i += 1) {
        const one = publicationOf(records, { decisionId: records.runtime.ids.next("dec") });
        await records.publications.publish(trx, one);
        made.push(one.publicationId);
      }
      return made;
    });
    const receipt = await records.store.write((trx) =>
      records.publications.withdrawAsset(trx, assetId.parse("acme-onboarding-2026"), "revoked"),
    );
    const withdrawn = receipt.filter((item) => item.kind === "publication" && item.result === "withdrawn");
    expect(withdrawn.map((item) => item.id)).toEqual(mine);
    expect(receipt.filter((item) => item.kind === "delivery")).toHaveLength(520);
    const left = { state: "live", after: null, limit: 10 } as const;
    expect(await records.publications.list(records.store.read, left)).toEqual([]);
  });
});

test("publications are listed newest first, in pages, by lead, asset and state", async () => {
  const [a, b] = [await published(), await published({ leadId: leadId.parse("L-2") })];
  const c = await published({ content: contentFor({ of: assetId.parse("other") }) });
  await withdraw(a);
  const list = async (filter: object) =>
    (await records.publications.list(records.store.read, { after: null, limit: 10, ...filter })).map(
      (found) => found.publicationId,
    );
  const [idA, idB, idC] = [a.publicationId, b.publicationId, c.publicationId];
  expect(await list({})).toEqual([idC, idB, idA]);
  expect(await list({ limit: 1, after: idC })).toEqual([idB]);
  expect(await list({ leadId: lead })).toEqual([idC, idA]);
  expect(await list({ assetId: a.content.assetId })).toEqual([idB, idA]);
  expect(await list({ state: "withdrawn" })).toEqual([idA]);
});
