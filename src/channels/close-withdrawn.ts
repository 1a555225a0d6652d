import type { Decisions } from "../decisions/decisions.ts";
import type { Decision } from "../domain/decision.ts";
import type { DecisionId, PublicationId } from "../domain/ids.ts";
import type { Trx } from "../store/store.ts";

/**
 * Tells the decision that one of its publications was withdrawn: its placement says so, and once nothing of it is live
 * the decision itself is `withdrawn`, unless it still waits for something of another placement.
 */
export async function closeWithdrawn(
  trx: Trx,
  decisions: Decisions,
  { decisionId: id, publicationId }: { readonly decisionId: DecisionId; readonly publicationId: PublicationId },
): Promise<void> {
  const decision = await decisions.get(trx, id);
  if (!decision) return;
  const live = await trx
    .selectFrom("publications")
    .select("publication_id")
    .where("decision_id", "=", id)
    .where("state", "=", "live")
    .limit(1)
    .executeTakeFirst();
  await decisions.update(trx, id, {
    placements: decision.placements.map((placement) =>
      placement.publicationId === publicationId ? { ...placement, state: "withdrawn" } : placement,
    ),
    ...(live || stillGoing.includes(decision.status) ? {} : { status: "withdrawn" }),
  });
}

const stillGoing: readonly Decision["status"][] = ["awaiting-approval", "held"];
