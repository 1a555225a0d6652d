import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { canonicalJson } from "../domain/hash.ts";
import { type LeadId, leadId } from "../domain/ids.ts";
import {
  type LeadFacts,
  type LeadIdentity,
  type LeadInput,
  leadFacts,
  leadIdentity,
  suppressionScope,
} from "../domain/lead.ts";
import { makeStoredJson, parseStored } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { PersonId, Vault } from "../vault/vault.ts";
import { isCompanyEmail, normaliseEmail } from "./company-email.ts";
import { addNewConsents, makeNewestConsents } from "./consent-records.ts";
import type { Crm, LeadRecord } from "./crm.ts";
import { verifyConsentTerms, verifyConsentTimes, verifyLeadTerms } from "./verify-terms.ts";

interface CrmDeps {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
}

/**
 * Leads in our own database. Direct identifiers are stored only sealed with the lead's key; consents and suppressions
 * may be recorded before the lead itself is known, and count once it is.
 */
export function makeEmbeddedCrm({ vault, audit, clock, terms }: CrmDeps): Crm {
  const consentsOf = makeNewestConsents();
  const suppressionsOf = makePreparedQuery(suppressionsQuery);
  const leadRows = makePreparedQuery(leadQuery);
  return {
    async lead(db, id) {
      const [row] = await leadRows(db, { lead: id });
      return row ? toRecord(row) : null;
    },

    async rights(db, id) {
      const consents = await consentsOf(db, id);
      const rows = await suppressionsOf(db, { lead: id });
      const suppressions = rows.map(({ scope, reason, at }) => ({ scope: suppressionScope.parse(scope), reason, at }));
      return { consents, suppressions };
    },

    async identity(db, id) {
      const row = await db.selectFrom("leads").select("sealed_identity").where("lead_id", "=", id).executeTakeFirst();
      const text = row ? await vault.open(db, personOf(id), "identity", row.sealed_identity) : null;
      return text === null ? null : parseStored("lead identity", leadIdentity, text);
    },

    async putLead(trx, input) {
      verifyLeadTerms(terms, input);
      verifyConsentTimes(input.consents, "/consents/*", clock.now());
      const { facts, identity } = split(input);
      const now = clock.now();
      const row = {
        facts_json: JSON.stringify(facts),
        sealed_identity: await vault.seal(trx, personOf(input.leadId), "identity", JSON.stringify(identity)),
        email_hash: identity.email === undefined ? null : vault.lookupHash("email", normaliseEmail(identity.email)),
        has_company_email: identity.email !== undefined && isCompanyEmail(identity.email) ? 1 : 0,
        updated_at: now,
      };
      const known = await trx
        .selectFrom("leads")
        .select("lead_id")
        .where("lead_id", "=", input.leadId)
        .executeTakeFirst();
      await trx
        .insertInto("leads")
        .values({ lead_id: input.leadId, created_at: now, ...row })
        .onConflict((conflict) => conflict.column("lead_id").doUpdateSet(row))
        .execute();
      const result = known ? "replaced" : "created";
      await recordChange(trx, input.leadId, result, facts);
      await addConsents(trx, input.leadId, input.consents);
      return result;
    },

    async addConsent(trx, id, record) {
      verifyConsentTerms(terms, record);
      verifyConsentTimes([record], "", clock.now());
      await addConsents(trx, id, [record]);
    },

    async suppress(trx, id, scope, reason) {
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto("suppressions")
        .values({ lead_id: id, scope, reason, at: clock.now() })
        .onConflict((conflict) => conflict.columns(["lead_id", "scope"]).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return;
      // The reason is somebody's words: the log binds it without holding it.
      const body = { scope, reasonDigest: await vault.digest(trx, personOf(id), reason) };
      await audit.append(trx, { kind: "lead.suppressed", subject: auditSubject, body, lead: id });
    },

    setStage: (trx, id, stage) => changeFacts(trx, id, "stage", (facts) => ({ ...facts, stage })),
    setOpportunity: (trx, id, opportunity) =>
      changeFacts(trx, id, "opportunity", (facts) => ({ ...facts, opportunity })),

    async listLeads(db, { after, limit }) {
      let query = db.selectFrom("leads").select(recordColumns).orderBy("lead_id").limit(limit);
      if (after !== null) query = query.where("lead_id", ">", after);
      return (await query.execute()).map(toRecord);
    },
  };

  async function addConsents(trx: Trx, id: LeadId, records: LeadInput["consents"]): Promise<void> {
    for (const added of await addNewConsents(trx, id, records, clock.now())) {
      const { channel, purpose, basis, status, at } = added;
      const body = { channel, purpose, basis, status, at };
      await audit.append(trx, { kind: "consent.changed", subject: auditSubject, body, lead: id });
    }
  }

  /** Nothing to change where the lead is not known: its events may come before it does. */
  async function changeFacts(
    trx: Trx,
    id: LeadId,
    change: "stage" | "opportunity",
    apply: (facts: LeadFacts) => LeadFacts,
  ): Promise<void> {
    const row = await trx.selectFrom("leads").select("facts_json").where("lead_id", "=", id).executeTakeFirst();
    if (!row) return;
    const facts = apply(parseFacts(row.facts_json));
    const facts_json = JSON.stringify(facts);
    if (facts_json === row.facts_json) return;
    await trx.updateTable("leads").set({ facts_json, updated_at: clock.now() }).where("lead_id", "=", id).execute();
    await recordChange(trx, id, change, facts);
  }

  async function recordChange(trx: Trx, id: LeadId, change: string, facts: LeadFacts): Promise<void> {
    const body = { change, factsDigest: await vault.digest(trx, personOf(id), canonicalJson(facts)) };
    await audit.append(trx, { kind: "lead.changed", subject: auditSubject, body, lead: id });
  }
}

/** The log knows a lead by its pseudonym alone, which it adds itself. */
const auditSubject = "lead";

const recordColumns = ["lead_id", "facts_json", "has_company_email", "updated_at"] as const;
const parseFacts = makeStoredJson("lead facts", leadFacts, 10_000);

function leadQuery(db: Queries, param: Param<{ lead: string }>) {
  return db.selectFrom("leads").select(recordColumns).where("lead_id", "=", param("lead"));
}

function suppressionsQuery(db: Queries, param: Param<{ lead: string }>) {
  return db
    .selectFrom("suppressions")
    .select(["scope", "reason", "at"])
    .where("lead_id", "=", param("lead"))
    .orderBy("scope");
}

function toRecord(row: {
  lead_id: string;
  facts_json: string;
  has_company_email: number;
  updated_at: number;
}): LeadRecord {
  return {
    leadId: leadId.parse(row.lead_id),
    facts: parseFacts(row.facts_json),
    hasCompanyEmail: row.has_company_email === 1,
    updatedAt: row.updated_at,
  };
}

function split({ leadId: _id, consents: _consents, name, email, phone, ...facts }: LeadInput): {
  facts: LeadFacts;
  identity: LeadIdentity;
} {
  const identity: LeadIdentity = {};
  if (name !== undefined) identity.name = name;
  if (email !== undefined) identity.email = email;
  if (phone !== undefined) identity.phone = phone;
  return { facts, identity };
}

function personOf(id: LeadId): PersonId {
  return `lead:${id}`;
}
