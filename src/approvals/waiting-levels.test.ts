import { afterEach, beforeEach, expect, it } from "vitest";
import { contentFor, lead, openRecords, type Records } from "../../test/support/records.ts";
import { jsonDigest } from "../domain/hash.ts";
import { readWaiting } from "./waiting-levels.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

async function ask(expiresInMs: number): Promise<void> {
  const { store, approvals, runtime } = records;
  const decisionId = await records.openDecision();
  const content = contentFor();
  await store.write((trx) =>
    approvals.ask(trx, {
      decisionId,
      placementId: runtime.ids.next("plc"),
      leadId: lead,
      assetId: content.assetId,
      assetVersion: 1,
      touchpoint: content.touchpoint,
      content,
      contentHash: jsonDigest(content),
      findings: [],
      editedIn: null,
      expiresAt: runtime.clock.now() + expiresInMs,
    }),
  );
}

it("says how many questions wait, and since when, past a slice and past those that are over", async () => {
  const { store, approvals, runtime } = records;
  expect(await readWaiting(store.read)).toEqual({ count: 0, oldestAt: null });
  const first = runtime.clock.now();
  await ask(9_000_000);
  runtime.advance(1000);
  await ask(60_000);
  for (let i = 0; i < 501; i++) await ask(9_000_000);
  expect(await readWaiting(store.read)).toEqual({ count: 503, oldestAt: first });
  runtime.advance(70_000);
  await store.write((trx) => approvals.expireDue(trx, runtime.clock.now(), 10));
  expect((await readWaiting(store.read)).count).toBe(502);
});
