import { decisionId } from "../domain/ids.ts";
import type { OutcomeLog } from "./intake.ts";

/** Reads what `effects` recorded. */
export function makeOutcomeLog(): OutcomeLog {
  return {
    async ofDecisions(db, ids) {
      const kinds = new Map(ids.map((id) => [id, new Set<string>()]));
      for (let from = 0; from < ids.length; from += partSize) {
        const rows = await db
          .selectFrom("outcomes as o")
          .innerJoin("publications as p", "p.publication_id", "o.publication_id")
          .select(["p.decision_id", "o.kind"])
          .where("p.decision_id", "in", ids.slice(from, from + partSize))
          .execute();
        for (const row of rows) kinds.get(decisionId.parse(row.decision_id))?.add(row.kind);
      }
      return kinds;
    },
  };
}

/** Under the number of parameters that any dialect takes in one statement. */
const partSize = 250;
