import { z } from "zod";
import type { LeadRecord } from "../../crm/crm.ts";
import { AppError } from "../../domain/errors.ts";
import { type AccountId, accountId, type LeadId, leadId } from "../../domain/ids.ts";
import { consentRecord, leadFacts, leadIdentity, leadInput, suppressionScope } from "../../domain/lead.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { Caller, HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { isPermitted } from "../permissions.ts";
import { isoTime, verifySameId } from "../shapes.ts";
import { consentExample } from "./consents.ts";

const byId = z.strictObject({ id: leadId });
const suppression = z.strictObject({ scope: suppressionScope, reason: z.string(), at: instant });
const rights = z.strictObject({ consents: z.array(consentRecord), suppressions: z.array(suppression) });
const lead = z.strictObject({
  leadId,
  facts: leadFacts,
  hasCompanyEmail: z.boolean(),
  rights,
  identity: leadIdentity.nullable(),
  updatedAt: instant,
});
export const listedLead = lead.omit({ rights: true });
const token = z.strictObject({ leadId, token: z.string(), expiresAt: instant });

const example = {
  country: "DE",
  language: "de",
  timezone: "Europe/Berlin",
  company: { name: "Hanse Beispiel Logistik", industry: "logistics", size: "201-1000" },
  persona: "revops",
  stage: "evaluation",
  productInterest: ["core"],
};

/** Leads: who is nurtured. */
export function addLeadRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/leads",
    tag: "leads",
    summary: "List leads, by id",
    description: "Name, e-mail address and phone are shown to operators and admins; `identity` is null to others.",
    needs: "leads:read",
    query: z.strictObject({ ...pageQuery, account: accountId.optional() }),
    answers: {
      200: {
        description: "By id",
        schema: pageOf(listedLead),
        example: {
          items: [
            {
              leadId: "L-1042",
              facts: { ...example, accountId: "A-77" },
              hasCompanyEmail: true,
              identity: null,
              updatedAt: "2026-10-01T08:30:00.000Z",
            },
          ],
          nextCursor: null,
        },
      },
    },
    handle: async ({ query, caller }) => ({ status: 200, body: await leadsPage(query.account, query, caller, deps) }),
  });

  add({
    method: "get",
    path: "/v1/leads/{id}",
    tag: "leads",
    summary: "What is known of a lead",
    description: "Name, e-mail address and phone are shown to roles that may read them; `identity` is null to others.",
    needs: "leads:read",
    params: byId,
    answers: { 200: { description: "The lead", schema: lead } },
    handle: async ({ params: { id }, caller }) => ({ status: 200, body: await wholeLead(id, caller, deps) }),
  });

  add({
    method: "put",
    path: "/v1/leads/{id}",
    tag: "leads",
    summary: "Create or replace a lead",
    description:
      "Consents in the body are added to the history; nothing in it is removed. `accountId` refers to an account: one that " +
      "is not known is made from the lead's company. `opportunity.id` names the deal; what is said of it here is added to " +
      "its record.",
    needs: "leads:write",
    params: byId,
    body: leadInput.extend({ leadId: leadId.optional() }),
    example: {
      name: "Paula Probe",
      email: "paula.probe@hanse.example.com",
      ...example,
      accountId: "A-77",
      consents: [consentExample],
    },
    answers: {
      200: { description: "Replaced", schema: z.strictObject({ leadId, result: z.literal("replaced") }) },
      201: { description: "Created", schema: z.strictObject({ leadId, result: z.literal("created") }) },
    },
    async handle({ params: { id }, body, caller }) {
      verifySameId("/leadId", id, body.leadId);
      const result = await deps.store.write((trx) => deps.crm.putLead(trx, { ...body, leadId: id }, caller.keyId));
      return { status: result === "created" ? 201 : 200, body: { leadId: id, result } };
    },
  });

  add({
    method: "post",
    path: "/v1/leads/{id}/token",
    tag: "leads",
    summary: "Mint a token with which a page may ask what to show this lead",
    description:
      "Send `ttlSeconds` for a shorter life than the configured one. The token carries the lead's id and no other data.",
    needs: "lead-tokens:mint",
    params: byId,
    body: z.strictObject({
      ttlSeconds: z
        .int()
        .positive()
        .max(Math.floor(deps.limits.tokenTtlMs / 1000))
        .optional(),
    }),
    bodyOptional: true,
    answers: { 201: { description: "The token", schema: token } },
    async handle({ params: { id }, body }) {
      await knownLead(id, deps);
      const ttlMs = body.ttlSeconds === undefined ? deps.limits.tokenTtlMs : body.ttlSeconds * 1000;
      const minted = deps.leadTokens.mint(id, ttlMs);
      return { status: 201, body: { leadId: id, token: minted.token, expiresAt: isoTime(minted.expiresAt) } };
    },
  });
}

async function knownLead(id: LeadId, deps: HttpDeps): Promise<LeadRecord> {
  const record = await deps.crm.lead(deps.store.read, id);
  if (record === null) throw new AppError("not-found", "There is no lead of this id.");
  return record;
}

async function wholeLead(id: LeadId, caller: Caller, deps: HttpDeps) {
  const { facts, hasCompanyEmail, updatedAt } = await knownLead(id, deps);
  const mayRead = isPermitted(caller.role, "lead-identity:read");
  const identity = mayRead ? await deps.crm.identity(deps.store.read, id) : null;
  return {
    leadId: id,
    facts,
    hasCompanyEmail,
    rights: await rightsOf(id, deps),
    identity,
    updatedAt: isoTime(updatedAt),
  };
}

/** A page of the leads of an account, or of all. */
export async function leadsPage(
  account: AccountId | undefined,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  caller: Caller,
  deps: HttpDeps,
) {
  const page = { accountId: account, after: afterOf("leads", cursor), limit: limit + 1 };
  const rows = await deps.crm.listLeads(deps.store.read, page);
  const { items, nextCursor } = toPage("leads", rows, limit, { id: (row) => row.leadId, item: (row) => row });
  return { items: await Promise.all(items.map((row) => toListedLead(row, caller, deps))), nextCursor };
}

/** A lead of a list; direct identifiers for those who may read many at once. */
async function toListedLead(row: LeadRecord, caller: Caller, deps: HttpDeps) {
  const mayRead = isPermitted(caller.role, "lead-identities:list");
  const identity = mayRead ? await deps.crm.identity(deps.store.read, row.leadId) : null;
  return { ...row, identity, updatedAt: isoTime(row.updatedAt) };
}

async function rightsOf(id: LeadId, deps: HttpDeps) {
  const { consents, suppressions } = await deps.crm.rights(deps.store.read, id);
  return { consents, suppressions: suppressions.map((one) => ({ ...one, at: isoTime(one.at) })) };
}
