import { createHmac } from "node:crypto";
import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Channel } from "../channels/channel.ts";
import type { Clearances } from "../clearances/clearances.ts";
import type { Crm } from "../crm/crm.ts";
import type { Deployment, KillSwitches } from "../deployment/deployment.ts";
import { composeContent } from "../domain/compose-content.ts";
import { coveringGrant } from "../domain/covering-grant.ts";
import type { DeployerProfile } from "../domain/deployer-profile.ts";
import type { DutiesOf, FramingBy } from "../domain/display-duties.ts";
import type { EmailSetup, Grant, SeenUses } from "../domain/facts.ts";
import type { LeadFacts } from "../domain/lead.ts";
import { leadCapacity } from "../domain/lead-capacity.ts";
import type { ProposedPlacement } from "../domain/plan.ts";
import { type ChannelName, channelName } from "../domain/vocabulary.ts";
import type { ContactLedger, ExposureHistory } from "../exposure/exposure.ts";
import type { Queries } from "../store/store.ts";
import type { CappedContacts, DecisionFrame, FactGatherer, LeadSide, PilotShares, StandingProposal } from "./facts.ts";

interface GathererDeps {
  readonly crm: Crm;
  readonly catalogue: Catalogue;
  readonly exposures: ExposureHistory;
  readonly ledger: ContactLedger;
  readonly killSwitches: KillSwitches;
  readonly clearances: Pick<Clearances, "ofVersion">;
  readonly approvals: Pick<Approvals, "approvedUses">;
  readonly deployment: Deployment;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  /** How e-mail goes out now; null when it is not set up. */
  readonly email: () => EmailSetup | null;
  readonly pilotShares: PilotShares;
  readonly dutiesOf: DutiesOf;
}

export function makeFactGatherer(deps: GathererDeps): FactGatherer {
  return {
    async lead(db, about) {
      const { profile } = deps.deployment;
      const record = await deps.crm.lead(db, about.leadId);
      const rights = await deps.crm.rights(db, about.leadId);
      const { cadence, purpose } = about.playbook;
      const window = deps.ledger.window(cadence.cap, record?.facts.timezone ?? profile.defaultTimezone, about.now);
      return {
        lead: record?.facts ?? null,
        hasCompanyEmail: record?.hasCompanyEmail ?? false,
        hasEmail: record?.hasEmail ?? false,
        consents: rights.consents,
        suppressions: rights.suppressions,
        // No window, no repeats: a showing in this very millisecond would count as one otherwise.
        exposures:
          cadence.repeatAfterDays === 0
            ? []
            : await deps.exposures.since(
                db,
                about.leadId,
                about.now - cadence.repeatAfterDays * dayMs,
                about.decisionId,
              ),
        contactsInWindow: await deps.ledger.taken(db, about.leadId, purpose, window, about.decisionId),
        contactWindowEnd: window.end,
        pilotShare: deps.pilotShares(about.leadId, about.playbook.id),
        killSwitches: await deps.killSwitches.active(db),
        ...(await cappedContacts(db, deps, about, record?.facts ?? null)),
      };
    },

    async placement(db, about, lead, proposed, before = []) {
      const rights = await deps.catalogue.rights(db, proposed.assetId);
      const version = await deps.catalogue.version(db, proposed.assetId, proposed.assetVersion);
      const definition =
        about.playbook.touchpoints.find(
          (at) => at.channel === proposed.touchpoint.channel && at.place === proposed.touchpoint.place,
        ) ?? null;
      const grant = coveringGrant(rights.grants, {
        now: about.now,
        channel: proposed.touchpoint.channel,
        territory: lead.lead?.country ?? "",
        purpose: about.playbook.purpose,
      });
      const channel = deps.channels.get(proposed.touchpoint.channel);
      const framingBy = writerOf(proposed, definition?.framing);
      const { profile } = deps.deployment;
      const composed =
        version && definition && grant && channel
          ? composeContent({
              version,
              definition,
              grant: grant.terms,
              endorser: rights.endorser,
              proposed,
              disclosing: {
                duties: deps.dutiesOf(lead.lead && whereOf(lead.lead, lead.hasCompanyEmail, profile), version.content),
                profile,
                planner: about.planner,
                framingBy,
              },
            })
          : null;
      const content = composed && "content" in composed ? composed.content : null;
      const { channelCaps, ...side } = lead;
      const onChannel = channelCaps[proposed.touchpoint.channel];
      return {
        channelContacts: onChannel?.contacts ?? null,
        channelWindowEnd: onChannel?.windowEnd ?? null,
        now: about.now,
        leadId: about.leadId,
        eventAt: about.eventAt,
        assetId: proposed.assetId,
        assetVersion: proposed.assetVersion,
        version,
        touchpoint: proposed.touchpoint,
        definition,
        playbook: about.playbook,
        profile,
        email: deps.email(),
        voice: deps.deployment.brand?.voice ?? null,
        planner: about.planner,
        framingBy,
        seen: await seenUses(db, deps.approvals, about, proposed),
        clearances: await deps.clearances.ofVersion(db, proposed.assetId, proposed.assetVersion),
        assetStatus: rights.status,
        currentVersion: rights.currentVersion,
        grants: rights.grants,
        grantUses: await grantUses(db, deps.exposures, grant, about),
        planUses: await planUses(db, deps.catalogue, grant, before),
        endorser: rights.endorser,
        content,
        rendered: content && version && channel ? channel.renderText(content, version) : null,
        // Last: V8 makes a new shape of every object that names many properties after a spread.
        ...side,
      };
    },
  };
}

const dayMs = 86_400_000;

/** Null where the playbook asks for no first uses: then nothing is counted. */
async function seenUses(
  db: Queries,
  approvals: GathererDeps["approvals"],
  { playbook, planner }: DecisionFrame,
  { assetId, assetVersion }: ProposedPlacement,
): Promise<SeenUses | null> {
  const { firstUses } = playbook.autonomy;
  return firstUses === 0 ? null : approvals.approvedUses(db, { assetId, assetVersion, playbook, planner }, firstUses);
}

/** Counted where the profile sets a cap: of the account over all its leads, and by channel of the lead alone. */
async function cappedContacts(
  db: Queries,
  { deployment, ledger, exposures }: GathererDeps,
  { leadId, decisionId, now }: DecisionFrame,
  lead: LeadFacts | null,
): Promise<Pick<LeadSide, "accountContacts" | "accountWindowEnd" | "channelCaps">> {
  const { contactCaps, defaultTimezone } = deployment.profile;
  const timezone = lead?.timezone ?? defaultTimezone;
  const channelCaps: Partial<Record<ChannelName, CappedContacts>> = {};
  for (const channel of channelName.options) {
    const cap = contactCaps.channels[channel];
    if (cap === undefined) continue;
    const window = ledger.window(cap, timezone, now);
    const contacts = await exposures.plansOnChannel(db, leadId, channel, window, decisionId);
    channelCaps[channel] = { contacts, windowEnd: window.end };
  }
  const { account } = contactCaps;
  if (account === undefined || lead?.accountId === undefined)
    return { channelCaps, accountContacts: null, accountWindowEnd: null };
  const window = ledger.window(account, timezone, now);
  const accountContacts = await ledger.takenOfAccount(db, lead.accountId, window, decisionId);
  return { channelCaps, accountContacts, accountWindowEnd: window.end };
}

function whereOf(lead: LeadFacts, hasCompanyEmail: boolean, { defaultCapacity }: DeployerProfile) {
  return { country: lead.country, capacity: leadCapacity(lead, hasCompanyEmail, defaultCapacity) };
}

/** Words that are the template's are the playbook's, whoever proposed them. */
function writerOf({ framing, isEdited }: StandingProposal, template: string | undefined): FramingBy {
  if (framing === undefined || framing === template) return "template";
  return isEdited ? "person" : "planner";
}

async function grantUses(
  db: Queries,
  exposures: ExposureHistory,
  grant: Grant | null,
  about: Pick<DecisionFrame, "now" | "decisionId">,
): Promise<number | null> {
  const cap = grant?.terms.maxUses;
  return cap ? exposures.grantUses(db, grant.grantId, about.now - cap.perDays * dayMs, about.decisionId) : null;
}

/** A grant's cap counts over all assets under it, whichever grant each of them is shown by. */
async function planUses(
  db: Queries,
  catalogue: Catalogue,
  grant: Grant | null,
  before: readonly ProposedPlacement[],
): Promise<number> {
  if (grant?.terms.maxUses === undefined) return 0;
  let uses = 0;
  for (const { assetId } of before) {
    const { grants } = await catalogue.rights(db, assetId);
    if (grants.some(({ grantId }) => grantId === grant.grantId)) uses++;
  }
  return uses;
}

/**
 * The first 48 bits of HMAC-SHA-256 over playbook and lead. `secret` keys the draw, so that nobody can choose a lead id
 * that falls inside.
 */
export function makePilotShares(secret: Uint8Array): PilotShares {
  return (lead, playbookId) => {
    const digest = createHmac("sha256", secret).update(`${playbookId}\n${lead}`).digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
  };
}
