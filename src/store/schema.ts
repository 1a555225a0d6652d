import type { Generated } from "kysely";

/**
 * Every table, as Kysely sees it. Times are integers, milliseconds UTC. `*_json` columns hold JSON text that the owning
 * folder parses with zod; `sealed_*` columns hold vault ciphertext. Which folder owns a table (and so holds its
 * queries) is the heading above it.
 */
export interface Schema {
  // store
  schema_migrations: { name: string; applied_at: number };
  meta: { key: string; value: string };
  leases: { name: string; owner: string; token: number; until: number };

  // vault
  person_keys: {
    person_id: string; // "lead:L-1042", "endorser:e-7"
    wrapped_key: Uint8Array;
    kek_id: string;
    created_at: number;
    destroyed_at: number | null;
  };

  // crm
  leads: {
    lead_id: string;
    facts_json: string;
    sealed_identity: Uint8Array;
    email_hash: string | null;
    has_company_email: number;
    account_id: string | null;
    /** The deal the lead takes part in; what is known of it is the opportunity's. */
    opportunity_id: string | null;
    created_at: number;
    updated_at: number;
  };
  accounts: {
    account_id: string;
    facts_json: string;
    /** 1 while all that is known of it comes from leads that name it. */
    from_lead: number;
    created_at: number;
    updated_at: number;
  };
  opportunities: {
    opportunity_id: string;
    account_id: string | null;
    facts_json: string;
    created_at: number;
    updated_at: number;
  };
  consents: {
    consent_id: Generated<number>;
    lead_id: string;
    channel: string;
    purpose: string;
    record_json: string;
    at: number;
    recorded_at: number;
    /** Who recorded it; null for what was recorded before this was kept. */
    recorded_by: string | null;
  };
  suppressions: { lead_id: string; scope: string; reason: string; at: number };

  // catalogue
  endorsers: {
    endorser_id: string;
    facts_json: string;
    sealed_identity: Uint8Array;
    created_at: number;
    updated_at: number;
  };
  assets: { asset_id: string; status: string; current_version: number; created_at: number; updated_at: number };
  asset_versions: {
    asset_id: string;
    version: number;
    content_json: string;
    content_sha: string;
    endorser_id: string | null;
    created_at: number;
  };
  grants: { grant_id: string; terms_json: string; revoked_at: number | null; created_at: number };
  asset_grants: { asset_id: string; grant_id: string };
  /** What was done to an asset, a grant or an endorser, by whom; no direct identifier. */
  catalogue_history: {
    history_id: Generated<number>;
    record: string; // asset, grant, endorser
    record_id: string;
    change: string;
    details_json: string;
    reason: string | null;
    by: string;
    at: number;
  };
  /** The catalogue's change feed: what search indexes follow. */
  catalogue_changes: { change_id: Generated<number>; asset_id: string; at: number };

  // deployment
  playbook_versions: { playbook_id: string; version: number; digest: string; body_json: string; loaded_at: number };
  kill_switches: { scope: string; target: string; reason: string; set_by: string; set_at: number };

  // policies
  /** One row, counted up by every switch and override: whether a process knows what stands is one look at it. */
  policy_state: { id: number; stamp: number };
  /** A deployment's own policies and overrides, by the name of what is in them; never changed. */
  policy_sets: { version: string; files_json: string; stored_at: number };
  /** Which set took whose place when; the last one says what stands. */
  policy_switches: {
    switch_id: Generated<number>;
    from_version: string;
    to_version: string;
    /** folder: found at the first start; switched: by a call. */
    origin: string;
    reason: string;
    by: string;
    at: number;
  };
  policy_overrides: {
    override_id: string;
    rule: string;
    scope: string;
    target: string;
    reason: string;
    set_by: string;
    set_at: number;
    ends_at: number;
    cleared_at: number | null;
    cleared_by: string | null;
  };

  // intake
  inbox: {
    event_id: string;
    source: string;
    ce_id: string;
    type: string;
    subject: string;
    /** RFC 8785 digest over type, subject and data: the same content repeats the answer. */
    digest: string;
    /** The whole envelope, sealed with the subject's key. */
    sealed_event: Uint8Array;
    happened_at: number;
    accepted_at: number;
    decision_id: string;
    /** ready: to be run; leased: being run; waiting: for a person; parked: until wake_at; done; dead: dead letter. */
    state: string;
    attempts: number;
    lease_owner: string | null;
    /** Fencing token: grows with every lease; a write under an older one is refused. */
    fence: number;
    lease_until: number | null;
    wake_at: number | null;
    /** Set when something asked for another run while this one was going on. */
    rerun: number;
    last_error: string | null;
  };

  // decisions
  decisions: {
    decision_id: string;
    event_id: string;
    lead_id: string;
    status: string;
    /** LangGraph thread of the interrupted run, while one waits. */
    thread_id: string | null;
    /** The decision record (domain/decision.ts) less the columns. */
    record_json: string;
    /** What was observed, for replay; no personal data. */
    observed_json: string | null;
    created_at: number;
    updated_at: number;
  };

  // recordings
  recordings: {
    decision_id: string;
    attempt: number;
    at: number;
    /** Digest of the settings it was made under. */
    settings: string;
    reads_json: string;
    /** `sha256:` over the result's text. */
    result_digest: string;
    /** The result's text, where the decision's record will not keep it. */
    result_json: string | null;
  };
  recording_settings: { digest: string; body_json: string; used_at: number };

  // exposure
  contact_ledger: {
    contact_id: Generated<number>;
    lead_id: string;
    purpose: string;
    window_start: number;
    ordinal: number;
    decision_id: string;
    created_at: number;
    freed_at: number | null;
  };

  // channels
  publications: {
    publication_id: string;
    decision_id: string;
    placement_id: string;
    lead_id: string;
    channel: string;
    place: string;
    asset_id: string;
    asset_version: number;
    content_hash: string;
    content_json: string;
    /** decision + channel + place: at most one publication ever. */
    idempotency_key: string;
    ruleset_version: string;
    state: string;
    published_at: number;
    live_until: number;
    withdrawn_at: number | null;
    withdrawn_reason: string | null;
  };
  deliveries: {
    delivery_id: string;
    publication_id: string;
    channel: string;
    state: string;
    attempts: number;
    receipt_json: string | null;
    created_at: number;
    updated_at: number;
    lease_owner: string | null;
    lease_until: number | null;
    /** Fencing token: grows with every lease; a write under an older one is refused. */
    fence: number;
    /** For `pending`: when it is due. */
    next_at: number | null;
    /** When the leave to send it ends. */
    expires_at: number | null;
    /** Review questions that a person has answered for its content, by rule and reason. */
    discharged_json: string | null;
    last_error: string | null;
    /** 1 once it may have gone out and an operator let it be sent again: whatever comes of that, it may have been seen. */
    uncertain: number;
  };
  outcomes: {
    event_id: string;
    lead_id: string;
    publication_id: string | null;
    channel: string;
    kind: string;
    at: number;
  };

  // approvals
  approvals: {
    approval_id: string;
    decision_id: string;
    placement_id: string;
    lead_id: string;
    asset_id: string;
    asset_version: number;
    channel: string;
    place: string;
    content_hash: string;
    content_json: string;
    findings_json: string;
    status: string;
    created_at: number;
    expires_at: number;
    answered_at: number | null;
    answered_by: string | null;
    /** Note and edited framing, sealed with the lead's key. */
    sealed_answer: Uint8Array | null;
    /** Under which it was proposed, as `id@version` and `kind@version`; null from before this was kept. */
    playbook: string | null;
    planner: string | null;
  };

  // clearances
  clearances: {
    clearance_id: string;
    asset_id: string;
    asset_version: number;
    /** Rule and reason: with the version, what it is about. */
    question: string;
    rule: string;
    reason: string;
    evidence_json: string;
    state: string;
    opened_at: number;
    /** The decision that asked first. */
    opened_by: string | null;
    /** When it last became open. */
    asked_at: number;
    answered_at: number | null;
    answered_by: string | null;
    expires_at: number | null;
  };
  clearance_history: {
    history_id: Generated<number>;
    clearance_id: string;
    change: string;
    at: number;
    by: string;
    expires_at: number | null;
    /** Of a version without an endorser; else it is sealed with the endorser's key. */
    note: string | null;
    sealed_note: Uint8Array | null;
  };
  /** Decisions that are held until a question is answered. */
  clearance_waits: { clearance_id: string; decision_id: string };

  // audit
  audit_entries: {
    entry_id: string;
    /** Null until the sequencer has numbered it; then gapless from 0. */
    seq: number | null;
    kind: string;
    /** The thing it is about: a decision, asset, approval, key. */
    subject: string;
    at: number;
    /** RFC 8785 text; the leaf is its hash. */
    body: string;
  };
  /** Hashes of complete subtrees: level 0 are leaves. */
  audit_nodes: { level: number; position: number; hash: Uint8Array };
  audit_tree: { id: number; size: number; root: Uint8Array; at: number };

  // http
  api_keys: {
    key_id: string;
    name: string;
    role: string;
    /** SHA-256 of the key; the key itself is shown once and never stored. */
    key_hash: string;
    created_at: number;
    revoked_at: number | null;
  };
}
