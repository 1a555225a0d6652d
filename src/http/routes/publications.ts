import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import { assetId, leadId, type PublicationId, publicationId } from "../../domain/ids.ts";
import { deliveryState, publication, publicationState, recallItem } from "../../domain/publication.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { reason } from "../shapes.ts";

const message = z.strictObject({
  subject: z.string(),
  fromName: z.string(),
  html: z.string(),
  text: z.string(),
  state: deliveryState,
});

const byId = z.strictObject({ id: publicationId });

/** What was published, and withdrawing it. */
export function addPublicationRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/publications",
    tag: "publications",
    summary: "List publications, newest first",
    needs: "publications:read",
    query: z.strictObject({
      ...pageQuery,
      lead: leadId.optional(),
      asset: assetId.optional(),
      state: publicationState.optional(),
    }),
    answers: { 200: { description: "Newest first", schema: pageOf(publication) } },
    async handle({ query: { limit, cursor, lead, asset, state } }) {
      const after = afterOf("publications", cursor);
      const filter = { leadId: lead, assetId: asset, state, after, limit: limit + 1 };
      const rows = await deps.publications.list(deps.store.read, filter);
      return {
        status: 200,
        body: toPage("publications", rows, limit, { id: (row) => row.publicationId, item: (row) => row }),
      };
    },
  });

  add({
    method: "get",
    path: "/v1/publications/{id}",
    tag: "publications",
    summary: "One publication",
    needs: "publications:read",
    params: byId,
    answers: { 200: { description: "The publication", schema: publication } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await found(id, deps) }),
  });

  add({
    method: "get",
    path: "/v1/publications/{id}/message",
    tag: "publications",
    summary: "The e-mail as its reader gets it",
    description:
      "Rendered now, for an operator: nobody is named as its reader, and its unsubscribe link leads nowhere. Whoever " +
      "shows the HTML puts it into a sandboxed frame. 404 for a publication that is no e-mail.",
    needs: "messages:read",
    params: byId,
    answers: { 200: { description: "The message", schema: message } },
    async handle({ params: { id } }) {
      const preview = await deps.emailPreviews.preview(deps.store.read, id);
      if (preview === null) throw new AppError("not-found", "There is no e-mail of this publication that can be read.");
      return { status: 200, body: preview };
    },
  });

  add({
    method: "post",
    path: "/v1/publications/{id}/withdraw",
    tag: "publications",
    summary: "Withdraw it; a page stops showing it at once",
    needs: "publications:withdraw",
    params: byId,
    body: z.strictObject({ reason }),
    answers: {
      200: { description: "What was done", schema: z.strictObject({ publicationId, receipt: z.array(recallItem) }) },
    },
    async handle({ params: { id }, body }) {
      await found(id, deps);
      const receipt = await deps.store.write((trx) => deps.publications.withdraw(trx, id, body.reason));
      return { status: 200, body: { publicationId: id, receipt } };
    },
  });
}

async function found(id: PublicationId, deps: HttpDeps) {
  const record = await deps.publications.get(deps.store.read, id);
  if (record === null) throw new AppError("not-found", "There is no publication of this id.");
  return record;
}
