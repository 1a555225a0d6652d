import { afterEach, beforeEach, expect, test } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { testVault } from "../../test/support/vault.ts";
import { makeAuditLog } from "../audit/sql-audit-log.ts";
import { isAppError } from "../domain/errors.ts";
import type { KillSwitch } from "../domain/facts.ts";
import { makeKillSwitches } from "./sql-kill-switches.ts";

let db: TestStore;
const runtime = testRuntime();
const audit = makeAuditLog({ vault: testVault(runtime), clock: runtime.clock, ids: runtime.ids });
const switches = makeKillSwitches({ audit, clock: runtime.clock });

beforeEach(async () => {
  db = await openTestStore();
});
afterEach(() => db.close());

test("stops stand until they are cleared, and both are in the log, without the operator's words", async () => {
  expect(await switches.active(db.store.read)).toEqual([]);
  await set({ scope: "global", target: "*", reason: "Fire drill by Jane Doe" });
  await set({ scope: "channel", target: "web", reason: "x" });
  await set({ scope: "channel", target: "web", reason: "y" });
  expect(await switches.active(db.store.read)).toEqual([
    { scope: "channel", target: "web", reason: "y" },
    { scope: "global", target: "*", reason: "Fire drill by Jane Doe" },
  ]);
  const clear = () => db.store.write((trx) => switches.clear(trx, { scope: "global", target: "*" }, "key_1"));
  expect(await clear()).toBe(true);
  expect(await clear()).toBe(false);
  const entries = await db.store.read.selectFrom("audit_entries").selectAll().orderBy("entry_id").execute();
  expect(entries.map((entry) => `${entry.kind} ${entry.subject}`)).toEqual([
    "kill-switch.set global:*",
    "kill-switch.set channel:web",
    "kill-switch.set channel:web",
    "kill-switch.cleared global:*",
  ]);
  expect(JSON.stringify(entries)).not.toContain("Jane Doe");
});

test.each([
  { scope: "global", target: "web", reason: "r" },
  { scope: "channel", target: "fax", reason: "r" },
  { scope: "asset", target: "", reason: "r" },
  { scope: "playbook", target: "x".repeat(129), reason: "r" },
] as const)("a $scope stop of such a target is refused", async (stop) => {
  const error: unknown = await set(stop).catch((reason: unknown) => reason);
  expect(isAppError(error) && [error.code, error.fields[0]?.pointer]).toEqual(["invalid", "/target"]);
  expect(await switches.active(db.store.read)).toEqual([]);
});

function set(stop: KillSwitch) {
  return db.store.write((trx) => switches.set(trx, stop, "key_1"));
}
