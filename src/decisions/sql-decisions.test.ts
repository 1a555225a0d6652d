import { afterEach, beforeEach, expect, test } from "vitest";
import { lead, openRecords, type Records } from "../../test/support/records.ts";
import type { Decision } from "../domain/decision.ts";
import { assetId, leadId } from "../domain/ids.ts";
import type { DecisionChange } from "./decisions.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

const whole: Omit<Decision, "decisionId" | "eventId" | "leadId" | "createdAt" | "updatedAt"> = {
  status: "published",
  reason: "shown",
  playbook: { id: "evaluation-proof", version: 4 },
  planner: { kind: "rules", version: "1" },
  rulesetVersion: "2026-11-01.1",
  placements: [],
  candidates: [
    { assetId: assetId.parse("a"), assetVersion: 1, score: 0.7, parts: { fit: 0.4 }, rejectedBy: ["grant.valid"] },
  ],
  confidence: { value: 0.8, threshold: 0.7, parts: { fit: 0.9 } },
  approval: null,
  wakeAt: null,
  attempt: 2,
  timingsMs: { plan: 1.5 },
};
const update = (id: Decision["decisionId"], change: DecisionChange) =>
  records.store.write((trx) => records.decisions.update(trx, id, change));

test("begins as received, with nothing known", async () => {
  const id = await records.openDecision();
  const at = new Date(records.runtime.clock.now()).toISOString();
  expect(await records.decisions.get(records.store.read, id)).toMatchObject({
    decisionId: id,
    leadId: lead,
    status: "received",
    playbook: null,
    placements: [],
    attempt: 0,
    createdAt: at,
    updatedAt: at,
  });
  expect(await records.decisions.observed(records.store.read, id)).toBeNull();
});

test("a change of everything replaces the record; of a part, only that part", async () => {
  const id = await records.openDecision();
  await update(id, whole);
  records.runtime.advance(1000);
  await update(id, { timingsMs: { act: 2 }, confidence: null });
  const found = await records.decisions.get(records.store.read, id);
  expect(found).toMatchObject({ ...whole, timingsMs: { act: 2 }, confidence: null });
  expect(found?.timingsMs).toEqual({ act: 2 });
  expect(Date.parse(found?.updatedAt ?? "") - Date.parse(found?.createdAt ?? "")).toBe(1000);
});

test("status alone leaves the record as it is, and so does what was observed", async () => {
  const id = await records.openDecision();
  await update(id, whole);
  await update(id, { status: "withdrawn" });
  await update(id, { observed: { at: 5, themes: ["price"] } });
  expect(await records.decisions.get(records.store.read, id)).toMatchObject({ ...whole, status: "withdrawn" });
  expect(await records.decisions.observed(records.store.read, id)).toEqual({ at: 5, themes: ["price"] });
  const row = await records.store.read.selectFrom("decisions").selectAll().executeTakeFirstOrThrow();
  expect(row.record_json).not.toContain("observed");
});

test("what is unknown is not changed", async () => {
  const unknown = records.runtime.ids.next("dec");
  for (const change of [{ status: "failed" }, { reason: "lost" }, whole] satisfies DecisionChange[]) {
    await expect(update(unknown, change)).rejects.toMatchObject({ code: "not-found" });
  }
  expect(await records.decisions.get(records.store.read, unknown)).toBeNull();
});

test("are listed newest first, in pages, by lead and by status", async () => {
  const other = leadId.parse("L-2");
  const ids = [];
  for (const of of [lead, other, lead, lead]) ids.push(await records.openDecision(of));
  const [first, second, third, fourth] = ids;
  if (third) await update(third, { status: "no-action" });
  const list = async (filter: object) =>
    (await records.decisions.list(records.store.read, { after: null, limit: 10, ...filter })).map(
      (found) => found.decisionId,
    );
  expect(await list({})).toEqual([fourth, third, second, first]);
  expect(await list({ limit: 2 })).toEqual([fourth, third]);
  expect(await list({ after: third })).toEqual([second, first]);
  expect(await list({ leadId: lead })).toEqual([fourth, third, first]);
  expect(await list({ leadId: lead, status: "no-action" })).toEqual([third]);
});

test("a stored record that does not fit is corrupt", async () => {
  const id = await records.openDecision();
  await records.store.write((trx) => trx.updateTable("decisions").set({ record_json: '{"attempt":"two"}' }).execute());
  await expect(records.decisions.get(records.store.read, id)).rejects.toMatchObject({ code: "corrupt" });
});
