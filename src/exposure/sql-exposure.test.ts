import { afterEach, beforeEach, expect, test } from "vitest";
import {
  asset,
  contentFor,
  lead,
  openRecords,
  publicationOf,
  putAsset,
  type Records,
} from "../../test/support/records.ts";
import { assetId, decisionId, grantId, leadId } from "../domain/ids.ts";
import { makeExposureHistory } from "./sql-exposure.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
  await putAsset(records);
});
afterEach(() => records.close());

const history = makeExposureHistory();
const other = assetId.parse("other");
const grant = grantId.parse(`${asset}.grant`);

/** A decision that has published nothing: it leaves nothing out. */
const nobody = decisionId.parse("dec_00000000000000000000000000");

async function publish(over: Partial<Parameters<typeof publicationOf>[1]> = {}) {
  records.runtime.advance(1000);
  const made = publicationOf(records, { decisionId: await records.openDecision(), ...over });
  await records.store.write((trx) => records.publications.publish(trx, made));
  return { made, at: records.runtime.clock.now() };
}

test("what a lead was shown is read newest first, from an instant on", async () => {
  const first = await publish();
  const second = await publish({ content: contentFor({ of: other, place: "footer" }) });
  await publish({ leadId: leadId.parse("L-2") });
  const shown = { assetId: asset, touchpoint: { channel: "web", place: "pricing-hero" }, at: first.at };
  const shownLater = { assetId: other, touchpoint: { channel: "web", place: "footer" }, at: second.at };
  expect(await history.since(records.store.read, lead, first.at, nobody)).toEqual([shownLater, shown]);
  expect(await history.since(records.store.read, lead, first.at + 1, nobody)).toEqual([shownLater]);
});

test.each([
  ["pending", true],
  ["transmitting", true],
  ["delivered", true],
  ["unknown", true],
  ["failed", false],
  ["cancelled", false],
])("a delivery that is %s counts as shown: %s", async (state, counts) => {
  await publish({ content: contentFor({ channel: "email" }) });
  await records.store.write((trx) => trx.updateTable("deliveries").set({ state }).execute());
  expect(await history.since(records.store.read, lead, 0, nobody)).toHaveLength(counts ? 1 : 0);
  expect(await history.grantUses(records.store.read, grant, 0, nobody)).toBe(counts ? 1 : 0);
});

test("what was withdrawn was shown, and uses count over all leads", async () => {
  const { made, at } = await publish();
  await publish({ leadId: leadId.parse("L-2") });
  await publish({ content: contentFor({ of: other }) });
  await records.store.write((trx) => records.publications.withdraw(trx, made.publicationId, "asked"));
  expect(await history.since(records.store.read, lead, at, nobody)).toHaveLength(2);
  expect(await history.grantUses(records.store.read, grant, at, nobody)).toBe(2);
  expect(await history.grantUses(records.store.read, grant, at + 1, nobody)).toBe(1);
  // A grant's cap is one for all that stands under it.
  await putAsset(records, other);
  await records.store.write((trx) => records.catalogue.attachGrant(trx, other, grant));
  expect(await history.grantUses(records.store.read, grant, at, nobody)).toBe(3);
});

test("a decision's own publications are not what was shown before it", async () => {
  const { made, at } = await publish();
  expect(await history.since(records.store.read, lead, at, made.decisionId)).toEqual([]);
  expect(await history.grantUses(records.store.read, grant, at, made.decisionId)).toBe(0);
});

test("what may have gone out before it was cancelled counts as shown", async () => {
  await publish({ content: contentFor({ channel: "email" }) });
  const change = { state: "cancelled", uncertain: 1 };
  await records.store.write((trx) => trx.updateTable("deliveries").set(change).execute());
  expect(await history.since(records.store.read, lead, 0, nobody)).toHaveLength(1);
});

test("plans on a channel count once each, whatever they show, and only within the window", async () => {
  const { made, at } = await publish();
  const again = contentFor({ of: other, place: "footer" });
  await publish({ content: again, decisionId: made.decisionId });
  const email = await publish({ content: contentFor({ channel: "email" }) });
  await publish({ leadId: leadId.parse("L-2") });
  const on = (channel: "web" | "email", window: { start: number; end: number }, except = nobody) =>
    history.plansOnChannel(records.store.read, lead, channel, window, except);
  const all = { start: at, end: email.at + 1 };
  expect([await on("web", all), await on("email", all), await on("web", all, made.decisionId)]).toEqual([1, 1, 0]);
  expect([await on("email", { start: at, end: email.at }), await on("email", { ...all, start: email.at })]).toEqual([
    0, 1,
  ]);
  await records.store.write((trx) => trx.updateTable("deliveries").set({ state: "failed" }).execute());
  expect(await on("email", all)).toBe(0);
});

test("a plan on a channel counts in the window in which it goes out, not in the one in which it was decided", async () => {
  const day = 86_400_000;
  const { at } = await publish({ content: contentFor({ channel: "email" }) });
  const change = (next: object) => records.store.write((trx) => trx.updateTable("deliveries").set(next).execute());
  const on = (start: number) =>
    history.plansOnChannel(records.store.read, lead, "email", { start, end: start + day }, nobody);
  await change({ state: "pending", next_at: at + day });
  expect([await on(at), await on(at + day)]).toEqual([0, 1]);
  await change({ state: "delivered", next_at: null, updated_at: at + day + 60_000 });
  expect([await on(at), await on(at + day)]).toEqual([0, 1]);
});
