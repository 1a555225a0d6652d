import { z } from "zod";
import { assetStatus } from "../../domain/asset.ts";
import { assetId, grantId } from "../../domain/ids.ts";
import { recallItem } from "../../domain/publication.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { assetEtag, etagHeader, ifMatchHeader, readIfMatch, verifyIfMatch } from "../if-match.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { historyEntry, reason, shownHistory } from "../shapes.ts";
import { known, put } from "./assets.ts";

const byId = z.strictObject({ id: assetId });
const withGrant = z.strictObject({ id: assetId, grantId });
const receipt = z.array(recallItem);
const step = z.strictObject({ assetId, from: assetStatus, to: assetStatus, receipt });
const history = historyEntry(
  ["created", "versioned", "rolled-back", "status-changed", "grant-attached", "grant-detached"],
  z.union([
    z.strictObject({ version: z.int(), contentSha: z.string(), toContentOf: z.int().optional() }),
    z.strictObject({ from: assetStatus, to: assetStatus }),
    z.strictObject({ grantId: z.string() }),
  ]),
);

/** What is done to an asset over its life: its status, its versions, its grants, taking it back. */
export function addAssetStepRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "post",
    path: "/v1/assets/{id}/status",
    tag: "assets",
    summary: "One step of an asset's life cycle",
    description:
      "draft → in-review → active → disputed → deprecated → withdrawn; what is in review can go back to draft, what is " +
      "disputed or deprecated can become active again, withdrawn is the end. 409, naming the steps that are allowed, for " +
      "any other. Only what is active is shown. Disputed and withdrawn take live publications off, cancel what is queued " +
      "and block what waits for a person, with a receipt for each. Deprecated stops new use: what is live of it stays " +
      "recorded as live, is not shown while it is deprecated, and shows again should it become active within its time.",
    needs: "assets:write",
    params: byId,
    headers: ifMatchHeader,
    body: z.strictObject({ to: assetStatus, reason }),
    example: { to: "disputed", reason: "The customer says that the number is wrong." },
    answers: {
      200: {
        description: "The step is taken",
        schema: step,
        headers: etagHeader,
        example: {
          assetId: "acme-onboarding-2026",
          from: "active",
          to: "disputed",
          receipt: [{ kind: "publication", id: "pub_01JD00000000000000000000AB", result: "withdrawn" }],
        },
      },
    },
    async handle({ params: { id }, body: { to, reason }, caller, c }) {
      const [done, etag] = await deps.store.write(async (trx) => {
        const before = await known(deps.catalogue.asset(trx, id));
        verifyIfMatch(readIfMatch(c), before, { required: false });
        const changed = await deps.recall.changeStatus(trx, id, to, { reason, by: caller.keyId });
        return [changed, assetEtag({ ...before, status: to })] as const;
      });
      return {
        status: 200,
        body: { assetId: id, from: done.from, to, receipt: done.receipt },
        headers: { ETag: etag },
      };
    },
  });

  add({
    method: "post",
    path: "/v1/assets/{id}/rollback",
    tag: "assets",
    summary: "Go back to an earlier version's content",
    description:
      "Makes a new version of the old content; nothing is rewritten. What waits for approval on another version is not " +
      "published any more. Honours `If-Match`.",
    needs: "assets:write",
    params: byId,
    headers: ifMatchHeader,
    body: z.strictObject({ version: z.int().positive(), reason: reason.optional() }),
    example: { version: 2, reason: "The new wording was not agreed." },
    answers: {
      200: {
        description: "A new version, or unchanged when it is the current one's content",
        schema: put,
        headers: etagHeader,
        example: { assetId: "acme-onboarding-2026", result: "versioned", version: 4 },
      },
    },
    async handle({ params: { id }, body, caller, c }) {
      const [done, etag] = await deps.store.write(async (trx) => {
        const before = await known(deps.catalogue.asset(trx, id));
        verifyIfMatch(readIfMatch(c), before, { required: false });
        const maker = { by: caller.keyId, ...(body.reason !== undefined && { reason: body.reason }) };
        const result = await deps.catalogue.rollBack(trx, id, body.version, maker);
        return [result, assetEtag({ ...before, currentVersion: result.version })] as const;
      });
      return { status: 200, body: { assetId: id, ...done }, headers: { ETag: etag } };
    },
  });

  add({
    method: "get",
    path: "/v1/assets/{id}/history",
    tag: "assets",
    summary: "What was done to the asset, by whom and when",
    needs: "assets:read",
    params: byId,
    query: z.strictObject(pageQuery),
    answers: {
      200: {
        description: "Newest first",
        schema: pageOf(history),
        example: {
          items: [
            {
              historyId: 41,
              change: "status-changed",
              details: { from: "active", to: "deprecated" },
              reason: "There is a newer one.",
              by: "key_01JD00000000000000000000AB",
              at: "2026-11-02T10:00:00.000Z",
            },
          ],
          nextCursor: null,
        },
      },
    },
    async handle({ params: { id }, query: { limit, cursor } }) {
      await known(deps.catalogue.asset(deps.store.read, id));
      const page = { after: afterOf("asset-history", cursor), limit: limit + 1 };
      const rows = await deps.catalogue.assetHistory(deps.store.read, id, page);
      const shape = { id: (row: (typeof rows)[number]) => String(row.historyId), item: shownHistory };
      return { status: 200, body: toPage("asset-history", rows, limit, shape) };
    },
  });

  add({
    method: "put",
    path: "/v1/assets/{id}/grants/{grantId}",
    tag: "assets",
    summary: "Attach a grant to the asset",
    needs: "assets:write",
    params: withGrant,
    answers: {
      200: {
        description: "It covers the asset",
        schema: z.strictObject({ assetId, grantId, result: z.enum(["attached", "unchanged"]) }),
      },
    },
    async handle({ params: { id, grantId }, caller }) {
      const maker = { by: caller.keyId };
      const isNew = await deps.store.write((trx) => deps.catalogue.attachGrant(trx, id, grantId, maker));
      return { status: 200, body: { assetId: id, grantId, result: isNew ? "attached" : "unchanged" } };
    },
  });

  add({
    method: "delete",
    path: "/v1/assets/{id}/grants/{grantId}",
    tag: "assets",
    summary: "Detach a grant from the asset",
    description: "Where no other grant covers the asset, it is taken back, with a receipt.",
    needs: "assets:revoke",
    params: withGrant,
    answers: {
      200: { description: "It covers the asset no more", schema: z.strictObject({ assetId, grantId, receipt }) },
    },
    async handle({ params: { id, grantId }, caller }) {
      const maker = { by: caller.keyId };
      const done = await deps.store.write((trx) => deps.recall.detachGrant(trx, id, grantId, maker));
      return { status: 200, body: { assetId: id, grantId, receipt: done.receipt } };
    },
  });

  add({
    method: "post",
    path: "/v1/assets/{id}/revoke",
    tag: "assets",
    summary: "Take an asset back",
    description:
      "Revokes its grants, withdraws what is live, cancels what is queued, blocks what waits for a person: in one " +
      "transaction, with a receipt for each.",
    needs: "assets:revoke",
    params: byId,
    body: z.strictObject({ reason }),
    example: { reason: "withdrawn by the endorser" },
    answers: {
      200: { description: "What was done", schema: z.strictObject({ assetId, grants: z.array(z.string()), receipt }) },
    },
    async handle({ params: { id }, body, caller }) {
      await known(deps.catalogue.asset(deps.store.read, id));
      const done = await deps.store.write((trx) => deps.recall.revoke(trx, id, body.reason, caller.keyId));
      return { status: 200, body: { assetId: id, ...done } };
    },
  });
}
