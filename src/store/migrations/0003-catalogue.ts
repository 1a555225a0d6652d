import { sql } from "kysely";
import type { Migration, Trx } from "../store.ts";
import { createTable } from "./table.ts";

/**
 * The life cycle of assets (`under-review` becomes `in-review`, `draft` is new), the history of the catalogue, accounts
 * and opportunities as records of their own, and who recorded a consent. What was there is carried over.
 */
export const catalogue: Migration = {
  name: "0003-catalogue",
  async up(trx) {
    await rebuildAssets(trx);
    await createHistory(trx);
    await createAccounts(trx);
    await moveOpportunities(trx);
    await trx.schema.alterTable("consents").addColumn("recorded_by", "text").execute();
  },
};

/**
 * SQLite cannot alter a CHECK, and drops no table that others refer to. So all three are made anew beside the old ones,
 * the new two referring to the new one, and take their names once the old ones are gone: a rename takes the references
 * with it.
 */
async function rebuildAssets(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "new_assets",
    { asset_id: "text", status: "text", current_version: "integer", created_at: "integer", updated_at: "integer" },
    {
      primaryKey: ["asset_id"],
      oneOf: { status: ["draft", "in-review", "active", "disputed", "deprecated", "withdrawn"] },
    },
  );
  await createTable(
    trx,
    "new_asset_versions",
    {
      asset_id: "text",
      version: "integer",
      content_json: "text",
      content_sha: "text",
      endorser_id: "text?",
      created_at: "integer",
    },
    { primaryKey: ["asset_id", "version"], references: { asset_id: "new_assets.asset_id" } },
  );
  await createTable(
    trx,
    "new_asset_grants",
    { asset_id: "text", grant_id: "text" },
    {
      primaryKey: ["asset_id", "grant_id"],
      references: { asset_id: "new_assets.asset_id", grant_id: "grants.grant_id" },
    },
  );
  await sql`insert into new_assets (asset_id, status, current_version, created_at, updated_at)
    select asset_id, case status when 'under-review' then 'in-review' else status end, current_version, created_at,
      updated_at from assets`.execute(trx);
  await sql`insert into new_asset_versions (asset_id, version, content_json, content_sha, endorser_id, created_at)
    select asset_id, version, content_json, content_sha, endorser_id, created_at from asset_versions`.execute(trx);
  await sql`insert into new_asset_grants (asset_id, grant_id) select asset_id, grant_id from asset_grants`.execute(trx);
  for (const table of ["asset_grants", "asset_versions", "assets"]) await trx.schema.dropTable(table).execute();
  for (const table of ["assets", "asset_versions", "asset_grants"]) {
    await trx.schema.alterTable(`new_${table}`).renameTo(table).execute();
  }
  await index(trx, "asset_versions", ["endorser_id"]);
  await index(trx, "asset_grants", ["grant_id"]);
}

/** Who made what is there is not known any more; what it was and when, is. */
async function createHistory(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "catalogue_history",
    {
      history_id: "identity",
      record: "text",
      record_id: "text",
      change: "text",
      details_json: "text",
      reason: "text?",
      by: "text",
      at: "integer",
    },
    { oneOf: { record: ["asset", "grant", "endorser"] } },
  );
  await index(trx, "catalogue_history", ["record", "record_id", "history_id"]);
  await sql`insert into catalogue_history (record, record_id, change, details_json, reason, "by", at)
    select 'asset', asset_id, case version when 1 then 'created' else 'versioned' end,
      '{"version":' || version || ',"contentSha":"' || content_sha || '"}', null, 'unknown', created_at
    from asset_versions order by created_at, asset_id, version`.execute(trx);
  await sql`insert into catalogue_history (record, record_id, change, details_json, reason, "by", at)
    select 'grant', grant_id, 'added', '{"before":null,"after":' || terms_json || '}', null, 'unknown', created_at
    from grants order by created_at, grant_id`.execute(trx);
  await sql`insert into catalogue_history (record, record_id, change, details_json, reason, "by", at)
    select 'grant', grant_id, 'revoked', '{}', null, 'unknown', revoked_at
    from grants where revoked_at is not null order by revoked_at, grant_id`.execute(trx);
  await sql`insert into catalogue_history (record, record_id, change, details_json, reason, "by", at)
    select 'endorser', endorser_id, 'added', '{"before":null,"after":' || facts_json || ',"nameChanged":false}', null,
      'unknown', created_at
    from endorsers order by created_at, endorser_id`.execute(trx);
}

async function createAccounts(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "accounts",
    { account_id: "text", facts_json: "text", from_lead: "integer", created_at: "integer", updated_at: "integer" },
    { primaryKey: ["account_id"], flags: ["from_lead"] },
  );
  await createTable(
    trx,
    "opportunities",
    { opportunity_id: "text", account_id: "text?", facts_json: "text", created_at: "integer", updated_at: "integer" },
    { primaryKey: ["opportunity_id"] },
  );
  await index(trx, "opportunities", ["account_id"]);
  await trx.schema.alterTable("leads").addColumn("account_id", "text").execute();
  await trx.schema.alterTable("leads").addColumn("opportunity_id", "text").execute();
  await index(trx, "leads", ["account_id", "lead_id"]);
}

/**
 * A lead held what was known of its account and its deal; of several leads the one that changed last is believed. In
 * SQLite's words alone: no database of another dialect had a lead before this.
 */
async function moveOpportunities(trx: Trx): Promise<void> {
  const lead = await trx.selectFrom("leads").select("lead_id").limit(1).executeTakeFirst();
  if (lead === undefined) return;
  await sql`insert into accounts (account_id, facts_json, from_lead, created_at, updated_at)
    select account, coalesce(json_extract(facts_json, '$.company'), '{}'), 1, created_at, updated_at
    from (${newestLeadOf("$.accountId", "account")}) where place = 1`.execute(trx);
  await sql`insert into opportunities (opportunity_id, account_id, facts_json, created_at, updated_at)
    select deal, json_extract(facts_json, '$.accountId'),
      json_remove(json_extract(facts_json, '$.opportunity'), '$.id'), created_at, updated_at
    from (${newestLeadOf("$.opportunity.id", "deal")}) where place = 1`.execute(trx);
  await sql`update leads set account_id = json_extract(facts_json, '$.accountId'),
    opportunity_id = json_extract(facts_json, '$.opportunity.id'),
    facts_json = json_remove(facts_json, '$.opportunity')`.execute(trx);
}

function newestLeadOf(path: string, name: string) {
  const value = sql`json_extract(facts_json, ${sql.lit(path)})`;
  return sql`select ${value} as ${sql.ref(name)}, facts_json, created_at, updated_at,
    row_number() over (partition by ${value} order by updated_at desc, lead_id) as place
    from leads where ${value} is not null`;
}

async function index(trx: Trx, table: string, columns: string[]): Promise<void> {
  await trx.schema
    .createIndex(`${table}_${columns.join("_")}_index`)
    .on(table)
    .columns(columns)
    .execute();
}
