import { sql } from "kysely";
import { z } from "zod";
import type { AuditLog } from "../audit/audit.ts";
import type { DeliveryReceipt } from "../domain/delivery.ts";
import { AppError } from "../domain/errors.ts";
import { type DeliveryId, deliveryId, publicationId } from "../domain/ids.ts";
import type { Publication } from "../domain/publication.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import { channelName } from "../domain/vocabulary.ts";
import type { ContactLedger } from "../exposure/exposure.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Publications } from "./channel.ts";
import { freeUnlessEffective } from "./free-contact.ts";

/** A delivery that one dispatcher works on. Whoever writes for it compares the fence in the same transaction. */
export interface OutboxLease {
  readonly deliveryId: DeliveryId;
  readonly channel: ChannelName;
  readonly fence: number;
  /** Transmissions begun so far. */
  readonly attempts: number;
  /** Milliseconds UTC. */
  until: number;
}

/** What a delivery is about, read in the transaction that begins it. */
export interface QueuedMessage {
  readonly publication: Publication;
  readonly discharged: readonly string[];
  /** Milliseconds UTC at which the leave to send it ends. */
  readonly expiresAt: number;
}

export type Outbox = ReturnType<typeof makeOutbox>;

interface OutboxDeps {
  readonly publications: Pick<Publications, "get" | "withdraw">;
  readonly ledger: Pick<ContactLedger, "free">;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** The deliveries as a queue. Every step checks the lease's fence and is one statement on the row that it changes. */
export function makeOutbox({ publications, ledger, audit, clock }: OutboxDeps) {
  return {
    /** Whether anything is due, or was left behind in transmission. Reads committed data, so that idling writes nothing. */
    async isDue(db: Queries, channels: readonly ChannelName[], now: number): Promise<boolean> {
      const row = await db
        .selectFrom("deliveries")
        .select("delivery_id")
        .where("channel", "in", channels)
        .where((row) => row.or([isReady(now), isLeftBehind(now)]))
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Leases what is due, longest waiting first. */
    async lease(trx: Trx, owner: string, channel: ChannelName, limit: number, leaseMs: number): Promise<OutboxLease[]> {
      const now = clock.now();
      const due = trx
        .selectFrom("deliveries")
        .select("delivery_id")
        .where("channel", "=", channel)
        .where(isReady(now))
        .orderBy("next_at")
        .orderBy("delivery_id")
        .limit(limit);
      return toLeases(
        await take(trx, owner, now + leaseMs)
          .where("delivery_id", "in", due)
          .where(isReady(now))
          .execute(),
      );
    },

    /** Leases what a process that is gone was transmitting: it is to be read back whether it went out. */
    async leaseLeftBehind(trx: Trx, owner: string, channel: ChannelName, leaseMs: number): Promise<OutboxLease[]> {
      const now = clock.now();
      const left = take(trx, owner, now + leaseMs)
        .where("channel", "=", channel)
        .where(isLeftBehind(now));
      return toLeases(await left.execute());
    },

    /**
     * Where nothing can be read back, what was left behind is unknown. Its fence stays, so that a dispatcher which was
     * merely slow can still say what became of it.
     */
    async abandonLeftBehind(trx: Trx, channel: ChannelName): Promise<OutboxLease[]> {
      const reason = "The process that sent it ended before it was known whether it had gone out.";
      const left = await trx
        .updateTable("deliveries")
        .set({ state: "unknown", last_error: reason, ...unleased, updated_at: clock.now() })
        .where("channel", "=", channel)
        .where(isLeftBehind(clock.now()))
        .returning([...leaseColumns, "publication_id"])
        .execute();
      for (const [index, lease] of toLeases(left).entries()) {
        const publication = await publicationOf(trx, left[index]?.publication_id ?? "");
        await record(trx, "delivery.unknown", lease, publication, { reason });
      }
      return toLeases(left);
    },

    /** False when another has it by now. */
    async extend(trx: Trx, lease: OutboxLease, until: number): Promise<boolean> {
      const extended = held(trx, lease).set({ lease_until: until }).where("lease_owner", "is not", null);
      return changed(await extended.executeTakeFirstOrThrow());
    },

    /** What is to be sent; null when the lease was lost, or the delivery is not queued any more. */
    async queued(trx: Trx, lease: OutboxLease): Promise<QueuedMessage | null> {
      const row = await trx
        .selectFrom("deliveries")
        .select(["publication_id", "discharged_json", "expires_at"])
        .where("delivery_id", "=", lease.deliveryId)
        .where("fence", "=", lease.fence)
        .where("state", "=", "pending")
        .executeTakeFirst();
      if (!row) return null;
      const publication = await publications.get(trx, publicationId.parse(row.publication_id));
      if (!publication) throw new AppError("corrupt", "A delivery belongs to no publication.");
      return {
        publication,
        discharged: parseStored("answered questions", z.array(z.string()), row.discharged_json ?? "[]"),
        expiresAt: row.expires_at ?? 0,
      };
    },

    /** The intent, stored before the effect. */
    async begin(trx: Trx, lease: OutboxLease): Promise<void> {
      const begun = await held(trx, lease)
        .set({
          state: "transmitting",
          attempts: sql`attempts + 1`,
          next_at: null,
          last_error: null,
          updated_at: clock.now(),
        })
        .where("state", "=", "pending")
        .executeTakeFirstOrThrow();
      if (!changed(begun)) throw staleLease(lease);
    },

    /** Queued on, without a lease: after a failure before any effect, or until it may go out. */
    async postpone(trx: Trx, lease: OutboxLease, nextAt: number, why: string | null): Promise<void> {
      const change = { state: "pending", next_at: nextAt, last_error: why, ...unleased, updated_at: clock.now() };
      const postponed = held(trx, lease).set(change).where("state", "in", ["pending", "transmitting"]);
      if (!changed(await postponed.executeTakeFirstOrThrow())) throw staleLease(lease);
    },

    /** After a fault before it was begun: counts as an attempt, and with `nextAt` null was the last one. */
    async putBack(trx: Trx, lease: OutboxLease, nextAt: number | null, why: string): Promise<void> {
      const state = nextAt === null ? "failed" : "pending";
      const row = await held(trx, lease)
        .set({
          state,
          attempts: sql`attempts + 1`,
          next_at: nextAt,
          last_error: why,
          ...unleased,
          updated_at: clock.now(),
        })
        .where("state", "=", "pending")
        .returning("publication_id")
        .executeTakeFirst();
      if (!row || nextAt !== null) return;
      const publication = await publicationOf(trx, row.publication_id);
      await record(trx, "delivery.failed", lease, publication, { reason: why });
      await freeUnlessEffective(trx, ledger, publication.decisionId);
    },

    /** Gives the lease back with the delivery as it was. */
    async release(trx: Trx, lease: OutboxLease): Promise<void> {
      await held(trx, lease).set(unleased).where("state", "=", "pending").execute();
    },

    /** What became of a transmission. Also after the lease was lost, where it stands as unknown since: the truth, late. */
    async settle(trx: Trx, lease: OutboxLease, to: Settlement): Promise<void> {
      const receipt = to.state === "delivered" ? JSON.stringify(to.receipt) : null;
      const why = to.state === "delivered" ? null : to.reason;
      const settled = await held(trx, lease)
        .set({
          state: to.state,
          receipt_json: receipt,
          last_error: why,
          next_at: null,
          ...unleased,
          updated_at: clock.now(),
        })
        .where("state", "in", ["transmitting", "unknown"])
        .returning("publication_id")
        .executeTakeFirst();
      if (!settled) throw staleLease(lease);
      const publication = await publicationOf(trx, settled.publication_id);
      const body = to.state === "delivered" ? { receipt: to.receipt } : { reason: to.reason };
      await record(trx, `delivery.${to.state}`, lease, publication, body);
      if (to.state === "failed") await freeUnlessEffective(trx, ledger, publication.decisionId);
    },

    /** It may not go out any more: neither it nor its publication stands. */
    async cancel(trx: Trx, lease: OutboxLease, publication: Publication, why: Reasons): Promise<void> {
      const cancelled = await held(trx, lease)
        .set({ state: "cancelled", last_error: why.words, next_at: null, ...unleased, updated_at: clock.now() })
        .where("state", "=", "pending")
        .executeTakeFirstOrThrow();
      if (!changed(cancelled)) throw staleLease(lease);
      await record(trx, "delivery.cancelled", lease, publication, { rules: why.rules, reason: why.words });
      if (publication.state === "live") await publications.withdraw(trx, publication.publicationId, why.words);
      await freeUnlessEffective(trx, ledger, publication.decisionId);
    },

    async recordPostponed(trx: Trx, lease: OutboxLease, publication: Publication, why: Reasons, until: number) {
      await record(trx, "delivery.postponed", lease, publication, { rules: why.rules, until });
    },
  };

  /** What a delivery is of, by ids: also where its content can't be read, it has to come to an end. */
  async function publicationOf(trx: Trx, id: string): Promise<Named> {
    const row = await trx
      .selectFrom("publications")
      .select(["publication_id", "decision_id", "lead_id"])
      .where("publication_id", "=", id)
      .executeTakeFirstOrThrow();
    return { publicationId: row.publication_id, decisionId: row.decision_id, leadId: row.lead_id };
  }

  function record(
    trx: Trx,
    kind: Parameters<AuditLog["append"]>[1]["kind"],
    { deliveryId: id, channel }: OutboxLease,
    { publicationId: of, decisionId, leadId }: Named,
    body: Record<string, unknown>,
  ): Promise<void> {
    return audit.append(trx, {
      kind,
      subject: decisionId,
      lead: leadId,
      body: { deliveryId: id, publicationId: of, channel, ...body },
    });
  }
}

type Named = Readonly<Record<"publicationId" | "decisionId" | "leadId", string>>;

export interface Reasons {
  readonly rules: readonly string[];
  /** Words of ours. */
  readonly words: string;
}

export type Settlement =
  | { readonly state: "delivered"; readonly receipt: DeliveryReceipt }
  | { readonly state: "failed" | "unknown"; readonly reason: string };

const unleased = { lease_owner: null, lease_until: null } as const;

/** Due, and in nobody's hands. */
function isReady(now: number) {
  return sql<boolean>`(state = 'pending' AND next_at <= ${now} AND (lease_until IS NULL OR lease_until <= ${now}))`;
}

function isLeftBehind(now: number) {
  return sql<boolean>`(state = 'transmitting' AND lease_until <= ${now})`;
}

function take(trx: Trx, owner: string, until: number) {
  return trx
    .updateTable("deliveries")
    .set({ lease_owner: owner, lease_until: until, fence: sql`fence + 1` })
    .returning(leaseColumns);
}

const leaseColumns = ["delivery_id", "channel", "fence", "attempts", "lease_until"] as const;

interface LeaseRow {
  readonly delivery_id: string;
  readonly channel: string;
  readonly fence: number;
  readonly attempts: number;
  readonly lease_until: number | null;
}

function toLeases(rows: readonly LeaseRow[]): OutboxLease[] {
  return rows.map(
    (row): OutboxLease => ({
      deliveryId: deliveryId.parse(row.delivery_id),
      channel: channelName.parse(row.channel),
      fence: row.fence,
      attempts: row.attempts,
      until: row.lease_until ?? 0,
    }),
  );
}

function held(trx: Trx, lease: OutboxLease) {
  return trx.updateTable("deliveries").where("delivery_id", "=", lease.deliveryId).where("fence", "=", lease.fence);
}

function changed({ numUpdatedRows }: { readonly numUpdatedRows: bigint }): boolean {
  return numUpdatedRows === 1n;
}

function staleLease({ deliveryId: id }: OutboxLease): AppError {
  return new AppError("stale-lease", `Another dispatcher has ${id} now, or it was settled; nothing was written.`);
}
