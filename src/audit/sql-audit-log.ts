import { canonicalJson } from "../domain/hash.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import type { AuditLog } from "./audit.ts";

/**
 * One INSERT per entry. The body names the entry's own id, kind, subject and time beside what was recorded, so that
 * every column is under the leaf's hash. A subject that is the lead's own id is replaced by the pseudonym too: the log
 * cannot be erased, the link to the person can.
 */
export function makeAuditLog(deps: { vault: Pick<Vault, "pseudonym">; clock: Clock; ids: Ids }): AuditLog {
  const insert = makePreparedQuery(insertQuery);
  return {
    async append(trx, { kind, subject, body, lead }) {
      const pseudonym = lead === undefined ? undefined : await deps.vault.pseudonym(trx, `lead:${lead}`);
      const entry = {
        entry_id: deps.ids.next("ent"),
        kind,
        subject: subject === lead && pseudonym !== undefined ? pseudonym : subject,
        at: deps.clock.now(),
      };
      const header = { v: bodyVersion, id: entry.entry_id, kind, subject: entry.subject, at: entry.at };
      const who = pseudonym === undefined ? {} : { lead: pseudonym };
      await insert(trx, { ...entry, body: canonicalJson({ ...body, ...header, ...who }) });
    },
  };
}

const bodyVersion = 1;

function insertQuery(
  db: Queries,
  param: Param<{ entry_id: string; kind: string; subject: string; at: number; body: string }>,
) {
  return db.insertInto("audit_entries").values({
    entry_id: param("entry_id"),
    kind: param("kind"),
    subject: param("subject"),
    at: param("at"),
    seq: null,
    body: param("body"),
  });
}
