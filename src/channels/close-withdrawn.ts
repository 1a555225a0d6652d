import type { Decisions } from "../decisions/decisions.ts";
import type { Decision } from "../domain/decision.ts";
import type { DecisionId, PublicationId } from "../domain/ids.ts";
import type { Trx } from "../store/store.ts";

export interface WithdrawnPlacement {
  readonly decisionId: DecisionId;
  readonly publicationId: PublicationId;
  /** Whether nothing of the decision is live any more. */
  readonly wasLast: boolean;
}

/**
 * Tells the decision that one of its publications was withdrawn: its placement says so, and with the last one the
 * decision itself is `withdrawn`, unless it still waits for something of another placement.
 */
export async function closeWithdrawn(trx: Trx, decisions: Decisions, withdrawn: WithdrawnPlacement): Promise<void> {
  const decision = await decisions.get(trx, withdrawn.decisionId);
  if (!decision) return;
  await decisions.update(trx, withdrawn.decisionId, {
    placements: decision.placements.map((placement) =>
      placement.publicationId === withdrawn.publicationId ? { ...placement, state: "withdrawn" } : placement,
    ),
    ...(withdrawn.wasLast && !stillGoing.includes(decision.status) ? { status: "withdrawn" } : {}),
  });
}

const stillGoing: readonly Decision["status"][] = ["awaiting-approval", "held"];
