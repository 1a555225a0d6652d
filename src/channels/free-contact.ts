import { decisionId } from "../domain/ids.ts";
import type { ContactLedger } from "../exposure/exposure.ts";
import type { Trx } from "../store/store.ts";

/**
 * Gives the lead's contact back when nothing of the plan came to anything: every delivery of the decision failed or was
 * cancelled before any effect. What stands on a page counts, and so does what may have gone out.
 */
export async function freeUnlessEffective(
  trx: Trx,
  ledger: Pick<ContactLedger, "free">,
  decision: string,
): Promise<void> {
  const effective = await trx
    .selectFrom("deliveries")
    .innerJoin("publications", "publications.publication_id", "deliveries.publication_id")
    .select("deliveries.delivery_id")
    .where("publications.decision_id", "=", decision)
    .where((one) =>
      one.or([one("deliveries.state", "not in", ["failed", "cancelled"]), one("deliveries.uncertain", "=", 1)]),
    )
    .limit(1)
    .executeTakeFirst();
  if (!effective) await ledger.free(trx, decisionId.parse(decision));
}
