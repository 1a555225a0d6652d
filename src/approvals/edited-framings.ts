import type { Vault } from "../vault/vault.ts";
import type { EditedFramings } from "./approvals.ts";
import { editedFraming } from "./sealed-answer.ts";

export function makeEditedFramings({ vault }: { vault: Vault }): EditedFramings {
  return {
    async of(db, id) {
      const row = await db.selectFrom("approvals").selectAll().where("approval_id", "=", id).executeTakeFirst();
      return row ? await editedFraming(db, vault, row) : null;
    },
  };
}
