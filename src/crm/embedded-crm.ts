import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { canonicalJson } from "../domain/hash.ts";
import type { LeadId } from "../domain/ids.ts";
import { type LeadFacts, type LeadIdentity, type LeadInput, leadIdentity, suppressionScope } from "../domain/lead.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { PersonId, Vault } from "../vault/vault.ts";
import { ensureAccount, putAccount, toAccount } from "./account-records.ts";
import { isCompanyEmail, normaliseEmail } from "./company-email.ts";
import { addNewConsents, consentHistory, makeCountingConsents } from "./consent-records.ts";
import type { Crm } from "./crm.ts";
import { leadIdsOfPerson, leadQuery, leadRows, parseLeadFacts, toLead } from "./lead-rows.ts";
import { mergeOpportunity, putOpportunity, toOpportunity } from "./opportunity-records.ts";
import { verifyAccountTerms, verifyConsentTerms, verifyConsentTimes, verifyLeadTerms } from "./verify-terms.ts";

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
  const consentsOf = makeCountingConsents();
  const suppressionsOf = makePreparedQuery(suppressionsQuery);
  const leadById = makePreparedQuery(leadQuery);
  return {
    async lead(db, id) {
      const [row] = await leadById(db, { lead: id });
      return row ? toLead(row) : null;
    },

    async rights(db, id) {
      const consents = await consentsOf(db, id);
      const rows = await suppressionsOf(db, { lead: id });
      const first = rows.filter(({ scope }, i) => rows[i - 1]?.scope !== scope);
      const suppressions = first.map(({ scope, reason, at }) => ({ scope: suppressionScope.parse(scope), reason, at }));
      return { consents, suppressions };
    },

    consentHistory,

    async identity(db, id) {
      const row = await db.selectFrom("leads").select("sealed_identity").where("lead_id", "=", id).executeTakeFirst();
      const text = row ? await vault.open(db, personOf(id), "identity", row.sealed_identity) : null;
      return text === null ? null : parseStored("lead identity", leadIdentity, text);
    },

    async putLead(trx, input, by = "import") {
      verifyLeadTerms(terms, input);
      verifyConsentTimes(input.consents, "/consents/*", clock.now());
      const { facts, identity } = split(input);
      const { opportunity, ...own } = facts;
      const now = clock.now();
      await ensureAccount(trx, facts, { audit, clock });
      if (opportunity) await mergeOpportunity(trx, opportunity, facts.accountId, { audit, clock });
      const row = {
        facts_json: JSON.stringify(own),
        account_id: facts.accountId ?? null,
        opportunity_id: opportunity?.id ?? null,
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
      await addConsents(trx, input.leadId, input.consents, by);
      return result;
    },

    async addConsent(trx, id, record, by = "import") {
      verifyConsentTerms(terms, record);
      verifyConsentTimes([record], "", clock.now());
      await addConsents(trx, id, [record], by);
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

    async setStage(trx, id, stage) {
      const row = await trx.selectFrom("leads").select("facts_json").where("lead_id", "=", id).executeTakeFirst();
      // Nothing to change where the lead is not known: its events may come before it does.
      if (!row) return;
      const before = parseLeadFacts(row.facts_json);
      if (before.stage === stage) return;
      const facts_json = JSON.stringify({ ...before, stage });
      await trx.updateTable("leads").set({ facts_json, updated_at: clock.now() }).where("lead_id", "=", id).execute();
      await recordNow(trx, id, "stage");
    },

    async setOpportunity(trx, id, opportunity) {
      const [row] = await leadById(trx, { lead: id });
      if (!row) return;
      const before = canonicalJson(toLead(row).facts);
      await mergeOpportunity(trx, opportunity, toLead(row).facts.accountId, { audit, clock });
      await trx
        .updateTable("leads")
        .set({ opportunity_id: opportunity.id, updated_at: clock.now() })
        .where("lead_id", "=", id)
        .execute();
      await recordNow(trx, id, "opportunity", before);
    },

    async listLeads(db, { after, limit, accountId }) {
      let query = leadRows(db).orderBy("l.lead_id").limit(limit);
      if (after !== null) query = query.where("l.lead_id", ">", after);
      if (accountId !== undefined) query = query.where("l.account_id", "=", accountId);
      return (await query.execute()).map(toLead);
    },

    async account(db, id) {
      const row = await db.selectFrom("accounts").selectAll().where("account_id", "=", id).executeTakeFirst();
      return row ? toAccount(row) : null;
    },

    async listAccounts(db, { after, limit }) {
      let query = db.selectFrom("accounts").selectAll().orderBy("account_id").limit(limit);
      if (after !== null) query = query.where("account_id", ">", after);
      return (await query.execute()).map(toAccount);
    },

    async putAccount(trx, input) {
      verifyAccountTerms(terms, input);
      return await putAccount(trx, input, { audit, clock });
    },

    async opportunity(db, id) {
      const row = await db.selectFrom("opportunities").selectAll().where("opportunity_id", "=", id).executeTakeFirst();
      return row ? toOpportunity(row) : null;
    },

    putOpportunity: (trx, input) => putOpportunity(trx, input, { audit, clock }),
  };

  async function addConsents(trx: Trx, id: LeadId, records: LeadInput["consents"], by: string): Promise<void> {
    for (const added of await addNewConsents(trx, id, records, { now: clock.now(), by })) {
      const { channel, purpose, basis, status, at } = added;
      const body = { channel, purpose, basis, status, at };
      await audit.append(trx, { kind: "consent.changed", subject: auditSubject, body, lead: id });
    }
  }

  /** The lead as it reads after the change; nothing where it reads as before. */
  async function recordNow(trx: Trx, id: LeadId, change: "stage" | "opportunity", before?: string): Promise<void> {
    const [row] = await leadById(trx, { lead: id });
    if (row && canonicalJson(toLead(row).facts) !== before) await recordChange(trx, id, change, toLead(row).facts);
  }

  async function recordChange(trx: Trx, id: LeadId, change: string, facts: LeadFacts): Promise<void> {
    const body = { change, factsDigest: await vault.digest(trx, personOf(id), canonicalJson(facts)) };
    await audit.append(trx, { kind: "lead.changed", subject: auditSubject, body, lead: id });
  }
}

/** The log knows a lead by its pseudonym alone, which it adds itself. */
const auditSubject = "lead";

function suppressionsQuery(db: Queries, param: Param<{ lead: string }>) {
  return db
    .selectFrom("suppressions")
    .select(["scope", "reason", "at"])
    .where("lead_id", "in", leadIdsOfPerson(param("lead")))
    .orderBy("scope")
    .orderBy("at");
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
