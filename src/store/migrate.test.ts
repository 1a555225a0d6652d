import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runStoreWriter } from "../../test/support/run-store-writer.ts";
import { testRuntime } from "../../test/support/runtime.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/index.ts";
import { openSqliteStore } from "./sqlite/open-sqlite-store.ts";
import type { Migration, Store } from "./store.ts";

let folder: string;
let file: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-"));
  file = join(folder, "vouchsafe.db");
  store = await openSqliteStore({ file });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const { clock } = testRuntime();
const tables = async () => (await store.read.introspection.getTables()).map(({ name }) => name);
const making = (name: string, table: string, fails = false): Migration => ({
  name,
  async up(trx) {
    await trx.schema.createTable(table).addColumn("id", "integer").execute();
    await trx.insertInto("meta").values({ key: table, value: "x" }).execute();
    if (fails) throw new Error("half way");
  },
});

it("applies what is missing once, and says what it was", async () => {
  expect(await migrate({ store, clock })).toEqual(migrations.map(({ name }) => name));
  expect(await migrate({ store, clock })).toEqual([]);
  const more = [...migrations, making("0002-more", "more")];
  expect(await migrate({ store, clock, migrations: more })).toEqual(["0002-more"]);
  const applied = await store.read.selectFrom("schema_migrations").selectAll().execute();
  expect(applied.map(({ applied_at }) => applied_at)).toEqual(more.map(() => clock.now()));
});

it("leaves nothing of a migration that fails, keeps those before it, and takes it up again", async () => {
  const failing = [...migrations, making("0002-good", "good"), making("0003-bad", "bad", true)];
  await expect(migrate({ store, clock, migrations: failing })).rejects.toThrow("half way");
  expect(await tables()).toContain("good");
  expect(await tables()).not.toContain("bad");
  expect(await store.read.selectFrom("meta").select("key").execute()).toEqual([{ key: "good" }]);
  const repaired = [...failing.slice(0, -1), making("0003-bad", "bad")];
  expect(await migrate({ store, clock, migrations: repaired })).toEqual(["0003-bad"]);
});

it("refuses a database that a newer version migrated, when opening and when migrating", async () => {
  await migrate({ store, clock, migrations: [...migrations, making("0099-future", "future")] });
  const refusal = { code: "config", message: expect.stringContaining("0099-future") };
  await expect(openSqliteStore({ file })).rejects.toMatchObject(refusal);
  await expect(migrate({ store, clock })).rejects.toMatchObject(refusal);
});

it("may run in several processes at once", async () => {
  const writers = ["a", "b", "c"].map((name) => runStoreWriter({ file, name }));
  await Promise.all(writers.map((writer) => writer.acknowledged(1)));
  await Promise.all(writers.map((writer) => writer.kill()));
  expect(await store.read.selectFrom("schema_migrations").select("name").execute()).toEqual(
    migrations.map(({ name }) => ({ name })),
  );
}, 30_000);

it("holds rows to the states, uniqueness and references of the records", async () => {
  await migrate({ store, clock });
  const ledger = { lead_id: "L", purpose: "nurture", window_start: 0, ordinal: 1, decision_id: "d", created_at: 0 };
  const take = (freed_at: number | null) =>
    store.write((trx) =>
      trx
        .insertInto("contact_ledger")
        .values({ ...ledger, freed_at })
        .execute(),
    );
  await take(5);
  await take(5);
  await take(null);
  await expect(take(null)).rejects.toThrow(/UNIQUE/);
  const asset = { asset_id: "A", status: "shiny", current_version: 1, created_at: 0, updated_at: 0 };
  await expect(store.write((trx) => trx.insertInto("assets").values(asset).execute())).rejects.toThrow(/CHECK/);
  const grant = { asset_id: "nowhere", grant_id: "none" };
  await expect(store.write((trx) => trx.insertInto("asset_grants").values(grant).execute())).rejects.toThrow(/FOREIGN/);
});

it("lets one question wait per decision and place, however many were answered", async () => {
  await migrate({ store, clock });
  const ask = (approval_id: string, status: string) =>
    store.write((trx) =>
      trx
        .insertInto("approvals")
        .values({
          approval_id,
          decision_id: "d",
          placement_id: "p",
          lead_id: "L",
          asset_id: "A",
          asset_version: 1,
          channel: "web",
          place: "hero",
          content_hash: "h",
          content_json: "{}",
          findings_json: "[]",
          status,
          created_at: 0,
          expires_at: 0,
          answered_at: null,
          answered_by: null,
          sealed_answer: null,
        })
        .execute(),
    );
  await ask("a", "rejected");
  await ask("b", "rejected");
  await ask("c", "waiting");
  await expect(ask("d", "waiting")).rejects.toThrow(/UNIQUE/);
});

it.each([
  ["inbox by what is due", "select * from inbox where state = ? and wake_at <= ?", "inbox_state_wake_at_index"],
  ["inbox of a decision", "select * from inbox where decision_id = ?", "inbox_decision_id_index"],
  [
    "what is live at a place",
    "select * from publications where lead_id = ? and channel = ? and place = ? and state = ?",
    "publications_lead_id_channel_place_state_index",
  ],
  [
    "how often an asset was used",
    "select * from publications where asset_id = ? and published_at > ?",
    "publications_asset_id_published_at_index",
  ],
  [
    "what a lead was shown",
    "select * from publications where lead_id = ? and published_at > ?",
    "publications_lead_id_published_at_index",
  ],
  ["consents of a lead", "select * from consents where lead_id = ?", "consents_lead_id_channel_purpose_at_index"],
  [
    "approvals overdue",
    "select * from approvals where status = ? and expires_at < ?",
    "approvals_status_expires_at_index",
  ],
  [
    "entries to number",
    "select * from audit_entries where seq is null order by entry_id limit 10",
    "audit_entries_unnumbered_index",
  ],
  [
    "entries of a subject",
    "select * from audit_entries where subject = ? order by entry_id",
    "audit_entries_subject_entry_id_index",
  ],
])("finds %s by an index", async (_what, query, index) => {
  await migrate({ store, clock });
  const database = new Database(file, { readonly: true });
  const parameters = Array.from({ length: query.split("?").length - 1 }, () => "x");
  const plan = JSON.stringify(database.prepare(`explain query plan ${query}`).all(...parameters));
  database.close();
  expect(plan).toContain(`INDEX ${index}`);
  expect(plan).not.toContain("TEMP B-TREE");
});
