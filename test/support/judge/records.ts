import type { Selectable } from "kysely";
import { z } from "zod";
import type { Vouchsafe } from "../../../src/compose.ts";
import { assetContent, assetStatus } from "../../../src/domain/asset.ts";
import type { Content } from "../../../src/domain/content.ts";
import { endorserFacts } from "../../../src/domain/endorser.ts";
import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { finding } from "../../../src/domain/finding.ts";
import { grantTerms } from "../../../src/domain/grant.ts";
import { assetId, grantId, leadId, publicationId } from "../../../src/domain/ids.ts";
import { consentRecord, leadFacts, suppressionScope } from "../../../src/domain/lead.ts";
import { channelName } from "../../../src/domain/vocabulary.ts";
import type { Schema } from "../../../src/store/schema.ts";
import { dayMs } from "./opinion.ts";

/** A publication as its row has it, with the content that it shows. */
export interface Published {
  readonly publicationId: string;
  readonly decisionId: string;
  readonly placementId: string;
  readonly leadId: string;
  readonly contentHash: string;
  readonly rulesetVersion: string;
  readonly publishedAt: number;
  readonly content: Content;
}

/** Reads the records for itself, row by row: nothing here is shared with what gathers facts for the rules. */
export function makeRecordReader({ store, deployment, publications }: Vouchsafe) {
  const db = store.read;

  return {
    /** What was published at or after a time. */
    async publishedSince(at: number): Promise<readonly Published[]> {
      const rows = await db.selectFrom("publications").selectAll().where("published_at", ">=", at).execute();
      return Promise.all(rows.map(toPublished));
    },

    /** What the rules may know of it, as of the moment at which it was published. */
    async factsOf(one: Published): Promise<PlacementFacts> {
      const now = one.publishedAt;
      const { content } = one;
      const playbook = deployment.playbooks[0];
      if (!playbook) throw new Error("no playbook is loaded");
      const { profile } = deployment;
      const lead = await db.selectFrom("leads").selectAll().where("lead_id", "=", one.leadId).executeTakeFirst();
      const facts = lead ? leadFacts.parse(JSON.parse(lead.facts_json)) : null;
      const asset = await db
        .selectFrom("assets")
        .selectAll()
        .where("asset_id", "=", content.assetId)
        .executeTakeFirst();
      const version = await db
        .selectFrom("asset_versions")
        .selectAll()
        .where("asset_id", "=", content.assetId)
        .where("version", "=", content.assetVersion)
        .executeTakeFirst();
      const grants = await db
        .selectFrom("grants")
        .innerJoin("asset_grants", "asset_grants.grant_id", "grants.grant_id")
        .select(["grants.grant_id", "terms_json", "revoked_at"])
        .where("asset_id", "=", content.assetId)
        .execute();
      const endorser = version?.endorser_id
        ? await db.selectFrom("endorsers").selectAll().where("endorser_id", "=", version.endorser_id).executeTakeFirst()
        : undefined;
      const person = await idsOfPerson(one.leadId, lead?.email_hash ?? null);
      const said = await db.selectFrom("consents").selectAll().where("lead_id", "in", person).execute();
      const consents = said
        .map((row) => ({ row, record: consentRecord.parse(JSON.parse(row.record_json)) }))
        .filter(({ row, record }) => row.lead_id === one.leadId || ["withdrawn", "declined"].includes(record.status));
      const suppressions = await db.selectFrom("suppressions").selectAll().where("lead_id", "in", person).execute();
      const stops = await db.selectFrom("kill_switches").selectAll().execute();
      const contacts = await db
        .selectFrom("contact_ledger")
        .selectAll()
        .where("lead_id", "=", one.leadId)
        .where("purpose", "=", playbook.purpose)
        .where("decision_id", "!=", one.decisionId)
        .where("freed_at", "is", null)
        .execute();
      const shown = await shownBefore(one);
      const wholeQuote = version ? (assetContent.parse(JSON.parse(version.content_json)).quote ?? "") : "";
      const timezone = facts?.timezone ?? profile.defaultTimezone;
      return {
        now,
        leadId: leadId.parse(one.leadId),
        eventAt: now,
        assetId: content.assetId,
        assetVersion: content.assetVersion,
        version: version
          ? {
              assetId: assetId.parse(version.asset_id),
              version: version.version,
              content: assetContent.parse(JSON.parse(version.content_json)),
              contentSha: version.content_sha,
              endorserId: version.endorser_id,
              createdAt: version.created_at,
            }
          : null,
        touchpoint: content.touchpoint,
        definition:
          playbook.touchpoints.find(
            ({ channel, place }) => channel === content.touchpoint.channel && place === content.touchpoint.place,
          ) ?? null,
        playbook,
        profile,
        email: {
          senderName: deployment.brand?.sender.name ?? "",
          senderAddress: deployment.brand?.sender.address ?? "",
          postalAddress: profile.postalAddress,
          unsubscribeUrl: "http://127.0.0.1/u/",
          unsubscribeDays: 60,
          leavesMachine: false,
        },
        // Playbooks are judged here in full force alone.
        pilotShare: null,
        planner: null,
        framingBy: "planner",
        seen: null,
        voice: deployment.brand?.voice ?? null,
        accountWindowEnd: null,
        channelWindowEnd: null,
        contactWindowEnd: null,
        content,
        rendered: {
          quote: content.quote && wholeQuote.slice(content.quote.start, content.quote.end),
          framing: content.framing,
          subject: content.subject,
          disclosures: content.disclosures.map(({ text }) => text),
          links: content.links,
        },
        assetStatus: asset ? assetStatus.parse(asset.status) : null,
        currentVersion: asset?.current_version ?? null,
        grants: grants.map((grant) => ({
          grantId: grantId.parse(grant.grant_id),
          terms: grantTerms.parse(JSON.parse(grant.terms_json)),
          revokedAt: grant.revoked_at,
        })),
        grantUses: await usesOf(one),
        planUses: await usesOf(one, "of its own plan"),
        endorser: endorser ? endorserFacts.parse(JSON.parse(endorser.facts_json)) : null,
        lead: facts,
        hasCompanyEmail: lead?.has_company_email === 1,
        hasEmail: lead?.email_hash != null,
        consents: consents.map(({ record }) => record),
        suppressions: suppressions.map(({ scope, reason, at }) => ({
          scope: suppressionScope.parse(scope),
          reason,
          at,
        })),
        exposures: shown.map((row) => ({
          assetId: row.asset_id,
          touchpoint: { channel: channelName.parse(row.channel), place: row.place },
          at: row.published_at,
        })),
        contactsInWindow: contacts.filter((row) => weekOf(row.created_at, timezone) === weekOf(now, timezone)).length,
        killSwitches: stops.map(({ scope, target, reason }) => ({ scope: stopScope.parse(scope), target, reason })),
        clearances: [],
        accountContacts: null,
        channelContacts: null,
      };
    },

    /** The rules that a person was asked about, and said yes to, for exactly this content in this decision. */
    async approvedRules(one: Published): Promise<ReadonlySet<string>> {
      const rows = await db
        .selectFrom("approvals")
        .selectAll()
        .where("decision_id", "=", one.decisionId)
        .where("content_hash", "=", one.contentHash)
        .where("status", "=", "approved")
        .execute();
      return new Set(
        rows.flatMap((row) =>
          z
            .array(finding)
            .parse(JSON.parse(row.findings_json))
            .map(({ rule }) => rule),
        ),
      );
    },

    /** Whether a person said no to exactly this content in this decision, or was asked and never answered. */
    async isRefused(one: Published): Promise<boolean> {
      const row = await db
        .selectFrom("approvals")
        .select("approval_id")
        .where("decision_id", "=", one.decisionId)
        .where("content_hash", "=", one.contentHash)
        .where("status", "in", ["rejected", "expired", "blocked"])
        .executeTakeFirst();
      return row !== undefined;
    },

    async leadOfDecision(decisionId: string): Promise<string | null> {
      const row = await db
        .selectFrom("decisions")
        .select("lead_id")
        .where("decision_id", "=", decisionId)
        .executeTakeFirst();
      return row?.lead_id ?? null;
    },
  };

  /** Whoever says no says it for each id that is known with the same address. */
  async function idsOfPerson(id: string, emailHash: string | null): Promise<readonly string[]> {
    if (emailHash === null) return [id];
    const rows = await db.selectFrom("leads").select("lead_id").where("email_hash", "=", emailHash).execute();
    return [id, ...rows.map((row) => row.lead_id)];
  }

  /** The content by its port, since words that a person wrote are sealed in the row. */
  async function toPublished(row: Selectable<Schema["publications"]>): Promise<Published> {
    const known = await publications.get(db, publicationId.parse(row.publication_id));
    if (!known) throw new Error(`${row.publication_id} is gone`);
    return {
      publicationId: row.publication_id,
      decisionId: row.decision_id,
      placementId: row.placement_id,
      leadId: row.lead_id,
      contentHash: row.content_hash,
      rulesetVersion: row.ruleset_version,
      publishedAt: row.published_at,
      content: known.content,
    };
  }

  /** What the lead was shown by other decisions, as far as it may have arrived. */
  function shownBefore(one: Published) {
    return db
      .selectFrom("publications")
      .innerJoin("deliveries", "deliveries.publication_id", "publications.publication_id")
      .select(["asset_id", "place", "publications.channel", "published_at"])
      .where("lead_id", "=", one.leadId)
      .where("decision_id", "!=", one.decisionId)
      .where("published_at", "<=", one.publishedAt)
      .where("deliveries.state", "not in", ["failed", "cancelled"])
      .execute();
  }

  /** By other decisions; or by the placements of its own that were published before it. */
  async function usesOf(one: Published, which?: "of its own plan"): Promise<number> {
    const rows = await db
      .selectFrom("publications")
      .innerJoin("deliveries", "deliveries.publication_id", "publications.publication_id")
      .select("published_at")
      .where("asset_id", "in", (assets) =>
        assets
          .selectFrom("asset_grants as other")
          .innerJoin("asset_grants as own", "own.grant_id", "other.grant_id")
          .select("other.asset_id")
          .where("own.asset_id", "=", one.content.assetId),
      )
      .where("decision_id", which ? "=" : "!=", one.decisionId)
      .$if(which !== undefined, (own) => own.where("publications.publication_id", "<", one.publicationId))
      .where("published_at", ">=", one.publishedAt - usePeriodDays * dayMs)
      .where("published_at", "<=", one.publishedAt)
      .where("deliveries.state", "not in", ["failed", "cancelled"])
      .execute();
    return rows.length;
  }
}

export type RecordReader = ReturnType<typeof makeRecordReader>;

/** Of the one capped grant in the world that is judged here. */
const usePeriodDays = 30;

const stopScope = z.enum(["global", "channel", "playbook", "asset"]);

/** The week, from Monday, in which clocks in the zone show the instant. */
function weekOf(at: number, timeZone: string): number {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
  return Math.floor((Date.parse(date) / dayMs + 3) / 7);
}
