import { sql } from "kysely";
import type { Migration, Trx } from "../store.ts";
import { createTable } from "./table.ts";

/** Every table of the first release. Values of a column are written out here: a migration never changes afterwards. */
export const first: Migration = {
  name: "0001-first",
  async up(trx) {
    await createShared(trx);
    await createCrm(trx);
    await createCatalogue(trx);
    await createDeployment(trx);
    await createInbox(trx);
    await createDecisions(trx);
    await createExposure(trx);
    await createChannels(trx);
    await createApprovals(trx);
    await createAudit(trx);
    await createApiKeys(trx);
  },
};

async function createShared(trx: Trx): Promise<void> {
  await createTable(trx, "meta", { key: "text", value: "text" }, { primaryKey: ["key"] });
  await createTable(
    trx,
    "leases",
    { name: "text", owner: "text", token: "integer", until: "integer" },
    { primaryKey: ["name"] },
  );
  await createTable(
    trx,
    "person_keys",
    { person_id: "text", wrapped_key: "bytes", kek_id: "text", created_at: "integer", destroyed_at: "integer?" },
    { primaryKey: ["person_id"] },
  );
}

async function createCrm(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "leads",
    {
      lead_id: "text",
      facts_json: "text",
      sealed_identity: "bytes",
      email_hash: "text?",
      has_company_email: "integer",
      created_at: "integer",
      updated_at: "integer",
    },
    { primaryKey: ["lead_id"], flags: ["has_company_email"] },
  );
  await index(trx, "leads", ["email_hash"]);
  await createTable(trx, "consents", {
    consent_id: "identity",
    lead_id: "text",
    channel: "text",
    purpose: "text",
    record_json: "text",
    at: "integer",
    recorded_at: "integer",
  });
  await index(trx, "consents", ["lead_id", "channel", "purpose", "at"]);
  await createTable(
    trx,
    "suppressions",
    { lead_id: "text", scope: "text", reason: "text", at: "integer" },
    { primaryKey: ["lead_id", "scope"] },
  );
}

async function createCatalogue(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "endorsers",
    {
      endorser_id: "text",
      facts_json: "text",
      sealed_identity: "bytes",
      created_at: "integer",
      updated_at: "integer",
    },
    { primaryKey: ["endorser_id"] },
  );
  await createTable(
    trx,
    "assets",
    { asset_id: "text", status: "text", current_version: "integer", created_at: "integer", updated_at: "integer" },
    {
      primaryKey: ["asset_id"],
      oneOf: { status: ["active", "disputed", "under-review", "deprecated", "withdrawn"] },
    },
  );
  await createTable(
    trx,
    "asset_versions",
    {
      asset_id: "text",
      version: "integer",
      content_json: "text",
      content_sha: "text",
      endorser_id: "text?",
      created_at: "integer",
    },
    { primaryKey: ["asset_id", "version"], references: { asset_id: "assets.asset_id" } },
  );
  await index(trx, "asset_versions", ["endorser_id"]);
  await createTable(
    trx,
    "grants",
    { grant_id: "text", terms_json: "text", revoked_at: "integer?", created_at: "integer" },
    { primaryKey: ["grant_id"] },
  );
  await createTable(
    trx,
    "asset_grants",
    { asset_id: "text", grant_id: "text" },
    {
      primaryKey: ["asset_id", "grant_id"],
      references: { asset_id: "assets.asset_id", grant_id: "grants.grant_id" },
    },
  );
  await index(trx, "asset_grants", ["grant_id"]);
  await createTable(trx, "catalogue_changes", { change_id: "identity", asset_id: "text", at: "integer" });
}

async function createDeployment(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "playbook_versions",
    { playbook_id: "text", version: "integer", digest: "text", body_json: "text", loaded_at: "integer" },
    { primaryKey: ["playbook_id", "version"] },
  );
  await createTable(
    trx,
    "kill_switches",
    { scope: "text", target: "text", reason: "text", set_by: "text", set_at: "integer" },
    { primaryKey: ["scope", "target"] },
  );
}

async function createInbox(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "inbox",
    {
      event_id: "text",
      source: "text",
      ce_id: "text",
      type: "text",
      subject: "text",
      digest: "text",
      sealed_event: "bytes",
      happened_at: "integer",
      accepted_at: "integer",
      decision_id: "text",
      state: "text",
      attempts: "integer",
      lease_owner: "text?",
      fence: "integer",
      lease_until: "integer?",
      wake_at: "integer?",
      rerun: "integer",
      last_error: "text?",
    },
    {
      primaryKey: ["event_id"],
      unique: [["source", "ce_id"]],
      oneOf: { state: ["ready", "leased", "waiting", "parked", "done", "dead"] },
      flags: ["rerun"],
    },
  );
  // Event ids sort by time, so this one is the queue: oldest first among what is ready.
  await index(trx, "inbox", ["state", "event_id"]);
  await index(trx, "inbox", ["state", "wake_at"]);
  await index(trx, "inbox", ["decision_id"]);
}

async function createDecisions(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "decisions",
    {
      decision_id: "text",
      event_id: "text",
      lead_id: "text",
      status: "text",
      thread_id: "text?",
      record_json: "text",
      observed_json: "text?",
      created_at: "integer",
      updated_at: "integer",
    },
    {
      primaryKey: ["decision_id"],
      oneOf: {
        status: [
          "received",
          "running",
          "awaiting-approval",
          "held",
          "published",
          "no-action",
          "denied",
          "failed",
          "withdrawn",
        ],
      },
    },
  );
  // Decision ids sort by time, so they page these lists.
  await index(trx, "decisions", ["lead_id", "decision_id"]);
  await index(trx, "decisions", ["status", "decision_id"]);
}

async function createExposure(trx: Trx): Promise<void> {
  await createTable(trx, "contact_ledger", {
    contact_id: "identity",
    lead_id: "text",
    purpose: "text",
    window_start: "integer",
    ordinal: "integer",
    decision_id: "text",
    created_at: "integer",
    freed_at: "integer?",
  });
  await trx.schema
    .createIndex("contact_ledger_taken_unique")
    .unique()
    .on("contact_ledger")
    .columns(["lead_id", "purpose", "window_start", "ordinal"])
    .where(sql.ref("freed_at"), "is", null)
    .execute();
  await index(trx, "contact_ledger", ["decision_id"]);
}

async function createChannels(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "publications",
    {
      publication_id: "text",
      decision_id: "text",
      placement_id: "text",
      lead_id: "text",
      channel: "text",
      place: "text",
      asset_id: "text",
      asset_version: "integer",
      content_hash: "text",
      content_json: "text",
      idempotency_key: "text",
      ruleset_version: "text",
      state: "text",
      published_at: "integer",
      live_until: "integer",
      withdrawn_at: "integer?",
      withdrawn_reason: "text?",
    },
    {
      primaryKey: ["publication_id"],
      unique: [["idempotency_key"]],
      oneOf: { state: ["live", "withdrawn"] },
    },
  );
  await index(trx, "publications", ["lead_id", "channel", "place", "state"]);
  await index(trx, "publications", ["lead_id", "published_at"]);
  await index(trx, "publications", ["asset_id", "published_at"]);
  await index(trx, "publications", ["decision_id"]);
  await createTable(
    trx,
    "deliveries",
    {
      delivery_id: "text",
      publication_id: "text",
      channel: "text",
      state: "text",
      attempts: "integer",
      receipt_json: "text?",
      created_at: "integer",
      updated_at: "integer",
    },
    {
      primaryKey: ["delivery_id"],
      oneOf: { state: ["pending", "transmitting", "delivered", "failed", "unknown", "cancelled"] },
      references: { publication_id: "publications.publication_id" },
    },
  );
  await index(trx, "deliveries", ["publication_id"]);
  await index(trx, "deliveries", ["state", "updated_at"]);
  await createTable(
    trx,
    "outcomes",
    {
      event_id: "text",
      lead_id: "text",
      publication_id: "text?",
      channel: "text",
      kind: "text",
      at: "integer",
    },
    { primaryKey: ["event_id"] },
  );
  await index(trx, "outcomes", ["lead_id", "at"]);
  await index(trx, "outcomes", ["publication_id"]);
}

async function createApprovals(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "approvals",
    {
      approval_id: "text",
      decision_id: "text",
      placement_id: "text",
      lead_id: "text",
      asset_id: "text",
      asset_version: "integer",
      channel: "text",
      place: "text",
      content_hash: "text",
      content_json: "text",
      findings_json: "text",
      status: "text",
      created_at: "integer",
      expires_at: "integer",
      answered_at: "integer?",
      answered_by: "text?",
      sealed_answer: "bytes?",
    },
    {
      primaryKey: ["approval_id"],
      oneOf: { status: ["waiting", "approved", "edited", "rejected", "expired", "blocked"] },
    },
  );
  await trx.schema
    .createIndex("approvals_waiting_unique")
    .unique()
    .on("approvals")
    .columns(["decision_id", "channel", "place"])
    .where(sql.ref("status"), "=", sql.lit("waiting"))
    .execute();
  await index(trx, "approvals", ["status", "expires_at"]);
  await index(trx, "approvals", ["asset_id"]);
  await index(trx, "approvals", ["decision_id"]);
}

async function createAudit(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "audit_entries",
    { entry_id: "text", seq: "integer?", kind: "text", subject: "text", at: "integer", body: "text" },
    { primaryKey: ["entry_id"] },
  );
  await trx.schema
    .createIndex("audit_entries_seq_unique")
    .unique()
    .on("audit_entries")
    .column("seq")
    .where(sql.ref("seq"), "is not", null)
    .execute();
  await trx.schema
    .createIndex("audit_entries_unnumbered_index")
    .on("audit_entries")
    .column("entry_id")
    .where(sql.ref("seq"), "is", null)
    .execute();
  await index(trx, "audit_entries", ["subject", "entry_id"]);
  await createTable(
    trx,
    "audit_nodes",
    { level: "integer", position: "integer", hash: "bytes" },
    { primaryKey: ["level", "position"] },
  );
  await createTable(
    trx,
    "audit_tree",
    { id: "integer", size: "integer", root: "bytes", at: "integer" },
    { primaryKey: ["id"] },
  );
}

async function createApiKeys(trx: Trx): Promise<void> {
  await createTable(
    trx,
    "api_keys",
    {
      key_id: "text",
      name: "text",
      role: "text",
      key_hash: "text",
      created_at: "integer",
      revoked_at: "integer?",
    },
    {
      primaryKey: ["key_id"],
      unique: [["key_hash"]],
      oneOf: { role: ["admin", "operator", "reviewer", "integration"] },
    },
  );
}

async function index(trx: Trx, table: string, columns: string[]): Promise<void> {
  await trx.schema
    .createIndex(`${table}_${columns.join("_")}_index`)
    .on(table)
    .columns(columns)
    .execute();
}
