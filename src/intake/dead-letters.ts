import type { Decisions } from "../decisions/decisions.ts";
import { decisionId, eventId } from "../domain/ids.ts";
import type { DeadLetters } from "./intake.ts";

/** Dead letters are inbox rows; one that is replayed starts again as if it had just been accepted. */
export function makeDeadLetters(deps: { decisions: Pick<Decisions, "update"> }): DeadLetters {
  return {
    async list(db, { after, limit }) {
      let query = db
        .selectFrom("inbox")
        .select(["event_id", "decision_id", "type", "subject", "accepted_at", "attempts", "last_error"])
        .where("state", "=", "dead")
        .orderBy("event_id")
        .limit(limit);
      if (after !== null) query = query.where("event_id", ">", after);
      return (await query.execute()).map((row) => ({
        eventId: eventId.parse(row.event_id),
        decisionId: decisionId.parse(row.decision_id),
        type: row.type,
        subject: row.subject,
        acceptedAt: row.accepted_at,
        attempts: row.attempts,
        lastError: row.last_error,
      }));
    },

    async replay(trx, id) {
      const revived = await trx
        .updateTable("inbox")
        .set({ state: "ready", attempts: 0, wake_at: null, last_error: null })
        .where("event_id", "=", id)
        .where("state", "=", "dead")
        .returning("decision_id")
        .executeTakeFirst();
      if (revived === undefined) return false;
      await deps.decisions.update(trx, decisionId.parse(revived.decision_id), { status: "received", reason: null });
      return true;
    },
  };
}
