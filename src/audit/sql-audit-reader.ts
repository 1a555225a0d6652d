import type { Selectable } from "kysely";
import type { Schema } from "../store/schema.ts";
import type { AuditEntry, AuditReader } from "./audit.ts";
import { makeMerkleTree } from "./merkle.ts";

export function makeAuditReader(): AuditReader {
  return {
    async entries(db, { from, limit }) {
      const rows = await db
        .selectFrom("audit_entries")
        .selectAll()
        .where("seq", ">=", from)
        .orderBy("seq")
        .limit(limit)
        .execute();
      return rows.map(toEntry);
    },
    async bySubject(db, subject) {
      const rows = await db
        .selectFrom("audit_entries")
        .selectAll()
        .where("subject", "=", subject)
        .orderBy("entry_id")
        .execute();
      return rows.map(toEntry);
    },
    async tree(db) {
      const row = await db.selectFrom("audit_tree").select(["size", "root"]).executeTakeFirst();
      const root = row?.root ?? makeMerkleTree().root();
      return { size: row?.size ?? 0, rootHex: Buffer.from(root).toString("hex") };
    },
  };
}

function toEntry({ entry_id, ...rest }: Selectable<Schema["audit_entries"]>): AuditEntry {
  return { entryId: entry_id, ...rest };
}
