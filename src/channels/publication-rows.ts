import type { z } from "zod";
import { content } from "../domain/content.ts";
import { touchpointKey } from "../domain/plan.ts";
import { type Publication, publication } from "../domain/publication.ts";
import { fitStored, parseStored } from "../domain/stored-json.ts";
import type { Param } from "../store/prepared-query.ts";
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
    content_json: JSON.stringify(made.content),
    idempotency_key: `${made.decisionId}/${touchpointKey(touchpoint)}`,
    ruleset_version: made.rulesetVersion,
    state: "live",
    published_at: now,
    live_until: made.liveUntil,
    withdrawn_at: null,
    withdrawn_reason: null,
  };
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

/** What a page slot asks at every view. */
export function livePublicationQuery(
  db: Queries,
  param: Param<{ lead: string; channel: string; place: string; now: number }>,
) {
  return publicationQuery(db)
    .where("publications.lead_id", "=", param("lead"))
    .where("publications.channel", "=", param("channel"))
    .where("publications.place", "=", param("place"))
    .where("publications.state", "=", "live")
    .where("publications.live_until", ">", param("now"))
    .orderBy("publications.published_at", "desc")
    .orderBy("publications.publication_id", "desc")
    .limit(1);
}

type PublicationRow = Awaited<ReturnType<ReturnType<typeof publicationQuery>["executeTakeFirstOrThrow"]>>;

/**
 * Rows → publications. What never changes of one is parsed once and kept for the `limit` publications read first since
 * the last clearing; what changes comes from the row each time.
 */
export function makePublicationReader(limit = 10_000): (row: PublicationRow) => Publication {
  const known = new Map<string, FixedPart>();
  return (row) => {
    let fixed = known.get(row.publication_id);
    if (!fixed) {
      fixed = toFixedPart(row);
      if (known.size >= limit) known.clear();
      known.set(row.publication_id, fixed);
    }
    return {
      ...fixed,
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
type FixedPart = z.infer<typeof fixedPart>;

function toFixedPart(row: PublicationRow): FixedPart {
  const shown = parseStored("publication content", content, row.content_json);
  return fitStored("publication", fixedPart, {
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
}

function toInstant(at: number): string {
  return new Date(at).toISOString();
}
