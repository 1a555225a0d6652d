import { sql } from "kysely";
import type { AuditLog } from "../audit/audit.ts";
import type { Decisions } from "../decisions/decisions.ts";
import type { TermIndex } from "../deployment/deployment.ts";
import type { FieldError } from "../domain/errors.ts";
import type { CloudEventEnvelope, LeadEvent } from "../domain/event.ts";
import { jsonDigest } from "../domain/hash.ts";
import { type DecisionId, decisionId, type EventId, eventId, leadId } from "../domain/ids.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Store, Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import { makeBackPressure } from "./back-pressure.ts";
import { applyEffects, type EffectDeps, subjectProblem } from "./effects.ts";
import { parseEnvelope, timeLimits } from "./envelope.ts";
import type { Acceptance, Intake } from "./intake.ts";
import { noLead, ownerOf, sealPurpose } from "./stored-events.ts";
import { upcasters as released, type Upcasters } from "./upcasters.ts";

interface IntakeDeps extends EffectDeps {
  readonly store: Store;
  readonly vault: Pick<Vault, "seal" | "digest">;
  readonly decisions: Pick<Decisions, "open" | "update">;
  readonly audit: AuditLog;
  readonly terms: Pick<TermIndex, "problem">;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `inboxLimit`: ready events past which no more are taken. */
  readonly limits: { readonly inboxLimit: number };
  readonly upcasters?: Upcasters;
  /** Called in the transaction of a new event that a worker has to run; what is written then shares its commit. */
  readonly onAccepted?: () => void;
}

/**
 * Accepts events: what is answered `accepted` is on disk, with its decision, its effects on records and its audit
 * entry, all in one transaction; what is refused left nothing behind.
 */
export function makeIntake(deps: IntakeDeps): Intake {
  const { store, clock } = deps;
  const rules = { terms: deps.terms, upcasters: deps.upcasters ?? released, limits: timeLimits };
  const priorOf = makePreparedQuery(priorQuery);
  const insert = makePreparedQuery(insertQuery);
  const pressure = makeBackPressure({
    clock,
    limit: deps.limits.inboxLimit,
    count: () => countReady(store.read, deps.limits.inboxLimit),
  });

  return {
    async accept(value) {
      const parsed = parseEnvelope(value, clock.now(), rules);
      if (!parsed.ok) return refused("The event is not acceptable.", parsed.fields);
      const received = toReceived(parsed);
      if (!(await pressure.enter())) return overloaded;
      let isNew = false;
      try {
        const answer = await store.write(async (trx) => {
          const taken = await take(trx, received);
          // Before the commit, so that the claim which follows shares it.
          if (isToRun(taken, received)) deps.onAccepted?.();
          return taken;
        });
        isNew = isToRun(answer, received);
        return answer;
      } finally {
        pressure.leave(isNew);
      }
    },
  };

  async function take(trx: Trx, received: Received): Promise<Acceptance> {
    const { event } = received;
    const prior = await answerAgain(trx, received);
    if (prior !== null) return prior;
    const problem = await subjectProblem(trx, event, deps);
    if (problem !== null) return refused("What the event speaks of is not known here.", [problem]);

    const eventId = deps.ids.next("evt");
    const decisionId = deps.ids.next("dec");
    const sealed = await deps.vault.seal(trx, ownerOf(event), sealPurpose, received.text);
    const row = { ...received, eventId, decisionId, sealed, type: event.type, now: clock.now() };
    const inserted = await insert(trx, { ...row, source: event.source, id: event.id, time: event.time });
    // Another process (Postgres) committed the same event since it was looked for.
    if (inserted.length === 0) return (await answerAgain(trx, received)) ?? conflict;

    await deps.decisions.open(trx, { decisionId, eventId, leadId: received.lead ?? noLead });
    await deps.audit.append(trx, {
      kind: "event.accepted",
      subject: eventId,
      body: { type: event.type, digest: await loggedDigest(trx, received), decisionId },
      ...(received.lead === null ? {} : { lead: received.lead }),
    });
    await applyEffects(trx, eventId, event, deps);
    if (received.state === "done") await closeAtOnce(trx, decisionId);
    return { outcome: "accepted", eventId, decisionId };
  }

  /** The log keeps it for good: what is about a lead must not be found by guessing once the lead was erased. */
  function loggedDigest(trx: Trx, { lead, digest }: Received): Promise<string> | string {
    return lead === null ? digest : deps.vault.digest(trx, `lead:${lead}`, digest);
  }

  /** The answer to an event that is here already; null when it is new. */
  async function answerAgain(trx: Trx, { event, digest }: Received): Promise<Acceptance | null> {
    const [prior] = await priorOf(trx, { source: event.source, id: event.id });
    if (prior === undefined) return null;
    if (prior.digest !== digest) return conflict;
    const { event_id, decision_id } = prior;
    return { outcome: "repeated", eventId: eventId.parse(event_id), decisionId: decisionId.parse(decision_id) };
  }

  /** A revocation is carried out here and now: there is no lead, and nothing to decide. */
  async function closeAtOnce(trx: Trx, id: DecisionId): Promise<void> {
    await deps.decisions.update(trx, id, { status: "no-action", reason: "recall" });
    await deps.audit.append(trx, {
      kind: "decision.closed",
      subject: id,
      body: { status: "no-action", reason: "recall" },
    });
  }
}

function isToRun({ outcome }: Acceptance, { state }: Received): boolean {
  return outcome === "accepted" && state === "ready";
}

/** An event that could be stored, with what is derived from it once. */
interface Received {
  readonly event: LeadEvent;
  readonly lead: ReturnType<typeof leadId.parse> | null;
  readonly subject: string;
  readonly digest: string;
  /** The envelope as it came, extension attributes and all. */
  readonly text: string;
  readonly state: "ready" | "done";
}

function toReceived({ event, envelope }: { event: LeadEvent; envelope: CloudEventEnvelope }): Received {
  const isAboutAsset = event.type === "asset.grant-revoked.v1";
  return {
    event,
    lead: isAboutAsset ? null : leadId.parse(event.subject),
    subject: event.subject,
    // As it was sent: a sender that repeats itself says the same words, whatever we read them as by then.
    digest: jsonDigest({ type: envelope.type, subject: envelope.subject, data: envelope.data }),
    text: JSON.stringify(envelope),
    state: isAboutAsset ? "done" : "ready",
  };
}

function refused(message: string, fields: readonly FieldError[]): Acceptance {
  return { outcome: "refused", code: "invalid", message, fields };
}

const conflict: Acceptance = {
  outcome: "refused",
  code: "conflict",
  message: "An event of this source and id was accepted with other content; give what happened anew an id of its own.",
  fields: [{ pointer: "/id", message: "was used for other content" }],
};

/** A full inbox of the default size is worked off within seconds. */
const overloaded: Acceptance = {
  outcome: "refused",
  code: "overloaded",
  message: "More events wait than may; send it again later.",
  fields: [],
  retryAfterSeconds: 2,
};

function priorQuery(db: Queries, param: Param<{ source: string; id: string }>) {
  return db
    .selectFrom("inbox")
    .select(["event_id", "decision_id", "digest"])
    .where("source", "=", param("source"))
    .where("ce_id", "=", param("id"));
}

interface NewRow {
  readonly eventId: EventId;
  readonly decisionId: DecisionId;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly digest: string;
  readonly sealed: Uint8Array;
  readonly time: number;
  readonly now: number;
  readonly state: string;
}

function insertQuery(db: Queries, param: Param<NewRow>) {
  return db
    .insertInto("inbox")
    .values({
      event_id: param("eventId"),
      source: param("source"),
      ce_id: param("id"),
      type: param("type"),
      subject: param("subject"),
      digest: param("digest"),
      sealed_event: param("sealed"),
      happened_at: param("time"),
      accepted_at: param("now"),
      decision_id: param("decisionId"),
      state: param("state"),
      attempts: 0,
      lease_owner: null,
      fence: 0,
      lease_until: null,
      wake_at: null,
      rerun: 0,
      last_error: null,
    })
    .onConflict((conflict) => conflict.columns(["source", "ce_id"]).doNothing())
    .returning("event_id");
}

/** Stops counting at the limit: more than full is full. */
async function countReady(db: Queries, limit: number): Promise<number> {
  const row = await db
    .selectFrom(db.selectFrom("inbox").select("event_id").where("state", "=", "ready").limit(limit).as("ready"))
    .select(sql<number>`count(*)`.as("count"))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
