import { afterEach, beforeEach, expect, test } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { testVault } from "../../test/support/vault.ts";
import { makeAuditLog } from "../audit/sql-audit-log.ts";
import { isAppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type Playbook, playbook } from "../domain/playbook.ts";
import { recordPlaybooks } from "./playbook-versions.ts";

let db: TestStore;
const runtime = testRuntime();
const audit = makeAuditLog({ vault: testVault(runtime), clock: runtime.clock, ids: runtime.ids });
const book = playbook.parse({
  id: "a",
  version: 1,
  title: "A",
  when: { eventTypes: ["lead.created.v1"] },
  intent: "expand",
  prefer: {},
  touchpoints: [{ channel: "web", place: "p" }],
  cadence: { cap: { count: 1, window: "day" } },
  autonomy: { confidenceThreshold: 0.5 },
  mode: { kind: "full" },
});

beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

test("each version is stored once, and can be read as it was", async () => {
  const newer = { ...book, version: 2, title: "B" };
  await record([book]);
  await record([book, newer]);
  const rows = await db.store.read.selectFrom("playbook_versions").selectAll().orderBy("version").execute();
  expect(rows.map((row) => [row.version, row.digest])).toEqual([
    [1, jsonDigest(book)],
    [2, jsonDigest(newer)],
  ]);
  expect(playbook.parse(JSON.parse(rows[1]?.body_json ?? ""))).toEqual(newer);
  const entries = await db.store.read.selectFrom("audit_entries").select("kind").execute();
  expect(entries).toEqual([{ kind: "playbook.loaded" }, { kind: "playbook.loaded" }]);
});

test("other content under a version that was used is refused, with what to do", async () => {
  await record([book]);
  const error: unknown = await record([{ ...book, title: "B" }]).catch((reason: unknown) => reason);
  expect(isAppError(error) && [error.code, error.message]).toEqual([
    "config",
    "Playbook a version 1 was used before with other content. Raise its version (to 2) where you change it.",
  ]);
});

test("no playbooks, nothing to record", async () => {
  await record([]);
  expect(await db.store.read.selectFrom("playbook_versions").selectAll().execute()).toEqual([]);
});

function record(playbooks: readonly Playbook[]) {
  return db.store.write((trx) => recordPlaybooks(trx, playbooks, { audit, clock: runtime.clock }));
}
