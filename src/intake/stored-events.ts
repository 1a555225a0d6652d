import { AppError } from "../domain/errors.ts";
import { cloudEventEnvelope, type LeadEvent } from "../domain/event.ts";
import { type EventId, type LeadId, leadId } from "../domain/ids.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries } from "../store/store.ts";
import type { PersonId, Vault } from "../vault/vault.ts";
import { readEvent } from "./envelope.ts";
import type { Upcasters } from "./upcasters.ts";

/** Stands where a lead would, in the decision and under the seal of an event that is about no lead. */
export const noLead: LeadId = leadId.parse("none");

export const sealPurpose = "event";

/** Under whose key the envelope is sealed: the lead's, which an erasure destroys. */
export function ownerOf(event: Pick<LeadEvent, "type" | "subject">): PersonId {
  return event.type === "asset.grant-revoked.v1" ? `lead:${noLead}` : `lead:${event.subject}`;
}

/**
 * Opens stored envelopes. An event is read several times within one run, so the newest are kept for a moment: not for
 * longer, since an erasure by another process must take effect.
 */
export function makeStoredEvents(deps: { vault: Pick<Vault, "open">; clock: Clock; upcasters: Upcasters }) {
  const rowOf = makePreparedQuery(rowQuery);
  const recent = new Map<EventId, { readonly event: LeadEvent; readonly until: number }>();
  return {
    /** Null when the subject was erased. Throws `not-found`, or `corrupt`. */
    async read(db: Queries, id: EventId): Promise<LeadEvent | null> {
      const now = deps.clock.now();
      const known = recent.get(id);
      if (known !== undefined && now < known.until) return known.event;
      const event = await openStored(db, id);
      if (event !== null) remember(id, event, now + keepMs);
      return event;
    },
    forget: (id: EventId) => recent.delete(id),
  };

  async function openStored(db: Queries, id: EventId): Promise<LeadEvent | null> {
    const [row] = await rowOf(db, { id });
    if (row === undefined) throw new AppError("not-found", `There is no event ${id}.`);
    // The column holds the newest version's name, which is all that tells whose key it is.
    const owner: PersonId = row.type.startsWith("asset.") ? `lead:${noLead}` : `lead:${row.subject}`;
    const text = await deps.vault.open(db, owner, sealPurpose, row.sealed_event);
    if (text === null) return null;
    const envelope = parseStored("event", cloudEventEnvelope, text);
    const reading = readEvent(envelope, row.happened_at, deps.upcasters);
    if (reading.ok) return reading.event;
    const places = reading.fields.map(({ pointer }) => pointer).join(", ");
    throw new AppError("corrupt", `The stored event ${id} does not fit its schema at ${places}.`);
  }

  function remember(id: EventId, event: LeadEvent, until: number): void {
    recent.set(id, { event, until });
    if (recent.size <= keepAtMost) return;
    for (const oldest of recent.keys()) {
      recent.delete(oldest);
      return;
    }
  }
}

const keepMs = 2000;
const keepAtMost = 256;

function rowQuery(db: Queries, param: Param<{ id: string }>) {
  return db
    .selectFrom("inbox")
    .select(["type", "subject", "happened_at", "sealed_event"])
    .where("event_id", "=", param("id"));
}
