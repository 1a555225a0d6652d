import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Publications } from "../channels/channel.ts";
import type { Crm } from "../crm/crm.ts";
import type { FieldError } from "../domain/errors.ts";
import type { EventType, LeadEvent } from "../domain/event.ts";
import { assetId, type EventId, leadId } from "../domain/ids.ts";
import type { Recall } from "../recall/recall.ts";
import type { Trx } from "../store/store.ts";

export interface EffectDeps {
  readonly crm: Pick<Crm, "lead" | "addConsent" | "setStage" | "setOpportunity" | "suppress">;
  readonly catalogue: Pick<Catalogue, "asset">;
  readonly recall: Recall;
  readonly publications: Pick<Publications, "get">;
}

/** What the event speaks of has to exist, and to be the lead's; null when it does. */
export async function subjectProblem(trx: Trx, event: LeadEvent, deps: EffectDeps): Promise<FieldError | null> {
  if (event.type === "asset.grant-revoked.v1") {
    const asset = await deps.catalogue.asset(trx, event.data.assetId);
    return asset ? null : { pointer: "/subject", message: "no asset with this id" };
  }
  if ((await deps.crm.lead(trx, leadId.parse(event.subject))) === null) {
    return { pointer: "/subject", message: `no lead with this id; PUT /v1/leads/${event.subject} first` };
  }
  if (!isOutcome(event) || event.data.publicationId === undefined) return null;
  const publication = await deps.publications.get(trx, event.data.publicationId);
  if (publication?.leadId === event.subject) return null;
  return { pointer: "/data/publicationId", message: "no publication of this lead with this id" };
}

/** What the event changes in the records, besides asking for a decision: in the transaction that accepts it. */
export async function applyEffects(trx: Trx, id: EventId, event: LeadEvent, deps: EffectDeps): Promise<void> {
  if (event.type === "asset.grant-revoked.v1") {
    const reason = event.data.reason ?? "The grant was revoked at its source.";
    await deps.recall.revoke(trx, assetId.parse(event.subject), reason, `event:${id}`);
    return;
  }
  const lead = leadId.parse(event.subject);
  if (isOutcome(event)) await recordOutcome(trx, id, event);
  switch (event.type) {
    case "lead.consent-changed.v1":
      return deps.crm.addConsent(trx, lead, event.data.consent, `event:${id}`);
    case "lead.stage-changed.v1":
      if (!(await isOvertaken(trx, event))) await deps.crm.setStage(trx, lead, event.data.to);
      return;
    case "opportunity.changed.v1":
      return deps.crm.setOpportunity(trx, lead, event.data);
    case "outcome.unsubscribed.v1":
      return deps.crm.suppress(trx, lead, event.data.channel, "unsubscribed");
    case "outcome.complained.v1":
      return deps.crm.suppress(trx, lead, "all", "complained");
    case "lead.created.v1":
    case "lead.page-viewed.v1":
    case "lead.form-submitted.v1":
    case "lead.email-replied.v1":
    case "lead.inactive.v1":
    case "lead.chat-message.v1":
    case "outcome.delivered.v1":
    case "outcome.bounced.v1":
    case "outcome.opened.v1":
    case "outcome.clicked.v1":
    case "outcome.replied.v1":
    case "outcome.converted.v1":
      return;
  }
}

/** Senders do not keep an order: what happened earlier and comes in later must not lead back. */
async function isOvertaken(trx: Trx, { type, subject, time }: LeadEvent): Promise<boolean> {
  const later = await trx
    .selectFrom("decisions")
    .innerJoin("inbox", "inbox.decision_id", "decisions.decision_id")
    .select("inbox.event_id")
    .where("decisions.lead_id", "=", subject)
    .where("inbox.type", "=", type)
    .where("inbox.happened_at", ">", time)
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}

type OutcomeEvent = Extract<LeadEvent, { readonly type: Extract<EventType, `outcome.${string}`> }>;

function isOutcome(event: LeadEvent): event is OutcomeEvent {
  return event.type.startsWith("outcome.");
}

async function recordOutcome(trx: Trx, id: EventId, { type, time, subject, data }: OutcomeEvent): Promise<void> {
  await trx
    .insertInto("outcomes")
    .values({
      event_id: id,
      lead_id: subject,
      publication_id: data.publicationId ?? null,
      channel: data.channel,
      kind: type.slice("outcome.".length, -".v1".length),
      at: data.at === undefined ? time : Date.parse(data.at),
    })
    .execute();
}
