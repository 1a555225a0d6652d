import { z } from "zod";
import type { AccountRecord } from "../../crm/crm.ts";
import { accountFacts, accountInput } from "../../domain/account.ts";
import { AppError } from "../../domain/errors.ts";
import { type AccountId, accountId, opportunityId } from "../../domain/ids.ts";
import { opportunityChange, opportunityFacts } from "../../domain/opportunity.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { isoTime, verifySameId } from "../shapes.ts";
import { leadsPage, listedLead } from "./leads.ts";

const byId = z.strictObject({ id: accountId });
const deal = z.strictObject({ id: opportunityId });
const account = z.strictObject({
  accountId,
  facts: accountFacts,
  fromLead: z.boolean().describe("Whether all that is known of it comes from leads that name it"),
  updatedAt: instant,
});
const opportunity = z.strictObject({
  opportunityId: z.string(),
  accountId: accountId.nullable(),
  facts: opportunityFacts,
  updatedAt: instant,
});
const shownAccount = {
  accountId: "A-77",
  facts: { name: "Hanse Beispiel Logistik", industry: "logistics", size: "201-1000", country: "DE" },
  fromLead: false,
  updatedAt: "2026-10-01T08:30:00.000Z",
};

/** The companies that leads belong to, and their deals. */
export function addAccountRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/accounts",
    tag: "accounts",
    summary: "List accounts, by id",
    needs: "accounts:read",
    query: z.strictObject(pageQuery),
    answers: {
      200: { description: "By id", schema: pageOf(account), example: { items: [shownAccount], nextCursor: null } },
    },
    async handle({ query: { limit, cursor } }) {
      const page = { after: afterOf("accounts", cursor), limit: limit + 1 };
      const rows = await deps.crm.listAccounts(deps.store.read, page);
      return { status: 200, body: toPage("accounts", rows, limit, { id: (row) => row.accountId, item: shown }) };
    },
  });

  add({
    method: "get",
    path: "/v1/accounts/{id}",
    tag: "accounts",
    summary: "What is known of an account",
    needs: "accounts:read",
    params: byId,
    answers: { 200: { description: "The account", schema: account, example: shownAccount } },
    handle: async ({ params: { id } }) => ({ status: 200, body: shown(await known(id, deps)) }),
  });

  add({
    method: "put",
    path: "/v1/accounts/{id}",
    tag: "accounts",
    summary: "Create or replace an account",
    description: "A lead that names the account and no company of its own has this company's name, industry and size.",
    needs: "accounts:write",
    params: byId,
    body: accountInput.extend({ accountId: accountId.optional() }),
    example: shownAccount.facts,
    answers: {
      200: { description: "Replaced", schema: z.strictObject({ accountId, result: z.literal("replaced") }) },
      201: { description: "Created", schema: z.strictObject({ accountId, result: z.literal("created") }) },
    },
    async handle({ params: { id }, body }) {
      verifySameId("/accountId", id, body.accountId);
      const result = await deps.store.write((trx) => deps.crm.putAccount(trx, { ...body, accountId: id }));
      return { status: result === "created" ? 201 : 200, body: { accountId: id, result } };
    },
  });

  add({
    method: "get",
    path: "/v1/accounts/{id}/leads",
    tag: "accounts",
    summary: "The account's leads, by id",
    needs: "leads:read",
    params: byId,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "By id", schema: pageOf(listedLead) } },
    async handle({ params: { id }, query, caller }) {
      await known(id, deps);
      return { status: 200, body: await leadsPage(id, query, caller, deps) };
    },
  });

  add({
    method: "get",
    path: "/v1/opportunities/{id}",
    tag: "accounts",
    summary: "What is known of a deal",
    needs: "accounts:read",
    params: deal,
    answers: {
      200: {
        description: "The opportunity",
        schema: opportunity,
        example: {
          opportunityId: "O-9",
          accountId: "A-77",
          facts: { stage: "proposal", amountMinor: 4200000, currency: "EUR", openedAt: "2026-10-01T00:00:00Z" },
          updatedAt: "2026-10-01T08:30:00.000Z",
        },
      },
    },
    async handle({ params: { id } }) {
      const found = await deps.crm.opportunity(deps.store.read, id);
      if (found === null) throw new AppError("not-found", "There is no opportunity of this id.");
      return { status: 200, body: { ...found, updatedAt: isoTime(found.updatedAt) } };
    },
  });

  add({
    method: "put",
    path: "/v1/opportunities/{id}",
    tag: "accounts",
    summary: "Create or replace a deal",
    description:
      "Leads name the deal they take part in by `opportunity.id`, and see it as it is now. An `accountId` that is not " +
      "known is refused. What a lead or an `opportunity.changed` event says of a deal is added to its record.",
    needs: "accounts:write",
    params: deal,
    body: opportunityChange,
    example: {
      accountId: "A-77",
      stage: "proposal",
      amountMinor: 4200000,
      currency: "EUR",
      openedAt: "2026-10-01T00:00:00Z",
    },
    answers: {
      200: { description: "Replaced", schema: z.strictObject({ opportunityId, result: z.literal("replaced") }) },
      201: { description: "Created", schema: z.strictObject({ opportunityId, result: z.literal("created") }) },
    },
    async handle({ params: { id }, body }) {
      verifySameId("/opportunityId", id, body.opportunityId);
      const result = await deps.store.write((trx) => deps.crm.putOpportunity(trx, { ...body, opportunityId: id }));
      return { status: result === "created" ? 201 : 200, body: { opportunityId: id, result } };
    },
  });
}

function shown({ accountId, facts, isFromLead, updatedAt }: AccountRecord) {
  return { accountId, facts, fromLead: isFromLead, updatedAt: isoTime(updatedAt) };
}

async function known(id: AccountId, deps: HttpDeps): Promise<AccountRecord> {
  const found = await deps.crm.account(deps.store.read, id);
  if (found === null) throw new AppError("not-found", "There is no account of this id.");
  return found;
}
