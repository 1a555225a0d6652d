import type { EditedFramings } from "../approvals/approvals.ts";
import type { AuditLog } from "../audit/audit.ts";
import type { Decisions } from "../decisions/decisions.ts";
import { AppError } from "../domain/errors.ts";
import { type ChannelName, channelName } from "../domain/vocabulary.ts";
import type { ContactLedger } from "../exposure/exposure.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import { makePreparedQuery } from "../store/prepared-query.ts";
import type { Channel, Publications } from "./channel.ts";
import {
  insertDeliveryQuery,
  insertPublicationQuery,
  livePublicationQuery,
  makePublicationReader,
  publicationQuery,
  publicationRow,
} from "./publication-rows.ts";
import { withdrawalColumns, withdrawPublications } from "./withdraw-publications.ts";

interface PublicationsDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly decisions: Decisions;
  readonly framings: EditedFramings;
  readonly ledger: Pick<ContactLedger, "free">;
}

/**
 * Publications and their outbox rows. On a pull channel committing the row is the delivery; on a push channel the row
 * waits for the dispatcher.
 */
export function makePublications(deps: PublicationsDeps): Publications {
  const { audit, clock, ids, channels, decisions, framings, ledger } = deps;
  const toPublication = makePublicationReader(framings);
  const insertPublication = makePreparedQuery(insertPublicationQuery);
  const insertDelivery = makePreparedQuery(insertDeliveryQuery);
  const liveRows = makePreparedQuery(livePublicationQuery);
  const withdrawing = { audit, decisions, ledger, channelOf };
  return {
    async publish(trx, publication) {
      const row = publicationRow(publication, clock.now());
      const channel = channelOf(row.channel);
      const [inserted] = await insertPublication(trx, row);
      if (!inserted) return false;
      const isPull = channel.delivery === "pull";
      await insertDelivery(trx, {
        delivery_id: ids.next("dlv"),
        publication_id: row.publication_id,
        channel: row.channel,
        state: isPull ? "delivered" : "pending",
        attempts: isPull ? 1 : 0,
        receipt_json: isPull ? committedReceipt : null,
        created_at: row.published_at,
        updated_at: row.published_at,
        next_at: isPull ? null : (publication.delivery?.notBefore ?? row.published_at),
        expires_at: isPull ? null : (publication.delivery?.expiresAt ?? row.live_until),
        discharged_json: isPull ? null : JSON.stringify(publication.delivery?.discharged ?? []),
      });
      const { placementId, contentHash, rulesetVersion, liveUntil } = publication;
      const { assetId, assetVersion, touchpoint } = publication.content;
      await audit.append(trx, {
        kind: "publication.published",
        subject: publication.decisionId,
        lead: publication.leadId,
        body: {
          publicationId: publication.publicationId,
          placementId,
          assetId,
          assetVersion,
          touchpoint,
          contentHash,
          rulesetVersion,
          liveUntil,
        },
      });
      return true;
    },

    async get(db, id) {
      const row = await publicationQuery(db).where("publications.publication_id", "=", id).executeTakeFirst();
      return row ? await toPublication(db, row) : null;
    },

    async ofDecision(db, id) {
      const rows = await publicationQuery(db)
        .where("publications.decision_id", "=", id)
        .orderBy("publications.publication_id")
        .execute();
      return await Promise.all(rows.map((row) => toPublication(db, row)));
    },

    async list(db, { leadId, assetId, state, after, limit }) {
      let query = publicationQuery(db).orderBy("publications.publication_id", "desc").limit(limit);
      if (leadId !== undefined) query = query.where("publications.lead_id", "=", leadId);
      if (assetId !== undefined) query = query.where("publications.asset_id", "=", assetId);
      if (state !== undefined) query = query.where("publications.state", "=", state);
      if (after !== null) query = query.where("publications.publication_id", "<", after);
      const rows = await query.execute();
      return await Promise.all(rows.map((row) => toPublication(db, row)));
    },

    async live(db, lead, at, now) {
      const [row] = await liveRows(db, { lead, ...at, now });
      return row ? await toPublication(db, row) : null;
    },

    async withdraw(trx, id, reason) {
      const row = await trx
        .selectFrom("publications")
        .select(withdrawalColumns)
        .where("publication_id", "=", id)
        .executeTakeFirst();
      if (!row) throw new AppError("not-found", `There is no publication ${id}.`);
      return await withdrawPublications(trx, withdrawing, [row], { reason, now: clock.now() });
    },

    async withdrawAsset(trx, id, reason, version) {
      let query = trx
        .selectFrom("publications")
        .select(withdrawalColumns)
        .where("asset_id", "=", id)
        .where("state", "=", "live")
        .orderBy("publication_id");
      if (version !== undefined) query = query.where("asset_version", "=", version);
      const rows = await query.execute();
      return await withdrawPublications(trx, withdrawing, rows, { reason, now: clock.now() });
    },

    async endVersion(trx, id, version, at) {
      const ended = await trx
        .updateTable("publications")
        .set({ live_until: at })
        .where("asset_id", "=", id)
        .where("asset_version", "=", version)
        .where("state", "=", "live")
        .where("live_until", ">", at)
        .returning("publication_id")
        .execute();
      const ids = ended.map(({ publication_id }) => publication_id);
      if (ids.length === 0) return;
      await trx
        .updateTable("deliveries")
        .set({ expires_at: at })
        .where("publication_id", "in", ids)
        .where("expires_at", ">", at)
        .execute();
    },
  };

  function channelOf(name: string): Channel {
    const channel = channels.get(channelName.parse(name));
    if (!channel) throw new AppError("config", `No channel is set up for ${name}, so nothing can be published there.`);
    return channel;
  }
}

const committedReceipt = JSON.stringify({ kind: "committed" });
