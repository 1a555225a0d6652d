import type { Approvals } from "../../approvals/approvals.ts";
import type { AuditLog } from "../../audit/audit.ts";
import type { Clearances } from "../../clearances/clearances.ts";
import { AppError } from "../../domain/errors.ts";
import type { Inbox } from "../../intake/intake.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { Store } from "../../store/store.ts";
import type { Node } from "../attempt.ts";
import { toLineage } from "../lineage.ts";
import { type Resting, toRecord } from "../record.ts";
import { record } from "../recording-of.ts";
import type { Ending } from "../state.ts";

export interface ReportDeps extends Resting {
  readonly store: Store;
  readonly approvals: Approvals;
  readonly clearances: Pick<Clearances, "stopWaiting">;
  readonly audit: AuditLog;
  readonly inbox: Inbox;
  readonly clock: Clock;
}

/** Closes or parks the decision: record, audit entry and the end of the lease, in one transaction. */
export function makeReport(deps: ReportDeps): Node {
  return async (state, attempt) => {
    const { ending } = state;
    if (!ending) throw new AppError("corrupt", "The decision reached its report without an ending.");
    const { decisionId, leadId } = state;
    const rested = toRecord(state, attempt, deps, ending.status);
    await deps.store.write(async (trx) => {
      await deps.inbox.settle(trx, attempt.lease, settlement(ending, deps.clock.now()));
      // What was published wrote its record with the publication.
      if (ending.status !== "published") {
        await deps.decisions.update(trx, decisionId, rested);
        await record(trx, deps.recordings, state, attempt, rested);
      }
      // A crash cut the run off after that: this one knows nothing of it but what the record says.
      const isCutOff = ending.status === "published" && state.placements.length === 0;
      const stored = isCutOff ? await deps.decisions.get(trx, decisionId) : null;
      const ranBefore = attempt.lease.attempt > 1;
      if (ranBefore && ending.status !== "held") await deps.approvals.closeWaiting(trx, decisionId);
      if ((ranBefore || state.awaited.length > 0) && ending.status !== "held") {
        await deps.clearances.stopWaiting(trx, decisionId);
      }
      await deps.audit.append(trx, {
        kind: ending.status === "held" ? "decision.held" : "decision.closed",
        subject: decisionId,
        lead: leadId,
        body: toLineage(state.eventId, stored ?? rested),
      });
    });
    return {};
  };
}

function settlement({ status, wakeAt }: Ending, now: number) {
  return status === "held" ? ({ state: "parked", wakeAt: wakeAt ?? now } as const) : ({ state: "done" } as const);
}
