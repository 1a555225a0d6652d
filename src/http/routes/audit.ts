import { z } from "zod";
import type { AuditEntry } from "../../audit/audit.ts";
import { callerId } from "../../domain/ids.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { isoTime } from "../shapes.ts";

const entry = z.strictObject({
  entryId: z.string(),
  seq: z.int().nullable(),
  kind: z.string(),
  subject: z.string(),
  at: instant,
  body: z.string().describe("RFC 8785 text: the bytes that the tree's leaf is the hash of"),
});
const treeHead = z.strictObject({ size: z.int(), rootHex: z.string() });

/** The transparency log. */
export function addAuditRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/audit/entries",
    tag: "audit",
    summary: "Entries in the order of the log, or those about one subject",
    description:
      "`subject` is the id of a decision, asset, approval, publication or key; with it the list is one page.",
    needs: "audit:read",
    query: z.strictObject({ ...pageQuery, subject: callerId.optional() }),
    answers: { 200: { description: "Oldest first", schema: pageOf(entry) } },
    async handle({ query: { limit, cursor, subject } }) {
      if (subject !== undefined) {
        const entries = await deps.auditReader.bySubject(deps.store.read, subject);
        return { status: 200, body: { items: entries.map(shown), nextCursor: null } };
      }
      const after = afterOf("audit", cursor);
      const from = after === null ? 0 : Number(after) + 1;
      const rows = await deps.auditReader.entries(deps.store.read, {
        from: Number.isSafeInteger(from) ? from : 0,
        limit: limit + 1,
      });
      const shape = { id: (row: AuditEntry) => String(row.seq), item: shown };
      return { status: 200, body: toPage("audit", rows, limit, shape) };
    },
  });

  add({
    method: "get",
    path: "/v1/audit/tree",
    tag: "audit",
    summary: "Size and root hash of the RFC 6962 tree",
    needs: "audit:read",
    answers: { 200: { description: "The tree head", schema: treeHead } },
    handle: async () => ({ status: 200, body: await deps.auditReader.tree(deps.store.read) }),
  });
}

function shown(row: AuditEntry) {
  const { entryId, seq, kind, subject, at, body } = row;
  return { entryId, seq, kind, subject, at: isoTime(at), body };
}
