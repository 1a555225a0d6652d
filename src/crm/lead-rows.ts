import { type RawBuilder, sql } from "kysely";
import { leadId } from "../domain/ids.ts";
import { type LeadFacts, leadFacts } from "../domain/lead.ts";
import { makeStoredJson } from "../domain/stored-json.ts";
import type { Param } from "../store/prepared-query.ts";
import type { Queries } from "../store/store.ts";
import { parseAccount } from "./account-records.ts";
import type { LeadRecord } from "./crm.ts";
import { parseOpportunity } from "./opportunity-records.ts";

/** A lead's row with what its account and its deal say. */
export function leadRows(db: Queries) {
  return db
    .selectFrom("leads as l")
    .leftJoin("accounts as a", "a.account_id", "l.account_id")
    .leftJoin("opportunities as o", "o.opportunity_id", "l.opportunity_id")
    .select([
      "l.lead_id",
      "l.facts_json",
      "l.email_hash",
      "l.has_company_email",
      "l.updated_at",
      "a.facts_json as account_json",
      "o.opportunity_id",
      "o.facts_json as opportunity_json",
    ]);
}

export function leadQuery(db: Queries, param: Param<{ lead: string }>) {
  return leadRows(db).where("l.lead_id", "=", param("lead"));
}

/** The lead itself, known or not, and every lead with the same e-mail address. */
export function leadIdsOfPerson(lead: RawBuilder<string>): RawBuilder<string> {
  return sql<string>`(select ${lead} as lead_id union all
    select other.lead_id from leads as own join leads as other on other.email_hash = own.email_hash
    where own.lead_id = ${lead} and other.lead_id <> own.lead_id)`;
}

export interface LeadRow {
  readonly lead_id: string;
  readonly facts_json: string;
  readonly email_hash: string | null;
  readonly has_company_email: number;
  readonly updated_at: number;
  readonly account_json: string | null;
  readonly opportunity_id: string | null;
  readonly opportunity_json: string | null;
}

export function toLead(row: LeadRow): LeadRecord {
  return {
    leadId: leadId.parse(row.lead_id),
    facts: wholeFacts(row),
    hasCompanyEmail: row.has_company_email === 1,
    hasEmail: row.email_hash !== null,
    updatedAt: row.updated_at,
  };
}

/** As they are stored: without the opportunity, which is a record of its own. */
export const parseLeadFacts = makeStoredJson("lead facts", leadFacts, 10_000);

function wholeFacts(row: LeadRow): LeadFacts {
  const own = parseLeadFacts(row.facts_json);
  const company = own.company ?? companyOf(row.account_json);
  const opportunity = opportunityOf(row);
  return { ...own, ...(company && { company }), ...(opportunity && { opportunity }) };
}

function companyOf(accountJson: string | null): LeadFacts["company"] {
  if (accountJson === null) return undefined;
  const { name, industry, size } = parseAccount(accountJson);
  if (name === undefined) return undefined;
  return { name, ...(industry !== undefined && { industry }), ...(size !== undefined && { size }) };
}

function opportunityOf({ opportunity_id: id, opportunity_json: json }: LeadRow): LeadFacts["opportunity"] {
  if (id === null || json === null) return undefined;
  const { expectedCloseAt: _expected, closedAt: _closed, ...deal } = parseOpportunity(json);
  return { id, ...deal };
}
