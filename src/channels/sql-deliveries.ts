import { sql } from "kysely";
import type { AuditLog } from "../audit/audit.ts";
import { type Delivery, delivery, deliveryReceipt } from "../domain/delivery.ts";
import { AppError } from "../domain/errors.ts";
import type { DeliveryId } from "../domain/ids.ts";
import type { DeliveryState } from "../domain/publication.ts";
import { fitStored, parseStored } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Deliveries, DeliveryResolution } from "./channel.ts";

/** The outbox as operators see it. */
export function makeDeliveries({ audit, clock }: { readonly audit: AuditLog; readonly clock: Clock }): Deliveries {
  return {
    async get(db, id) {
      const row = await deliveryQuery(db).where("deliveries.delivery_id", "=", id).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },

    async list(db, { state, channel, after, limit }) {
      let query = deliveryQuery(db).orderBy("deliveries.delivery_id", "desc").limit(limit);
      if (state !== undefined) query = query.where("deliveries.state", "=", state);
      if (channel !== undefined) query = query.where("deliveries.channel", "=", channel);
      if (after !== null) query = query.where("deliveries.delivery_id", "<", after);
      return (await query.execute()).map(toDelivery);
    },

    async resolve(trx, id, how, by) {
      const before = await found(trx, id);
      verifyAnswers(before, how);
      const now = clock.now();
      if (how !== "mark-delivered" && before.expiresAt !== null && Date.parse(before.expiresAt) <= now) {
        throw new AppError("gone", "The leave to send it has ended; a new event has to call for it.");
      }
      const { numUpdatedRows } = await trx
        .updateTable("deliveries")
        .set({ ...resolved(how, by, now), fence: sql`fence + 1`, updated_at: now })
        .where("delivery_id", "=", id)
        .where("state", "=", before.state)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new AppError("conflict", "It has changed meanwhile; look at it again.");
      await audit.append(trx, {
        kind: "delivery.resolved",
        subject: before.decisionId,
        lead: before.leadId,
        body: { deliveryId: id, publicationId: before.publicationId, how, by, before: before.state },
      });
      return found(trx, id);
    },
  };

  async function found(trx: Trx, id: DeliveryId): Promise<Delivery> {
    const row = await deliveryQuery(trx).where("deliveries.delivery_id", "=", id).executeTakeFirst();
    if (!row) throw new AppError("not-found", "There is no delivery of this id.");
    return toDelivery(row);
  }
}

const answersTo: Readonly<Record<DeliveryResolution, DeliveryState>> = {
  retry: "failed",
  resend: "unknown",
  "mark-delivered": "unknown",
};

function verifyAnswers({ state }: Delivery, how: DeliveryResolution): void {
  if (state === answersTo[how]) return;
  const words: Readonly<Partial<Record<DeliveryState, string>>> = {
    failed: "It failed: nothing went out, so it is retried with an empty body.",
    unknown:
      'It may have gone out: look in the mail server\'s log, then send { "markDelivered": true }, or { "resend": true } at the risk that it arrives twice.',
  };
  throw new AppError("conflict", words[state] ?? `It is ${state}: only what failed or is unknown can be retried.`);
}

function resolved(how: DeliveryResolution, by: string, now: number) {
  if (how === "mark-delivered") {
    return { state: "delivered", receipt_json: JSON.stringify({ kind: "marked", by }), last_error: null };
  }
  const queued = { state: "pending", attempts: 0, next_at: now, lease_owner: null, lease_until: null };
  return how === "resend" ? { ...queued, uncertain: 1 } : queued;
}

function deliveryQuery(db: Queries) {
  return db
    .selectFrom("deliveries")
    .innerJoin("publications", "publications.publication_id", "deliveries.publication_id")
    .select([
      "deliveries.delivery_id",
      "deliveries.publication_id",
      "publications.decision_id",
      "publications.lead_id",
      "publications.channel",
      "publications.place",
      "deliveries.state",
      "deliveries.attempts",
      "deliveries.next_at",
      "deliveries.expires_at",
      "deliveries.last_error",
      "deliveries.receipt_json",
      "deliveries.created_at",
      "deliveries.updated_at",
    ]);
}

type DeliveryRow = Awaited<ReturnType<ReturnType<typeof deliveryQuery>["executeTakeFirstOrThrow"]>>;

function toDelivery(row: DeliveryRow): Delivery {
  return fitStored("delivery", delivery, {
    deliveryId: row.delivery_id,
    publicationId: row.publication_id,
    decisionId: row.decision_id,
    leadId: row.lead_id,
    touchpoint: { channel: row.channel, place: row.place },
    state: row.state,
    attempts: row.attempts,
    nextAt: toInstant(row.next_at),
    expiresAt: toInstant(row.expires_at),
    lastError: row.last_error,
    receipt: row.receipt_json === null ? null : parseStored("delivery receipt", deliveryReceipt, row.receipt_json),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  });
}

function toInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
