import type { AuditLog } from "../audit/audit.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import { endorserIdentity } from "../domain/endorser.ts";
import { AppError } from "../domain/errors.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Vault } from "../vault/vault.ts";
import type { Endorsers } from "./catalogue.ts";
import { identityQuery } from "./catalogue-queries.ts";
import { announce, assetsByEndorser } from "./change-feed.ts";
import { readHistory } from "./history.ts";
import { makePreparedQuery } from "./prepared-query.ts";
import { endorserPerson, IDENTITY_PURPOSE, putEndorser } from "./put-endorser.ts";
import type { StoredRecords } from "./stored-records.ts";

interface EndorserDeps {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly terms: TermIndex;
}

/** Endorsers as records of their own. A change ends in the change feed with the assets that carry their words. */
export function makeEndorsers(deps: EndorserDeps, records: StoredRecords): Endorsers {
  const { vault, clock, terms } = deps;
  const readIdentity = makePreparedQuery(identityQuery);
  return {
    async endorser(db, id) {
      const row = await db.selectFrom("endorsers").selectAll().where("endorser_id", "=", id).executeTakeFirst();
      return row ? { endorserId: id, facts: records.endorser(row.facts_json), updatedAt: row.updated_at } : null;
    },

    endorserHistory: (db, id, page) => readHistory(db, "endorser", id, page),

    async endorserIdentity(db, id) {
      // Opened anew each time: the vault holds the keys, and who was erased must not be answered from memory.
      const [row] = await readIdentity(db, id);
      if (row === undefined) return null;
      const text = await vault.open(db, endorserPerson(id), IDENTITY_PURPOSE, row.sealed_identity);
      return text === null ? null : parseStored("endorser's identity", endorserIdentity, text);
    },

    async putEndorser(trx, id, input, maker = {}) {
      const message = input.industry === undefined ? null : terms.problem("industries", input.industry);
      if (message !== null) {
        const fields = [{ pointer: "/industry", message }];
        throw new AppError("invalid", "The industry is not in the taxonomy.", { fields });
      }
      const result = await putEndorser(trx, id, input, { ...deps, maker, pointer: "/endorserId" });
      if (result === "changed") await announce(trx, await assetsByEndorser(trx, id), clock.now());
      return result;
    },
  };
}
