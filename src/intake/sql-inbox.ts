import { sql } from "kysely";
import { AppError } from "../domain/errors.ts";
import { decisionId, eventId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import type { Inbox, Lease } from "./intake.ts";
import { makeStoredEvents } from "./stored-events.ts";
import { upcasters as released, type Upcasters } from "./upcasters.ts";

/**
 * The inbox as a table. A lease is one UPDATE that raises the row's fence; whoever writes for a run compares the fence
 * in the same transaction, so that a worker which lost its lease, however late it wakes, changes nothing.
 */
export function makeInbox(deps: { vault: Pick<Vault, "open">; clock: Clock; upcasters?: Upcasters }): Inbox {
  const events = makeStoredEvents({ ...deps, upcasters: deps.upcasters ?? released });
  const fenceOf = makePreparedQuery(fenceQuery);
  const claim = makePreparedQuery(claimQuery);
  const end = makePreparedQuery(endQuery);
  return {
    async lease(trx, owner, limit, now, leaseMs) {
      const rows = await claim(trx, { owner, limit, now, until: now + leaseMs });
      return rows.map(toLease).sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
    },

    async extend(trx, lease, until) {
      const { numUpdatedRows } = await held(trx, lease).set({ lease_until: until }).executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw staleLease(lease);
    },

    async verifyFence(trx, lease) {
      const [row] = await fenceOf(trx, { id: lease.eventId });
      if (row?.fence !== lease.fence || row.state !== "leased") throw staleLease(lease);
    },

    async settle(trx, lease, to) {
      const wakeAt = to.state === "parked" ? to.wakeAt : null;
      const ended = await end(trx, { id: lease.eventId, fence: lease.fence, state: to.state, wakeAt });
      if (ended.length === 0) throw staleLease(lease);
      events.forget(lease.eventId);
    },

    async fail(trx, lease, error, retryAt, maxAttempts) {
      const [row] = await held(trx, lease)
        .set({
          state: sql`CASE WHEN attempts >= ${maxAttempts} THEN 'dead' ELSE 'parked' END`,
          wake_at: sql`CASE WHEN attempts >= ${maxAttempts} THEN NULL ELSE CAST(${retryAt} AS bigint) END`,
          rerun: 0,
          lease_owner: null,
          lease_until: null,
          last_error: error,
        })
        .returning("state")
        .execute();
      if (row === undefined) throw staleLease(lease);
      events.forget(lease.eventId);
      return row.state === "dead" ? "dead" : "retried";
    },

    async wake(trx, id) {
      await trx
        .updateTable("inbox")
        .set({
          state: sql`CASE WHEN state = 'leased' THEN state ELSE 'ready' END`,
          rerun: sql`CASE WHEN state = 'leased' THEN 1 ELSE 0 END`,
          wake_at: null,
        })
        .where("decision_id", "=", id)
        .where("state", "in", ["waiting", "parked", "leased"])
        .execute();
    },

    async depth(db) {
      const rows = await db
        .selectFrom("inbox")
        .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
        // Without `done`, which only grows.
        .where("state", "in", ["ready", "leased", "waiting", "parked", "dead"])
        .groupBy("state")
        .execute();
      const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
      const of = (state: string) => counts.get(state) ?? 0;
      return {
        ready: of("ready"),
        leased: of("leased"),
        waiting: of("waiting"),
        parked: of("parked"),
        dead: of("dead"),
      };
    },

    event: (db, id) => events.read(db, id),
  };
}

function held(trx: Trx, lease: Pick<Lease, "eventId" | "fence">) {
  return trx
    .updateTable("inbox")
    .where("event_id", "=", lease.eventId)
    .where("fence", "=", lease.fence)
    .where("state", "=", "leased");
}

function staleLease({ eventId: id }: Pick<Lease, "eventId">): AppError {
  return new AppError("stale-lease", `Another worker has ${id} now, or its run has ended; nothing was written.`);
}

function fenceQuery(db: Queries, param: Param<{ id: string }>) {
  return db.selectFrom("inbox").select(["fence", "state"]).where("event_id", "=", param("id"));
}

interface Claim {
  readonly owner: string;
  readonly limit: number;
  readonly now: number;
  readonly until: number;
}

/**
 * The oldest of what is ready, due, or left behind by a worker whose lease ran out. Each source is cut to the limit by
 * its index first. What makes an event due stands in the outer condition again: where two transactions claim at once
 * (Postgres), the second finds it untrue and passes the event by.
 */
function claimQuery(db: Queries, param: Param<Claim>) {
  const { now, limit } = { now: param("now"), limit: param("limit") };
  const candidates = db
    .selectFrom(
      db
        .selectFrom("inbox")
        .select("event_id")
        .where("state", "=", "ready")
        .orderBy("event_id")
        .limit(limit)
        .as("ready"),
    )
    .select("event_id")
    .unionAll(
      db
        .selectFrom(
          db
            .selectFrom("inbox")
            .select("event_id")
            .where("state", "=", "parked")
            .where("wake_at", "<=", now)
            .orderBy("wake_at")
            .limit(limit)
            .as("parked"),
        )
        .select("event_id"),
    )
    .unionAll(db.selectFrom("inbox").select("event_id").where("state", "=", "leased").where("lease_until", "<=", now));
  return db
    .updateTable("inbox")
    .set({
      state: "leased",
      lease_owner: param("owner"),
      lease_until: param("until"),
      fence: sql`fence + 1`,
      attempts: sql`attempts + 1`,
      wake_at: null,
      rerun: 0,
    })
    .where("event_id", "in", db.selectFrom(candidates.as("due")).select("event_id").orderBy("event_id").limit(limit))
    .where(sql<boolean>`(state = 'ready' OR (state = 'parked' AND wake_at <= ${now})
      OR (state = 'leased' AND lease_until <= ${now}))`)
    .returning(["event_id", "decision_id", "subject", "type", "fence", "attempts", "lease_until"]);
}

/**
 * An event that is done stays done, as a wake after its end changes nothing; every other end gives way to the run that
 * was asked for meanwhile. Attempts count the runs since the last that came to an end.
 */
function endQuery(db: Queries, param: Param<{ id: string; fence: number; state: string; wakeAt: number | null }>) {
  const isRerun = sql`(rerun = 1 AND CAST(${param("state")} AS text) <> 'done')`;
  return db
    .updateTable("inbox")
    .set({
      state: sql`CASE WHEN ${isRerun} THEN 'ready' ELSE CAST(${param("state")} AS text) END`,
      wake_at: sql`CASE WHEN ${isRerun} THEN NULL ELSE CAST(${param("wakeAt")} AS bigint) END`,
      rerun: 0,
      attempts: 0,
      lease_owner: null,
      lease_until: null,
      last_error: null,
    })
    .where("event_id", "=", param("id"))
    .where("fence", "=", param("fence"))
    .where("state", "=", "leased")
    .returning("event_id");
}

interface ClaimedRow {
  readonly event_id: string;
  readonly decision_id: string;
  readonly subject: string;
  readonly type: string;
  readonly fence: number;
  readonly attempts: number;
  readonly lease_until: number | null;
}

function toLease(row: ClaimedRow): Lease {
  return {
    eventId: eventId.parse(row.event_id),
    decisionId: decisionId.parse(row.decision_id),
    subject: row.subject,
    type: row.type,
    fence: row.fence,
    // Every lease is an attempt of its own, so that no two ever share a LangGraph thread.
    attempt: row.fence,
    tries: row.attempts,
    until: row.lease_until ?? 0,
  };
}
