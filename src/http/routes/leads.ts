import { z } from "zod";
import type { LeadRecord } from "../../crm/crm.ts";
import { AppError } from "../../domain/errors.ts";
import { type LeadId, leadId } from "../../domain/ids.ts";
import { consentRecord, leadFacts, leadIdentity, leadInput, suppressionScope } from "../../domain/lead.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { Caller, HttpDeps } from "../http.ts";
import { isPermitted } from "../permissions.ts";
import { isoTime } from "../shapes.ts";

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
const token = z.strictObject({ leadId, token: z.string(), expiresAt: instant });

/** Leads and their rights. */
export function addLeadRoutes(add: AddEndpoint, deps: HttpDeps): void {
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
    description: "Consents in the body are added to the history; nothing in it is removed.",
    needs: "leads:write",
    params: byId,
    body: leadInput.extend({ leadId: leadId.optional() }),
    answers: {
      200: { description: "Replaced", schema: z.strictObject({ leadId, result: z.literal("replaced") }) },
      201: { description: "Created", schema: z.strictObject({ leadId, result: z.literal("created") }) },
    },
    async handle({ params: { id }, body }) {
      if (body.leadId !== undefined && body.leadId !== id) {
        const fields = [{ pointer: "/leadId", message: "It differs from the id in the path; leave it out." }];
        throw new AppError("invalid", "The body is another lead's.", { fields });
      }
      const result = await deps.store.write((trx) => deps.crm.putLead(trx, { ...body, leadId: id }));
      return { status: result === "created" ? 201 : 200, body: { leadId: id, result } };
    },
  });

  add({
    method: "get",
    path: "/v1/leads/{id}/consents",
    tag: "leads",
    summary: "The newest consent per channel and purpose, and what is suppressed",
    needs: "leads:read",
    params: byId,
    answers: { 200: { description: "The rights", schema: rights } },
    async handle({ params: { id } }) {
      await knownLead(id, deps);
      return { status: 200, body: await rightsOf(id, deps) };
    },
  });

  add({
    method: "post",
    path: "/v1/leads/{id}/consents",
    tag: "leads",
    summary: "Record a consent, or its withdrawal",
    needs: "leads:write",
    params: byId,
    body: consentRecord,
    answers: { 201: { description: "Recorded; the rights as they stand now", schema: rights } },
    async handle({ params: { id }, body }) {
      await knownLead(id, deps);
      await deps.store.write((trx) => deps.crm.addConsent(trx, id, body));
      return { status: 201, body: await rightsOf(id, deps) };
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

async function rightsOf(id: LeadId, deps: HttpDeps) {
  const { consents, suppressions } = await deps.crm.rights(deps.store.read, id);
  return { consents, suppressions: suppressions.map((one) => ({ ...one, at: isoTime(one.at) })) };
}
