import type { AssetContent, AssetStatus } from "./asset.ts";
import type { Content } from "./content.ts";
import type { DeployerProfile } from "./deployer-profile.ts";
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

/**
 * What can change between judging and publishing. Read again in the transaction that publishes; when nothing in it
 * differs from what was judged, the verdict stands.
 */
export interface VolatileFacts {
  readonly assetStatus: AssetStatus | null;
  readonly currentVersion: number | null;
  readonly grants: readonly Grant[];
  /** Uses of the asset within its grant's period, over all leads; null when no grant caps it. */
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
}

/** What confidence is computed from, besides the placement's facts. */
export interface ConfidenceInput {
  readonly candidates: readonly Candidate[];
  readonly chosen: Candidate | null;
  readonly selfConfidence: number | null;
}
