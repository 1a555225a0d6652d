import type { AuditLog } from "../audit/audit.ts";
import { type AccountFacts, type AccountInput, accountFacts } from "../domain/account.ts";
import { jsonDigest } from "../domain/hash.ts";
import { accountId } from "../domain/ids.ts";
import type { LeadFacts } from "../domain/lead.ts";
import { makeStoredJson } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Schema } from "../store/schema.ts";
import type { Trx } from "../store/store.ts";
import type { AccountRecord } from "./crm.ts";

interface AccountDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Creates or replaces an account with what was said of it itself. */
export async function putAccount(
  trx: Trx,
  { accountId: id, ...facts }: AccountInput,
  deps: AccountDeps,
): Promise<"created" | "replaced"> {
  const known = await trx.selectFrom("accounts").selectAll().where("account_id", "=", id).executeTakeFirst();
  await write(trx, id, facts, 0, deps);
  return known ? "replaced" : "created";
}

/**
 * A lead may name an account before anybody described it: it is made from the lead's company, and takes what further
 * leads know as long as nobody has described it.
 */
export async function ensureAccount(
  trx: Trx,
  { accountId: id, company }: Pick<LeadFacts, "accountId" | "company">,
  deps: AccountDeps,
): Promise<void> {
  if (id === undefined) return;
  const known = await trx.selectFrom("accounts").selectAll().where("account_id", "=", id).executeTakeFirst();
  if (known && (known.from_lead === 0 || company === undefined)) return;
  const facts = company ?? {};
  if (known && known.facts_json === JSON.stringify(facts)) return;
  await write(trx, id, facts, 1, deps);
}

export function toAccount(row: Schema["accounts"]): AccountRecord {
  return {
    accountId: accountId.parse(row.account_id),
    facts: parseAccount(row.facts_json),
    isFromLead: row.from_lead === 1,
    updatedAt: row.updated_at,
  };
}

export const parseAccount = makeStoredJson("account", accountFacts, 10_000);

async function write(
  trx: Trx,
  id: string,
  facts: AccountFacts,
  fromLead: 0 | 1,
  { audit, clock }: AccountDeps,
): Promise<void> {
  const now = clock.now();
  const row = { facts_json: JSON.stringify(facts), from_lead: fromLead, updated_at: now };
  await trx
    .insertInto("accounts")
    .values({ account_id: id, created_at: now, ...row })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet(row))
    .execute();
  await audit.append(trx, {
    kind: "account.changed",
    subject: id,
    body: { accountId: id, fromLead: fromLead === 1, factsSha: jsonDigest(facts) },
  });
}
