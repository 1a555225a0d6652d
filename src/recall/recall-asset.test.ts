import fc from "fast-check";
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
import { assetInput } from "../domain/asset.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type AssetId, assetId, grantId } from "../domain/ids.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

const revoke = (id = asset) => records.store.write((trx) => records.recall.revoke(trx, id, "The customer left."));

async function publish(channel: "web" | "email", of = asset) {
  const made = publicationOf(records, {
    decisionId: await records.openDecision(),
    content: contentFor({ channel, of }),
  });
  await records.store.write((trx) => records.publications.publish(trx, made));
  const found = await records.publications.get(records.store.read, made.publicationId);
  return { publication: made.publicationId, delivery: found?.delivery?.deliveryId };
}

async function ask(of = asset): Promise<string> {
  const content = contentFor({ of });
  const { ids, clock } = records.runtime;
  const decisionId = await records.openDecision();
  return await records.store.write((trx) =>
    records.approvals.ask(trx, {
      decisionId,
      placementId: ids.next("plc"),
      leadId: lead,
      assetId: of,
      assetVersion: 1,
      touchpoint: content.touchpoint,
      content,
      editedIn: null,
      contentHash: jsonDigest(content),
      findings: [],
      expiresAt: clock.now() + 1000,
    }),
  );
}

test("has a receipt for everything of the asset that was live, queued or waiting, and for nothing else", async () => {
  const thing = fc.record({
    what: fc.constantFrom("page", "message", "question"),
    of: fc.constantFrom("mine", "other"),
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(thing, { maxLength: 8 }), async (things) => {
      const mine = assetId.parse(`mine-${run}`);
      const other = assetId.parse(`other-${run++}`);
      await putAsset(records, mine);
      await putAsset(records, other);
      const expected: object[] = [];
      for (const { what, of } of things) {
        const id = of === "mine" ? mine : other;
        const receipt: object[] = [];
        if (what === "question") receipt.push({ kind: "approval", id: await ask(id), result: "blocked" });
        else {
          const { publication, delivery } = await publish(what === "page" ? "web" : "email", id);
          receipt.push({ kind: "publication", id: publication, result: "withdrawn" });
          receipt.push({ kind: "delivery", id: delivery, result: what === "page" ? "withdrawn" : "cancelled" });
        }
        if (of === "mine") expected.push(...receipt);
      }
      const { grants, receipt } = await revoke(mine);
      expect(grants).toHaveLength(1);
      expect(receipt).toHaveLength(expected.length);
      expect(receipt).toEqual(expect.arrayContaining(expected));

      // From then on nothing of it is live, queued or waiting; a second revocation finds nothing.
      expect(await revoke(mine)).toEqual({ grants: [], receipt: [] });
      const { grants: standing } = await records.catalogue.rights(records.store.read, mine);
      expect(standing.every((grant) => grant.revokedAt !== null)).toBe(true);
      const live = await records.publications.list(records.store.read, {
        assetId: other,
        state: "live",
        after: null,
        limit: 100,
      });
      expect(live).toHaveLength(things.filter(({ what, of }) => of === "other" && what !== "question").length);
    }),
    { numRuns: 25 },
  );
});

test("is one transaction: when a part of it fails, nothing of it happened", async () => {
  await putAsset(records);
  const { publication } = await publish("web");
  const failing = records.store.write(async (trx) => {
    await records.recall.revoke(trx, asset, "The customer left.");
    throw new Error("the disk is full");
  });
  await expect(failing).rejects.toThrow("the disk is full");
  const [found] = await records.publications.list(records.store.read, { after: null, limit: 10 });
  expect(found).toMatchObject({ publicationId: publication, state: "live" });
  expect((await records.catalogue.rights(records.store.read, asset)).grants).toMatchObject([{ revokedAt: null }]);
});

test("takes back the other assets of a shared grant, unless another grant still covers them", async () => {
  const shared = "shared-grant";
  const [first, bare, covered] = ["first", "bare", "covered"].map((id) => assetId.parse(id));
  if (!first || !bare || !covered) throw new Error("three assets");
  await putUnder(first, { grant: { ...terms, grantId: shared } });
  await putUnder(bare, { grantIds: [shared] });
  await putUnder(covered, { grant: terms, grantIds: [shared] });
  const { publication } = await publish("web", bare);
  const question = await ask(bare);
  const untouched = await publish("web", covered);
  const { grants, receipt } = await revoke(first);
  expect(grants).toEqual([shared]);
  expect(receipt).toContainEqual({ kind: "publication", id: publication, result: "withdrawn" });
  expect(receipt).toContainEqual({ kind: "approval", id: question, result: "blocked" });
  expect(receipt.map(({ id }) => id)).not.toContain(untouched.publication);
});

test("of one grant takes back what it alone covered, and leaves what another covers", async () => {
  const shared = grantId.parse("shared-grant");
  const [bare, covered] = ["bare", "covered"].map((id) => assetId.parse(id));
  if (!bare || !covered) throw new Error("two assets");
  await putUnder(bare, { grant: { ...terms, grantId: shared } });
  await putUnder(covered, { grant: terms, grantIds: [shared] });
  const { publication } = await publish("web", bare);
  const question = await ask(bare);
  const untouched = await publish("web", covered);
  const made = { reason: "The customer left.", by: "tester" };
  const revokeShared = () => records.store.write((trx) => records.recall.revokeGrant(trx, shared, made));
  const { assets, receipt } = await revokeShared();
  expect(assets).toEqual([bare]);
  expect(receipt).toContainEqual({ kind: "publication", id: publication, result: "withdrawn" });
  expect(receipt).toContainEqual({ kind: "approval", id: question, result: "blocked" });
  expect(receipt.map(({ id }) => id)).not.toContain(untouched.publication);
  expect(await revokeShared()).toEqual({ assets: [], receipt: [] });
});

test.each(["disputed", "withdrawn", "deprecated"] as const)("%s: a page, a message and a question", async (to) => {
  await putAsset(records);
  const page = await publish("web");
  const message = await publish("email");
  const question = await ask();
  const { from, receipt } = await records.store.write((trx) =>
    records.recall.changeStatus(trx, asset, to, { reason: "because", by: "tester" }),
  );
  expect(from).toBe("active");
  expect(receipt).toHaveLength(to === "deprecated" ? 0 : 5);
  if (to === "deprecated") return;
  expect(receipt).toEqual(
    expect.arrayContaining([
      { kind: "publication", id: page.publication, result: "withdrawn" },
      { kind: "delivery", id: message.delivery, result: "cancelled" },
      { kind: "approval", id: question, result: "blocked" },
    ]),
  );
});

test("a step that is not allowed takes nothing back", async () => {
  await putAsset(records);
  const { publication } = await publish("web");
  const step = records.store.write((trx) =>
    records.recall.changeStatus(trx, asset, "draft", { reason: "because", by: "tester" }),
  );
  await expect(step).rejects.toMatchObject({ code: "conflict", fields: [{ pointer: "/to" }] });
  const [found] = await records.publications.list(records.store.read, { after: null, limit: 10 });
  expect(found).toMatchObject({ publicationId: publication, state: "live" });
});

test("of an unknown asset is refused", async () => {
  await expect(revoke(assetId.parse("nobody"))).rejects.toMatchObject({ code: "not-found" });
});

const terms = {
  license: "customer-release",
  consentStatus: "granted",
  channels: ["web"],
  territories: ["*"],
  purposes: ["nurture"],
  elements: ["quote"],
};

async function putUnder(id: AssetId, rights: object): Promise<void> {
  const input = assetInput.parse({
    assetId: id,
    kind: "testimonial",
    title: "Live in nine days",
    quote: "We were live in nine days.",
    language: "en",
    source: { system: "g2", verified: true },
    freshnessTimestamp: "2026-09-30T00:00:00Z",
    ...rights,
  });
  await records.store.write((trx) => records.catalogue.putAsset(trx, input));
}
