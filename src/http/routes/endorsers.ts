import { z } from "zod";
import { endorserFacts, endorserInput } from "../../domain/endorser.ts";
import { AppError } from "../../domain/errors.ts";
import { type EndorserId, endorserId } from "../../domain/ids.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { isPermitted } from "../permissions.ts";
import { historyEntry, isoTime, shownHistory, verifySameId } from "../shapes.ts";

const byId = z.strictObject({ id: endorserId });
const endorser = z.strictObject({
  endorserId,
  facts: endorserFacts,
  name: z.string().nullable().describe("Null to roles that may not read it, and once erased"),
  updatedAt: instant,
});
const history = historyEntry(
  ["added", "changed"],
  z.strictObject({ before: endorserFacts.nullable(), after: endorserFacts, nameChanged: z.boolean() }),
);

/** Endorsers: the people and companies whose words the assets carry. Their names are stored only sealed. */
export function addEndorserRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/endorsers/{id}",
    tag: "endorsers",
    summary: "What is known of an endorser",
    description: "The name is shown to operators and admins, and null to others.",
    needs: "assets:read",
    params: byId,
    answers: {
      200: {
        description: "The endorser",
        schema: endorser,
        example: {
          endorserId: "jane-sample",
          facts: { role: "Head of Sales Operations", company: "Acme Freight", relationship: "customer" },
          name: "Jane Sample",
          updatedAt: "2026-10-01T08:30:00.000Z",
        },
      },
    },
    async handle({ params: { id }, caller }) {
      const { facts, updatedAt } = await known(id, deps);
      const mayRead = isPermitted(caller.role, "endorser-identity:read");
      const identity = mayRead ? await deps.catalogue.endorserIdentity(deps.store.read, id) : null;
      return {
        status: 200,
        body: { endorserId: id, facts, name: identity?.name ?? null, updatedAt: isoTime(updatedAt) },
      };
    },
  });

  add({
    method: "put",
    path: "/v1/endorsers/{id}",
    tag: "endorsers",
    summary: "Create or replace an endorser",
    description:
      "What is shown follows at once: a relationship that has to be disclosed takes proof off that does not disclose it. " +
      "409: the endorser was erased.",
    needs: "assets:write",
    params: byId,
    body: endorserInput,
    example: {
      name: "Jane Sample",
      role: "Head of Sales Operations",
      company: "Acme Freight",
      industry: "logistics",
      relationship: "customer",
      currentCustomerCheckedAt: "2026-10-01T00:00:00Z",
    },
    answers: {
      200: {
        description: "Changed, or unchanged",
        schema: z.strictObject({ endorserId, result: z.enum(["changed", "unchanged"]) }),
      },
      201: { description: "It is new", schema: z.strictObject({ endorserId, result: z.literal("created") }) },
    },
    async handle({ params: { id }, body, caller }) {
      verifySameId("/endorserId", id, body.endorserId);
      const result = await deps.store.write((trx) => deps.catalogue.putEndorser(trx, id, body, { by: caller.keyId }));
      return { status: result === "created" ? 201 : 200, body: { endorserId: id, result } };
    },
  });

  add({
    method: "get",
    path: "/v1/endorsers/{id}/history",
    tag: "endorsers",
    summary: "What was changed of the endorser, by whom and when",
    description: "It holds the facts before and after, and whether the name changed; never a name.",
    needs: "assets:read",
    params: byId,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "Newest first", schema: pageOf(history) } },
    async handle({ params: { id }, query: { limit, cursor } }) {
      await known(id, deps);
      const page = { after: afterOf("endorser-history", cursor), limit: limit + 1 };
      const rows = await deps.catalogue.endorserHistory(deps.store.read, id, page);
      const shape = { id: (row: (typeof rows)[number]) => String(row.historyId), item: shownHistory };
      return { status: 200, body: toPage("endorser-history", rows, limit, shape) };
    },
  });
}

async function known(id: EndorserId, deps: HttpDeps) {
  const found = await deps.catalogue.endorser(deps.store.read, id);
  if (found === null) throw new AppError("not-found", "There is no endorser of this id.");
  return found;
}
