import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { channelName } from "../domain/vocabulary.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Schema } from "../store/schema.ts";
import type { Queries } from "../store/store.ts";
import type { ExposureHistory } from "./exposure.ts";

/**
 * Read from the publications. One that was withdrawn later still counts as shown; one whose delivery failed or was
 * cancelled before any effect never was, and one of unknown fate may have been.
 */
export function makeExposureHistory(): ExposureHistory {
  const shownRows = makePreparedQuery(shownQuery);
  return {
    async since(db, lead, since, except) {
      const rows = await shownRows(db, { lead, since, except });
      return rows.map((row) => ({
        assetId: row.asset_id,
        touchpoint: { channel: channelName.parse(row.channel), place: row.place },
        at: row.published_at,
      }));
    },

    async grantUses(db, grant, since, except) {
      const { uses } = await db
        .selectFrom("publications")
        .select((publication) => publication.fn.countAll<number>().as("uses"))
        .where("asset_id", "in", (one) =>
          one.selectFrom("asset_grants").select("asset_id").where("grant_id", "=", grant),
        )
        .where("published_at", ">=", since)
        .where("decision_id", "!=", except)
        .where(mayHaveBeenSeen)
        .executeTakeFirstOrThrow();
      return Number(uses);
    },

    async plansOnChannel(db, lead, channel, { start, end }, except) {
      const { plans } = await db
        .selectFrom("publications")
        .innerJoin("deliveries", "deliveries.publication_id", "publications.publication_id")
        .select((publication) => publication.fn.count<number>("decision_id").distinct().as("plans"))
        .where("lead_id", "=", lead)
        .where("publications.channel", "=", channel)
        .where(outAt, ">=", start)
        .where(outAt, "<", end)
        .where("decision_id", "!=", except)
        .where(mayHaveBeenSeen)
        .executeTakeFirstOrThrow();
      return Number(plans);
    },
  };
}

function shownQuery(db: Queries, param: Param<{ lead: string; since: number; except: string }>) {
  return db
    .selectFrom("publications")
    .select(["asset_id", "channel", "place", "published_at"])
    .where("lead_id", "=", param("lead"))
    .where("published_at", ">=", param("since"))
    .where("decision_id", "!=", param("except"))
    .where(mayHaveBeenSeen)
    .orderBy("published_at", "desc")
    .orderBy("publication_id", "desc");
}

/** When it goes out or went out: what quiet hours hold is published on one day and sent on the next. */
const outAt = sql<number>`CASE WHEN deliveries.state = 'pending' THEN coalesce(deliveries.next_at, publications.published_at) ELSE deliveries.updated_at END`;

function mayHaveBeenSeen(publication: ExpressionBuilder<Schema, "publications">): Expression<SqlBool> {
  return publication.exists(
    publication
      .selectFrom("deliveries")
      .select("deliveries.delivery_id")
      .whereRef("deliveries.publication_id", "=", "publications.publication_id")
      .where((one) =>
        one.or([one("deliveries.state", "not in", ["failed", "cancelled"]), one("deliveries.uncertain", "=", 1)]),
      ),
  );
}
