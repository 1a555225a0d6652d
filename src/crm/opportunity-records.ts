import type { AuditLog } from "../audit/audit.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { accountId } from "../domain/ids.ts";
import type { LeadFacts } from "../domain/lead.ts";
import { type OpportunityFacts, type OpportunityInput, opportunityFacts } from "../domain/opportunity.ts";
import { makeStoredJson } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Schema } from "../store/schema.ts";
import type { Trx } from "../store/store.ts";
import type { OpportunityRecord } from "./crm.ts";

interface OpportunityDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Creates or replaces a deal. */
export async function putOpportunity(
  trx: Trx,
  { opportunityId: id, accountId: account, ...facts }: OpportunityInput,
  deps: OpportunityDeps,
): Promise<"created" | "replaced"> {
  if (account !== undefined) await verifyAccount(trx, account);
  const known = await stored(trx, id);
  await write(trx, { id, account: account ?? null, facts }, deps);
  return known ? "replaced" : "created";
}

/** Adds what a lead or an event says of a deal to what is known of it; its account is the lead's until it has one. */
export async function mergeOpportunity(
  trx: Trx,
  { id, ...said }: NonNullable<LeadFacts["opportunity"]>,
  account: string | undefined,
  deps: OpportunityDeps,
): Promise<void> {
  const known = await stored(trx, id);
  const facts = known ? { ...parseOpportunity(known.facts_json), ...said } : said;
  const owner = known?.account_id ?? account ?? null;
  if (known && owner === known.account_id && jsonDigest(facts) === jsonDigest(parseOpportunity(known.facts_json))) {
    return;
  }
  await write(trx, { id, account: owner, facts }, deps);
}

export function toOpportunity(row: Schema["opportunities"]): OpportunityRecord {
  return {
    opportunityId: row.opportunity_id,
    accountId: row.account_id === null ? null : accountId.parse(row.account_id),
    facts: parseOpportunity(row.facts_json),
    updatedAt: row.updated_at,
  };
}

export const parseOpportunity = makeStoredJson("opportunity", opportunityFacts, 10_000);

function stored(trx: Trx, id: string) {
  return trx.selectFrom("opportunities").selectAll().where("opportunity_id", "=", id).executeTakeFirst();
}

async function verifyAccount(trx: Trx, id: string): Promise<void> {
  const found = await trx.selectFrom("accounts").select("account_id").where("account_id", "=", id).executeTakeFirst();
  if (found) return;
  const fields = [{ pointer: "/accountId", message: `no account with this id; PUT /v1/accounts/${id} first` }];
  throw new AppError("invalid", "The opportunity's account is not known.", { fields });
}

async function write(
  trx: Trx,
  { id, account, facts }: { readonly id: string; readonly account: string | null; readonly facts: OpportunityFacts },
  { audit, clock }: OpportunityDeps,
): Promise<void> {
  const now = clock.now();
  const row = { account_id: account, facts_json: JSON.stringify(facts), updated_at: now };
  await trx
    .insertInto("opportunities")
    .values({ opportunity_id: id, created_at: now, ...row })
    .onConflict((conflict) => conflict.column("opportunity_id").doUpdateSet(row))
    .execute();
  await audit.append(trx, {
    kind: "opportunity.changed",
    subject: id,
    body: { opportunityId: id, accountId: account, factsSha: jsonDigest(facts) },
  });
}
