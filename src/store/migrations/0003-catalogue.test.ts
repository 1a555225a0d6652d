import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testRuntime } from "../../../test/support/runtime.ts";
import { migrate } from "../migrate.ts";
import { openSqliteStore } from "../sqlite/open-sqlite-store.ts";
import type { Store } from "../store.ts";
import { first } from "./0001-first.ts";
import { catalogue } from "./0003-catalogue.ts";

let folder: string;
let file: string;
let store: Store;
const { clock } = testRuntime();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-"));
  file = join(folder, "vouchsafe.db");
  store = await openSqliteStore({ file });
  await migrate({ store, clock, migrations: [first] });
  const database = new Database(file);
  database.exec(rows);
  database.close();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** As the first release wrote them. */
const rows = `
  insert into endorsers values ('e-1', '{"relationship":"customer"}', x'01', 5, 6);
  insert into assets values ('a-1', 'active', 2, 10, 20), ('a-2', 'under-review', 1, 11, 21), ('a-3', 'withdrawn', 1, 12, 22);
  insert into asset_versions values
    ('a-1', 1, '{"title":"one"}', 'sha256:1', null, 10), ('a-1', 2, '{"title":"two"}', 'sha256:2', 'e-1', 20),
    ('a-2', 1, '{}', 'sha256:3', null, 11), ('a-3', 1, '{}', 'sha256:4', null, 12);
  insert into grants values ('g-1', '{"license":"x"}', null, 10), ('g-2', '{"license":"y"}', 30, 11);
  insert into asset_grants values ('a-1', 'g-1'), ('a-2', 'g-1'), ('a-3', 'g-2');
  insert into leads values
    ('L-1', '{"country":"DE","accountId":"A-1","company":{"name":"Old"},"opportunity":{"id":"O-1","stage":"demo"},"stage":"decision"}', x'01', null, 0, 1, 100),
    ('L-2', '{"country":"DE","accountId":"A-1","company":{"name":"New","size":"1-10"},"opportunity":{"id":"O-1","stage":"proposal","amountMinor":5},"stage":"decision"}', x'02', null, 1, 2, 200),
    ('L-3', '{"country":"DE","stage":"decision"}', x'03', 'h', 0, 3, 300),
    ('L-4', '{"country":"DE","accountId":"A-1","company":{"name":"Older"},"stage":"decision"}', x'04', null, 0, 4, 50),
    ('L-5', '{"country":"FR","opportunity":{"id":"any words","stage":"lost"},"stage":"decision"}', x'05', null, 0, 5, 500);
  insert into consents (lead_id, channel, purpose, record_json, at, recorded_at) values ('L-1', 'web', 'nurture', '{}', 1, 2);
`;

describe("the migration to the life cycle, histories and accounts", () => {
  it("keeps assets, versions and grants as they are, and renames the status", async () => {
    await migrate({ store, clock });
    const assets = await store.read.selectFrom("assets").selectAll().orderBy("asset_id").execute();
    expect(assets.map(Object.values)).toEqual([
      ["a-1", "active", 2, 10, 20],
      ["a-2", "in-review", 1, 11, 21],
      ["a-3", "withdrawn", 1, 12, 22],
    ]);
    const versions = await store.read.selectFrom("asset_versions").selectAll().orderBy("created_at").execute();
    expect(versions.map(Object.values)).toEqual([
      ["a-1", 1, '{"title":"one"}', "sha256:1", null, 10],
      ["a-2", 1, "{}", "sha256:3", null, 11],
      ["a-3", 1, "{}", "sha256:4", null, 12],
      ["a-1", 2, '{"title":"two"}', "sha256:2", "e-1", 20],
    ]);
    const tied = await store.read.selectFrom("asset_grants").selectAll().orderBy("asset_id").execute();
    expect(tied.map(Object.values)).toEqual([
      ["a-1", "g-1"],
      ["a-2", "g-1"],
      ["a-3", "g-2"],
    ]);
  });

  it("leaves the tables as a new database has them: columns, indexes, references, checks", async () => {
    await migrate({ store, clock });
    const fresh = await openSqliteStore({ file: join(folder, "fresh.db") });
    await migrate({ store: fresh, clock });
    await fresh.close();
    const shapes = [file, join(folder, "fresh.db")].map(shapeOf);
    expect(shapes[0]).toEqual(shapes[1]);
    expect(JSON.stringify(shapes[0])).not.toContain("new_assets.");
    expect(shapes[0]?.references).toEqual([
      ["asset_grants", "asset_id", "assets", "asset_id"],
      ["asset_grants", "grant_id", "grants", "grant_id"],
      ["asset_versions", "asset_id", "assets", "asset_id"],
    ]);
    expect(shapes[0]?.indexes).toEqual(
      expect.arrayContaining(["asset_versions_endorser_id_index", "asset_grants_grant_id_index"]),
    );
    expect(shapes[0]?.tables.filter((name) => name.startsWith("new_"))).toEqual([]);
  });

  it("holds new rows to the statuses and references", async () => {
    await migrate({ store, clock });
    const put = (status: string) =>
      store.write((trx) =>
        trx
          .insertInto("assets")
          .values({ asset_id: status, status, current_version: 1, created_at: 0, updated_at: 0 })
          .execute(),
      );
    for (const status of ["draft", "in-review", "active", "disputed", "deprecated", "withdrawn"]) await put(status);
    await expect(put("under-review")).rejects.toThrow(/CHECK/);
    const dangling = { asset_id: "none", grant_id: "g-1" };
    await expect(store.write((trx) => trx.insertInto("asset_grants").values(dangling).execute())).rejects.toThrow(
      /FOREIGN/,
    );
    const used = store.write((trx) => trx.deleteFrom("assets").where("asset_id", "=", "a-1").execute());
    await expect(used).rejects.toThrow(/FOREIGN/);
  });

  it("begins the histories with what is known", async () => {
    await migrate({ store, clock });
    const found = await store.read.selectFrom("catalogue_history").selectAll().orderBy("history_id").execute();
    expect(found.map(({ record, record_id, change, at }) => [record, record_id, change, at])).toEqual([
      ["asset", "a-1", "created", 10],
      ["asset", "a-2", "created", 11],
      ["asset", "a-3", "created", 12],
      ["asset", "a-1", "versioned", 20],
      ["grant", "g-1", "added", 10],
      ["grant", "g-2", "added", 11],
      ["grant", "g-2", "revoked", 30],
      ["endorser", "e-1", "added", 5],
    ]);
    for (const { details_json } of found) expect(() => JSON.parse(details_json)).not.toThrow();
    expect(new Set(found.map(({ by }) => by))).toEqual(new Set(["unknown"]));
  });

  it("makes accounts and opportunities of what leads hold; the lead that changed last is believed", async () => {
    await migrate({ store, clock });
    expect(await store.read.selectFrom("accounts").selectAll().execute()).toEqual([
      { account_id: "A-1", facts_json: '{"name":"New","size":"1-10"}', from_lead: 1, created_at: 2, updated_at: 200 },
    ]);
    const deals = await store.read.selectFrom("opportunities").selectAll().orderBy("created_at").execute();
    expect(deals.map(({ opportunity_id, account_id, facts_json }) => [opportunity_id, account_id, facts_json])).toEqual(
      [
        ["O-1", "A-1", '{"stage":"proposal","amountMinor":5}'],
        ["any words", null, '{"stage":"lost"}'],
      ],
    );
    const leads = await store.read.selectFrom("leads").selectAll().orderBy("lead_id").execute();
    expect(leads.map(({ account_id, opportunity_id, updated_at }) => [account_id, opportunity_id, updated_at])).toEqual(
      [
        ["A-1", "O-1", 100],
        ["A-1", "O-1", 200],
        [null, null, 300],
        ["A-1", null, 50],
        [null, "any words", 500],
      ],
    );
    expect(leads[0]?.facts_json).toBe('{"country":"DE","accountId":"A-1","company":{"name":"Old"},"stage":"decision"}');
    expect(leads[2]?.email_hash).toBe("h");
    expect(await store.read.selectFrom("consents").select("recorded_by").execute()).toEqual([{ recorded_by: null }]);
  });

  it("leaves the old database whole when it is cut short", async () => {
    const broken = {
      ...catalogue,
      async up(trx: Parameters<typeof catalogue.up>[0]) {
        await catalogue.up(trx);
        throw new Error("cut short");
      },
    };
    await expect(migrate({ store, clock, migrations: [first, broken] })).rejects.toThrow("cut short");
    const [asset] = await store.read.selectFrom("assets").selectAll().where("asset_id", "=", "a-2").execute();
    expect(asset?.status).toBe("under-review");
    const tables = (await store.read.introspection.getTables()).map(({ name }) => name);
    expect(tables).not.toContain("accounts");
    await migrate({ store, clock, migrations: [first, catalogue] });
  });
});

function shapeOf(path: string) {
  const database = new Database(path, { readonly: true });
  const all = (query: string) =>
    database
      .prepare(query)
      .raw()
      .all()
      .map((row) => JSON.parse(JSON.stringify(row)));
  const shape = {
    tables: all("select name from sqlite_schema where type = 'table' order by name").flat().map(String),
    indexes: all("select name from sqlite_schema where type = 'index' and sql is not null order by name")
      .flat()
      .map(String),
    columns: all(
      "select m.name, c.name, c.type, c.\"notnull\" from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.name",
    ),
    references: all(
      'select m.name, f."from", f."table", f."to" from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.name like \'asset%\' order by m.name, f."from"',
    ),
    violations: all("pragma foreign_key_check"),
  };
  database.close();
  expect(shape.violations).toEqual([]);
  return shape;
}
