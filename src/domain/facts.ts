import type { AssetContent, AssetStatus } from "./asset.ts";
import type { BrandVoice } from "./brand.ts";
import type { Content } from "./content.ts";
import type { DeployerProfile } from "./deployer-profile.ts";
import type { FramingBy } from "./display-duties.ts";
import type { EndorserFacts } from "./endorser.ts";
import type { GrantTerms } from "./grant.ts";
import type { AssetId, GrantId, LeadId } from "./ids.ts";
import type { ConsentRecord, LeadFacts, SuppressionScope } from "./lead.ts";
import type { Candidate, Touchpoint } from "./plan.ts";
import type { Playbook, TouchpointDefinition } from "./playbook.ts";

/** One immutable version as the rules and the renderer read it. */
export interface AssetVersion {
  readonly assetId: AssetId;
  readonly version: number;
  readonly content: AssetContent;
  /** `sha256:` over RFC 8785 of `content` and the endorser's id. */
  readonly contentSha: string;
  readonly endorserId: string | null;
  readonly createdAt: number;
}

export interface Grant {
  readonly grantId: GrantId;
  readonly terms: GrantTerms;
  /** Set when it was revoked, milliseconds UTC. */
  readonly revokedAt: number | null;
}

export interface Suppression {
  readonly scope: SuppressionScope;
  readonly reason: string;
  readonly at: number;
}

/** One earlier showing to the lead. */
export interface Exposure {
  readonly assetId: string;
  readonly touchpoint: Touchpoint;
  readonly at: number;
}

export type StopScope = "global" | "channel" | "playbook" | "asset";
export interface KillSwitch {
  readonly scope: StopScope;
  /** Channel name, playbook id or asset id; "*" for global. */
  readonly target: string;
  readonly reason: string;
}

/** A person's answer to one question about one asset version. */
export interface StandingClearance {
  /** `questionOf` the finding that was asked about. */
  readonly question: string;
  readonly verdict: "cleared" | "refused";
  /** Milliseconds UTC; from then on the question is open again. */
  readonly expiresAt: number;
}

/** How often a person has seen and approved a use of each, counted up to the playbook's `firstUses`. */
export interface SeenUses {
  readonly asset: number;
  readonly playbook: number;
  readonly planner: number;
}

/**
 * What can change between judging and publishing. Read again in the transaction that publishes; when nothing in it
 * differs from what was judged, the verdict stands.
 */
export interface VolatileFacts {
  readonly assetStatus: AssetStatus | null;
  readonly currentVersion: number | null;
  readonly grants: readonly Grant[];
  /** Uses of all assets under its grant within the grant's period, over all leads; null when no grant caps it. */
  readonly grantUses: number | null;
  readonly endorser: EndorserFacts | null;
  readonly lead: LeadFacts | null;
  readonly hasCompanyEmail: boolean;
  /** Whether an e-mail address is known; the address itself is read when a message is handed over. */
  readonly hasEmail: boolean;
  readonly consents: readonly ConsentRecord[];
  readonly suppressions: readonly Suppression[];
  /** This lead's exposures within the playbook's repeat window, newest first. */
  readonly exposures: readonly Exposure[];
  /** Plans that went out to the lead for the purpose in the current window, this decision's own not counted. */
  readonly contactsInWindow: number;
  readonly killSwitches: readonly KillSwitch[];
  /** What people said of questions about this asset version, expired answers included. */
  readonly clearances: readonly StandingClearance[];
  /** Plans to the lead's account in the profile's window; null where no cap is set or the lead has no account. */
  readonly accountContacts: number | null;
  /** Plans to the lead on this channel in the profile's window, over all purposes; null where no cap is set. */
  readonly channelContacts: number | null;
}

/** Everything a rule may read about one placement. Recorded, so that a verdict can be replayed. */
export interface PlacementFacts extends VolatileFacts {
  /** Milliseconds UTC. */
  readonly now: number;
  readonly leadId: LeadId;
  readonly eventAt: number;
  readonly assetId: string;
  readonly assetVersion: number;
  readonly version: AssetVersion | null;
  readonly touchpoint: Touchpoint;
  readonly definition: TouchpointDefinition | null;
  readonly playbook: Playbook;
  readonly profile: DeployerProfile;
  /** How e-mail goes out from here; null when it is not set up. */
  readonly email: EmailSetup | null;
  /** `Observed.pilotShare`: where in 0..1 the lead falls; null when unknown, and then it is outside any pilot. */
  readonly pilotShare: number | null;
  /** Which planner proposed the placement; null when not known. */
  readonly planner: { readonly kind: string; readonly version: string } | null;
  readonly framingBy: FramingBy;
  /** Uses under the covering grant by placements of the same plan that come before this one; 0 where no grant caps it. */
  readonly planUses: number;
  /** Null when they were not counted, which is the case for a playbook without first uses. */
  readonly seen: SeenUses | null;
  /** How the brand speaks; null where the brand file does not say. */
  readonly voice: BrandVoice | null;
  /** Ends of the profile's windows for account and channel, milliseconds UTC; null where no cap is set. */
  readonly accountWindowEnd: number | null;
  readonly channelWindowEnd: number | null;
  /** End of the contact window that `contactsInWindow` counts, milliseconds UTC; null when unknown. */
  readonly contactWindowEnd: number | null;
  /** Null when the content could not be composed (no version, no grant): then rules on text are not satisfied. */
  readonly content: Content | null;
  /** What the lead would see as text, from the renderer; null with `content`. */
  readonly rendered: RenderedText | null;
}

/** Whose e-mail goes out, and how one gets rid of it. */
export interface EmailSetup {
  readonly senderName: string;
  readonly senderAddress: string;
  readonly postalAddress: string;
  /** Beginning of the unsubscribe links; null where there is none. */
  readonly unsubscribeUrl: string | null;
  /** How long an unsubscribe link works, in days. */
  readonly unsubscribeDays: number;
  /** False where messages go to files on this machine. */
  readonly leavesMachine: boolean;
}

/** The words a placement shows, by part; the endorser's name is replaced by its masked form's shape, never in the clear. */
export interface RenderedText {
  readonly quote: string | null;
  readonly framing: string;
  /** E-mail only. */
  readonly subject?: string | undefined;
  readonly disclosures: readonly string[];
  readonly links: readonly { readonly url: string; readonly text: string }[];
  /** What tells that this one person opened or clicked: an open pixel, a link of their own. */
  readonly tracking?: readonly ("open-pixel" | "personal-link")[];
}

/** What confidence is computed from, besides the placement's facts. */
export interface ConfidenceInput {
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate | null;
  readonly selfConfidence: number | null;
}
