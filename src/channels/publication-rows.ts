import type { z } from "zod";
import type { EditedFramings } from "../approvals/approvals.ts";
import { storedContent, toStoredContent } from "../domain/content.ts";
import type { ApprovalId } from "../domain/ids.ts";
import { touchpointKey } from "../domain/plan.ts";
import { type Publication, publication } from "../domain/publication.ts";
import { fitStored, parseStored } from "../domain/stored-json.ts";
import type { Param } from "../store/prepared-query.ts";
import type { Schema } from "../store/schema.ts";
import type { Queries } from "../store/store.ts";
import type { NewPublication } from "./channel.ts";

export function publicationRow(made: NewPublication, now: number) {
  const { assetId, assetVersion, touchpoint } = made.content;
  return {
    publication_id: made.publicationId,
    decision_id: made.decisionId,
    placement_id: made.placementId,
    lead_id: made.leadId,
    channel: touchpoint.channel,
    place: touchpoint.place,
    asset_id: assetId,
    asset_version: assetVersion,
    content_hash: made.contentHash,
    content_json: JSON.stringify(toStoredContent(made.content, made.editedIn)),
    idempotency_key: `${made.decisionId}/${touchpointKey(touchpoint)}`,
    ruleset_version: made.rulesetVersion,
    published_at: now,
    live_until: made.liveUntil,
  };
}

/** Gives the row, or none when the decision has published at the touchpoint already. */
export function insertPublicationQuery(db: Queries, param: Param<ReturnType<typeof publicationRow>>) {
  return db
    .insertInto("publications")
    .values({
      publication_id: param("publication_id"),
      decision_id: param("decision_id"),
      placement_id: param("placement_id"),
      lead_id: param("lead_id"),
      channel: param("channel"),
      place: param("place"),
      asset_id: param("asset_id"),
      asset_version: param("asset_version"),
      content_hash: param("content_hash"),
      content_json: param("content_json"),
      idempotency_key: param("idempotency_key"),
      ruleset_version: param("ruleset_version"),
      state: "live",
      published_at: param("published_at"),
      live_until: param("live_until"),
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
    .returning("publication_id");
}

export function insertDeliveryQuery(
  db: Queries,
  param: Param<Omit<Schema["deliveries"], "lease_owner" | "lease_until" | "fence" | "last_error" | "uncertain">>,
) {
  return db.insertInto("deliveries").values({
    delivery_id: param("delivery_id"),
    publication_id: param("publication_id"),
    channel: param("channel"),
    state: param("state"),
    attempts: param("attempts"),
    receipt_json: param("receipt_json"),
    created_at: param("created_at"),
    updated_at: param("updated_at"),
    lease_owner: null,
    lease_until: null,
    fence: 0,
    next_at: param("next_at"),
    expires_at: param("expires_at"),
    discharged_json: param("discharged_json"),
    last_error: null,
    uncertain: 0,
  });
}

/** Publications with their delivery, of which each has one. */
export function publicationQuery(db: Queries) {
  return db
    .selectFrom("publications")
    .leftJoin("deliveries", "deliveries.publication_id", "publications.publication_id")
    .select([
      "publications.publication_id",
      "publications.decision_id",
      "publications.placement_id",
      "publications.lead_id",
      "publications.content_hash",
      "publications.content_json",
      "publications.state",
      "publications.published_at",
      "publications.live_until",
      "publications.withdrawn_at",
      "publications.withdrawn_reason",
      "deliveries.delivery_id",
      "deliveries.state as delivery_state",
    ]);
}

/** What a page slot asks at every view. Ids sort by time, so the greatest is the newest, and nothing has to be sorted. */
export function livePublicationQuery(
  db: Queries,
  param: Param<{ lead: string; channel: string; place: string; now: number }>,
) {
  const newest = db
    .selectFrom("publications as live")
    .select((live) => live.fn.max("live.publication_id").as("publication_id"))
    .where("live.lead_id", "=", param("lead"))
    .where("live.channel", "=", param("channel"))
    .where("live.place", "=", param("place"))
    .where("live.state", "=", "live")
    .where("live.live_until", ">", param("now"));
  return publicationQuery(db).where("publications.publication_id", "=", newest);
}

type PublicationRow = Awaited<ReturnType<ReturnType<typeof publicationQuery>["executeTakeFirstOrThrow"]>>;

/**
 * Rows → publications. What never changes of one is parsed once and kept for the `limit` publications read first since
 * the last clearing; what changes comes from the row each time.
 */
export function makePublicationReader(framings: EditedFramings, limit = 2000) {
  const known = new Map<string, FixedPart>();
  return async (db: Queries, row: PublicationRow): Promise<Publication> => {
    let fixed = known.get(row.publication_id);
    if (!fixed) {
      fixed = toFixedPart(row);
      if (known.size >= limit) known.clear();
      known.set(row.publication_id, fixed);
    }
    const { editedIn, record } = fixed;
    // A person's words are never kept in the clear, here neither.
    const framing = editedIn ? ((await framings.of(db, editedIn)) ?? "") : record.content.framing;
    return {
      ...record,
      ...(editedIn && { content: { ...record.content, framing } }),
      ...fitStored("publication", volatilePart, {
        state: row.state,
        withdrawnAt: row.withdrawn_at === null ? null : toInstant(row.withdrawn_at),
        withdrawnReason: row.withdrawn_reason,
        delivery: row.delivery_id === null ? null : { deliveryId: row.delivery_id, state: row.delivery_state },
      }),
    };
  };
}

const volatileKeys = { state: true, withdrawnAt: true, withdrawnReason: true, delivery: true } as const;
const volatilePart = publication.pick(volatileKeys);
const fixedPart = publication.omit(volatileKeys);
interface FixedPart {
  readonly record: z.infer<typeof fixedPart>;
  readonly editedIn: ApprovalId | undefined;
}

function toFixedPart(row: PublicationRow): FixedPart {
  const { editedIn, ...shown } = parseStored("publication content", storedContent, row.content_json);
  const record = fitStored("publication", fixedPart, {
    publicationId: row.publication_id,
    decisionId: row.decision_id,
    placementId: row.placement_id,
    leadId: row.lead_id,
    touchpoint: shown.touchpoint,
    assetId: shown.assetId,
    assetVersion: shown.assetVersion,
    contentHash: row.content_hash,
    content: shown,
    publishedAt: toInstant(row.published_at),
    liveUntil: toInstant(row.live_until),
  });
  return { record, editedIn };
}

function toInstant(at: number): string {
  return new Date(at).toISOString();
}
