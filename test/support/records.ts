import { makeEditedFramings } from "../../src/approvals/edited-framings.ts";
import { makeApprovals } from "../../src/approvals/sql-approvals.ts";
import { makeAuditLog } from "../../src/audit/sql-audit-log.ts";
import { makeCatalogue } from "../../src/catalogue/sql-catalogue.ts";
import type { Channel } from "../../src/channels/channel.ts";
import { makePublications } from "../../src/channels/sql-publications.ts";
import { webChannel } from "../../src/channels/web/web-channel.ts";
import { makeClearances } from "../../src/clearances/sql-clearances.ts";
import { makeEmbeddedCrm } from "../../src/crm/embedded-crm.ts";
import { makeDecisions } from "../../src/decisions/sql-decisions.ts";
import { makeTermIndex } from "../../src/deployment/term-index.ts";
import { assetInput } from "../../src/domain/asset.ts";
import { type Content, content } from "../../src/domain/content.ts";
import { jsonDigest } from "../../src/domain/hash.ts";
import type { AssetId, DecisionId, LeadId } from "../../src/domain/ids.ts";
import { assetId, leadId } from "../../src/domain/ids.ts";
import type { ChannelName } from "../../src/domain/vocabulary.ts";
import { makeContactLedger } from "../../src/exposure/contact-ledger.ts";
import { makeInbox } from "../../src/intake/sql-inbox.ts";
import { makeRecall } from "../../src/recall/recall-asset.ts";
import { testRuntime } from "./runtime.ts";
import { openTestStore } from "./store.ts";
import { testVault } from "./vault.ts";

export const lead = leadId.parse("L-1042");
export const asset = assetId.parse("acme-onboarding-2026");

const term = (name: string) => ({ term: name, label: name, phrases: [] });
const terms = makeTermIndex({
  personas: [term("revops")],
  industries: [term("logistics")],
  products: [term("core"), term("analytics")],
  themes: [term("onboarding")],
  objections: [],
  purposes: [term("nurture")],
});

/** A channel that a dispatcher would hand over to, and that cannot take anything back. */
const emailChannel: Channel = {
  ...webChannel,
  name: "email",
  delivery: "push",
  takesIdempotencyKey: false,
  canBeReadBack: false,
  canBeWithdrawn: false,
};

/** Everything that keeps records, over one database of its own and a clock that stands still. */
export async function openRecords() {
  const { store, file, close } = await openTestStore();
  const runtime = testRuntime();
  const { clock, ids } = runtime;
  const vault = testVault(runtime);
  const audit = makeAuditLog({ vault, clock, ids });
  const channels = new Map<ChannelName, Channel>([
    ["web", webChannel],
    ["email", emailChannel],
  ]);
  const framings = makeEditedFramings({ vault });
  const decisions = makeDecisions({ clock, framings });
  const catalogue = makeCatalogue({ vault, audit, clock, terms });
  const ledger = makeContactLedger({ clock });
  const publications = makePublications({ audit, clock, ids, channels, decisions, framings, ledger });
  const inbox = makeInbox({ vault, clock });
  const crm = makeEmbeddedCrm({ vault, audit, clock, terms });
  const approvals = makeApprovals({ audit, inbox, vault, clock, ids, catalogue, framings, crm });
  const recall = makeRecall({ catalogue, publications, approvals });
  const profile = { clearanceDays: 365 };
  const clearances = makeClearances({ audit, inbox, recall, vault, catalogue, profile, clock, ids });

  return {
    store,
    file,
    runtime,
    vault,
    framings,
    audit,
    crm,
    decisions,
    catalogue,
    publications,
    ledger,
    inbox,
    approvals,
    clearances,
    recall,
    close,

    /** A decision and its event, waiting for a person. */
    async openDecision(of: LeadId = lead): Promise<DecisionId> {
      const decisionId = ids.next("dec");
      const eventId = ids.next("evt");
      await store.write(async (trx) => {
        await decisions.open(trx, { decisionId, eventId, leadId: of });
        await trx
          .insertInto("inbox")
          .values({
            event_id: eventId,
            source: "/test",
            ce_id: eventId,
            type: "lead.created.v1",
            subject: of,
            digest: "sha256:0",
            sealed_event: new Uint8Array(1),
            happened_at: clock.now(),
            accepted_at: clock.now(),
            decision_id: decisionId,
            state: "waiting",
            attempts: 1,
            lease_owner: null,
            fence: 1,
            lease_until: null,
            wake_at: null,
            rerun: 0,
            last_error: null,
          })
          .execute();
      });
      return decisionId;
    },

    /** The audit entries of a kind, oldest first, as parsed bodies. */
    async audited(kind: string): Promise<Record<string, unknown>[]> {
      const rows = await store.read
        .selectFrom("audit_entries")
        .select("body")
        .where("kind", "=", kind)
        .orderBy("entry_id")
        .execute();
      return rows.map((row) => JSON.parse(row.body));
    },
  };
}
export type Records = Awaited<ReturnType<typeof openRecords>>;

/** Content for a place on a channel; its hash is that of the whole. */
export function contentFor(
  at: { channel?: ChannelName; place?: string; of?: AssetId; framing?: string } = {},
): Content {
  const { channel = "web", place = "pricing-hero", of = asset, framing = "See how it went." } = at;
  return content.parse({
    assetId: of,
    assetVersion: 1,
    endorserId: null,
    touchpoint: { channel, place },
    language: "en",
    elements: ["quote"],
    attribution: "role-only",
    quote: { start: 0, end: 12 },
    framing,
    disclosures: [],
    links: [],
  });
}

/** Puts the asset into the catalogue with a grant for the web; its quote is longer than what contents show. */
export async function putAsset(records: Pick<Records, "store" | "catalogue">, id: AssetId = asset): Promise<void> {
  const input = assetInput.parse({
    assetId: id,
    kind: "testimonial",
    title: "Live in nine days",
    quote: "We were live in nine days.",
    language: "en",
    source: { system: "g2", verified: true },
    freshnessTimestamp: "2026-09-30T00:00:00Z",
    grant: {
      license: "customer-release",
      consentStatus: "granted",
      channels: ["web", "email"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote"],
    },
  });
  await records.store.write((trx) => records.catalogue.putAsset(trx, input));
}

export function publicationOf(
  records: Pick<Records, "runtime">,
  made: { decisionId: DecisionId; leadId?: LeadId; content?: Content; liveForMs?: number },
) {
  const { ids, clock } = records.runtime;
  const shown = made.content ?? contentFor();
  return {
    publicationId: ids.next("pub"),
    decisionId: made.decisionId,
    placementId: ids.next("plc"),
    leadId: made.leadId ?? lead,
    content: shown,
    editedIn: null,
    contentHash: jsonDigest(shown),
    rulesetVersion: "2026-11-01.1",
    liveUntil: clock.now() + (made.liveForMs ?? 30 * 86_400_000),
  };
}
