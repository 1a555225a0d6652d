import { assetContent } from "../../domain/asset.ts";
import { composeContent } from "../../domain/compose-content.ts";
import type { Content } from "../../domain/content.ts";
import { deployerProfile } from "../../domain/deployer-profile.ts";
import type { EndorserFacts } from "../../domain/endorser.ts";
import type { AssetVersion, Grant, PlacementFacts, RenderedText } from "../../domain/facts.ts";
import { grantTerms } from "../../domain/grant.ts";
import { assetId, grantId, leadId } from "../../domain/ids.ts";
import { leadFacts } from "../../domain/lead.ts";
import { leadCapacity } from "../../domain/lead-capacity.ts";
import { proposedPlacement } from "../../domain/plan.ts";
import { playbook, touchpointDefinition } from "../../domain/playbook.ts";
import { makeDutiesOf } from "../display-duties.ts";

/** When the example is judged, unless something else is asked for: milliseconds UTC. */
export const exampleNow = Date.parse("2026-11-20T10:00:00Z");

/** What is to be different; content is composed anew from it. */
export interface Different {
  readonly asset?: object;
  readonly grant?: object;
  readonly grants?: readonly Grant[];
  readonly endorser?: EndorserFacts | null;
  readonly lead?: object | null;
  readonly playbook?: object;
  readonly definition?: object;
  readonly profile?: object;
  readonly proposed?: object;
  readonly facts?: Partial<PlacementFacts>;
}

/** Of which the renderer of a channel makes what is read. */
export type RenderText = (content: Content, version: AssetVersion) => RenderedText;

/**
 * The example that decision tables and tests start from: a placement on a web page that every rule allows, with the
 * differences that are asked for. Invented people and companies. Throws a ZodError for a difference that fits no record.
 */
export function makeExamplePlacement(renderText: RenderText) {
  const dutiesOf = makeDutiesOf();
  return (different: Different = {}, now = exampleNow): PlacementFacts => {
    const definition = touchpointDefinition.parse({
      channel: "web",
      place: "pricing-hero",
      framing: "What others in {{industry}} say",
      link: { url: "https://www.acme.example/customers", text: "More stories" },
      ...different.definition,
    });
    const version: AssetVersion = {
      assetId: assetId.parse("asset-1"),
      version: 3,
      content: assetContent.parse({ ...baseAsset(now), ...different.asset }),
      contentSha: "sha256:00",
      endorserId: "e-1",
      createdAt: now - 1,
    };
    const grants = different.grants ?? [exampleGrant(different.grant, "g-1", null, now)];
    const endorser = different.endorser === undefined ? baseEndorser(now) : different.endorser;
    const proposed = proposedPlacement.parse({
      assetId: "asset-1",
      assetVersion: 3,
      touchpoint: { channel: definition.channel, place: definition.place },
      ...different.proposed,
    });
    const grant = grants[0];
    const profile = deployerProfile.parse({ ...baseProfile, ...different.profile });
    const lead = different.lead === null ? null : leadFacts.parse({ ...baseLead, ...different.lead });
    const where = lead && { country: lead.country, capacity: leadCapacity(lead, true, profile.defaultCapacity) };
    const { planner = { kind: "rules", version: "1" }, framingBy = "template" } = different.facts ?? {};
    const disclosing = { duties: dutiesOf(where, version.content), profile, planner, framingBy };
    const composed =
      grant && composeContent({ version, definition, grant: grant.terms, endorser, proposed, disclosing });
    const content = composed && "content" in composed ? composed.content : null;
    return {
      now,
      leadId: leadId.parse("L-1"),
      eventAt: now - 1000,
      assetId: "asset-1",
      assetVersion: 3,
      version,
      touchpoint: proposed.touchpoint,
      definition,
      playbook: playbook.parse({ ...basePlaybook, touchpoints: [definition], ...different.playbook }),
      profile,
      pilotShare: 0.5,
      contactWindowEnd: now + dayMs,
      email: {
        senderName: "Acme",
        senderAddress: "hello@acme.example",
        postalAddress: "Acme, 1 Main Street, Springfield",
        unsubscribeUrl: "https://proof.acme.example/u/",
        unsubscribeDays: 365,
        leavesMachine: true,
      },
      content,
      rendered: content && { ...renderText(content, version), subject: content.subject },
      assetStatus: "active",
      currentVersion: 3,
      grants,
      grantUses: null,
      planUses: 0,
      endorser,
      lead,
      hasCompanyEmail: true,
      hasEmail: true,
      consents: [],
      suppressions: [],
      exposures: [],
      contactsInWindow: 0,
      killSwitches: [],
      clearances: [],
      accountContacts: null,
      accountWindowEnd: null,
      channelContacts: null,
      channelWindowEnd: null,
      planner,
      framingBy,
      seen: null,
      voice: null,
      ...different.facts,
    };
  };
}

/** The example's grant with other terms. */
export function exampleGrant(terms: object = {}, id = "g-1", revokedAt: number | null = null, now = exampleNow): Grant {
  return { grantId: grantId.parse(id), terms: grantTerms.parse({ ...baseGrant(now), ...terms }), revokedAt };
}

const dayMs = 86_400_000;
const days = (count: number, now: number) => new Date(now + count * dayMs).toISOString();

const baseEndorser = (now: number): EndorserFacts => ({
  role: "Head of Sales Operations",
  company: "Globex GmbH",
  relationship: "customer",
  currentCustomerCheckedAt: days(-30, now),
});

const baseAsset = (now: number) => ({
  kind: "testimonial",
  title: "Live in nine days",
  quote: "We were live in nine days, and nobody had to work a weekend for it.",
  language: "en",
  claims: [
    { metric: "time-to-live", value: 9, unit: "day", typical: true, substantiation: "https://www.acme.example/proof" },
  ],
  source: { system: "interview", url: "https://www.acme.example/globex", collectedAt: days(-30, now), verified: true },
  productContext: ["core"],
  audienceSegment: { personas: ["revops"], industries: ["logistics"] },
  themes: ["onboarding"],
  freshnessTimestamp: days(-30, now),
});

const baseGrant = (now: number) => ({
  license: "customer-release",
  consentStatus: "granted",
  channels: ["web", "email"],
  territories: ["DE", "US", "CA", "GB"],
  purposes: ["nurture"],
  elements: ["quote", "name", "role", "company"],
  validFrom: days(-100, now),
  validUntil: days(100, now),
  evidence: { kind: "signed-release", ref: "r-1" },
});

const baseLead = {
  country: "DE",
  language: "de",
  timezone: "Europe/Berlin",
  company: { name: "Initech AG", industry: "logistics", size: "201-1000" },
  persona: "revops",
  stage: "evaluation",
  productInterest: ["core"],
};

const basePlaybook = {
  id: "evaluation-proof",
  version: 1,
  title: "Proof while a lead evaluates",
  when: { eventTypes: ["lead.page-viewed.v1"] },
  intent: "build-credibility",
  prefer: {},
  cadence: { cap: { count: 2, window: "week" } },
  autonomy: { confidenceThreshold: 0.6 },
  mode: { kind: "full" },
};

const baseProfile = {
  name: "Acme",
  sector: "software",
  markets: ["DE"],
  brands: ["Acme"],
  postalAddress: "Acme, 1 Main Street, Springfield",
  defaultCapacity: "trade",
  defaultLanguage: "en",
  defaultTimezone: "Europe/Berlin",
  competitors: ["Umbrella Corp."],
  linkHosts: ["www.acme.example"],
};
