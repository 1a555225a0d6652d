import type { ApprovalStatus } from "../domain/approval.ts";
import type { BrandVoice } from "../domain/brand.ts";
import type { Decision } from "../domain/decision.ts";
import type { DeployerProfile } from "../domain/deployer-profile.ts";
import type { EmailSetup, PlacementFacts } from "../domain/facts.ts";
import type { ApprovalId, DecisionId, LeadId } from "../domain/ids.ts";
import type { LeadFacts } from "../domain/lead.ts";
import type { Observed } from "../domain/observed.ts";
import type { Plan } from "../domain/plan.ts";
import type { LeadSide } from "../facts/facts.ts";
import type { Queries, Trx } from "../store/store.ts";

/**
 * What the attempts of decisions read, so that each can be run again exactly. Ids and typed facts; what is free text
 * (an event's words, an edit, the evidence of a consent) stays where it is sealed, or is left out.
 */
export interface Recordings {
  /** False where nothing is recorded: then nobody need gather what `add` takes. */
  readonly isOn: boolean;
  /** In the transaction that writes the record which the attempt comes to rest with. */
  add(trx: Trx, recording: Recording): Promise<void>;
  /** The attempts of a decision in their order; none where nothing was recorded, or the time for keeping it is over. */
  ofDecision(db: Queries, id: DecisionId): Promise<readonly StoredRecording[]>;
  /** Newest first: the recorded decisions whose events were accepted in [since, until), milliseconds UTC. */
  decisions(
    db: Queries,
    span: { readonly since: number | null; readonly until: number | null; readonly limit: number },
  ): Promise<readonly DecisionId[]>;
  /** Everything recorded of the lead's decisions; how many rows it was. For its erasure. */
  forget(trx: Trx, lead: LeadId): Promise<number>;
  /** Whether something is to be deleted, as `sweep` would: read without a transaction. */
  isDue(db: Queries): Promise<boolean>;
  /** Deletes up to `limit` recordings that are older than they are kept; how many there were. */
  sweep(trx: Trx, limit: number): Promise<number>;
}

/** One attempt that came to rest. */
export interface Recording {
  readonly decisionId: DecisionId;
  readonly attempt: number;
  readonly reads: RecordedReads;
  /** The record that it rests with. */
  readonly record: Omit<Decision, "decisionId" | "eventId" | "leadId" | "createdAt" | "updatedAt">;
}

export interface StoredRecording {
  readonly attempt: number;
  readonly reads: RecordedReads;
  readonly settings: RecordedSettings;
  /** `sha256:` over the text of the result (domain/decision-result.ts). */
  readonly digest: string;
  /** The text itself, where the decision's own record will not keep it: of an attempt that was held, or asked. */
  readonly result: string | null;
}

/** Everything that an attempt read, but for its event and what never changes (versions, playbooks). */
export interface RecordedReads {
  /** Milliseconds UTC at which it began. */
  readonly now: number;
  /** The attempt whose run it went on with after a question; null: it began from the event. */
  readonly resumes: number | null;
  /** Absent where the decision's own record keeps it. */
  readonly observed?: Observed | null | undefined;
  /** A newer event of the lead had asked for the same while it was held. */
  readonly isOvertaken: boolean;
  /** Null where the attempt ended before it was read. */
  readonly lead: RecordedLead | null;
  readonly assets: readonly RecordedAsset[];
  readonly searches: readonly RecordedSearch[];
  /** What a planner other than `rules` called and answered, plan by plan; absent for `rules`, which is run again. */
  readonly plans?: readonly RecordedPlan[] | undefined;
  /** How a person's answers stood, oldest question first. */
  readonly answers: readonly { readonly approvalId: ApprovalId; readonly status: ApprovalStatus }[];
  /** What was read again to publish; null where it did not come to that. */
  readonly act: RecordedAct | null;
  /** What could not be recorded exactly, in words; a replay may then differ. */
  readonly gaps: readonly string[];
}

/** The lead's side of the facts; `lead` is absent where it is what was observed. */
export type RecordedLead = Omit<LeadSide, "lead"> & { readonly lead?: LeadFacts | null | undefined };

/** What could change about an asset. */
export type RecordedAsset = Pick<
  PlacementFacts,
  "assetStatus" | "currentVersion" | "grants" | "endorser" | "clearances" | "seen"
> & {
  readonly assetId: string;
  /** Uses counted against grants that cap them, by grant. */
  readonly uses: Readonly<Record<string, number>>;
};

export interface RecordedSearch {
  /** As the tool took it, defaults filled in. */
  readonly query: unknown;
  readonly hits: readonly RecordedHit[];
  readonly ruledOut: readonly (RecordedHit & { readonly rejectedBy: readonly string[] })[];
}

/** A hit by handle; kind and title are the version's. */
export interface RecordedHit {
  readonly assetId: string;
  readonly assetVersion: number;
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly asks?: readonly string[] | undefined;
}

export interface RecordedPlan {
  /** Tools in the order of the calls, with their inputs. */
  readonly calls: readonly (readonly [string, unknown])[];
  /** Null for an answer that was no plan. */
  readonly plan: Plan | null;
}

/** Parts are absent where they were as judged. */
export interface RecordedAct {
  readonly now: number;
  readonly lead?: RecordedLead | undefined;
  readonly assets?: readonly RecordedAsset[] | undefined;
  /** The last contact of the window was taken by another decision meanwhile. */
  readonly isCapFull?: boolean | undefined;
}

/** Under what decisions are made: kept once for all that share it. */
export interface RecordedSettings {
  readonly software: string;
  readonly planner: { readonly kind: string; readonly version: string };
  readonly ruleset: string;
  /** `sha256:` over the taxonomy, which events' words are read by. */
  readonly taxonomy: string;
  readonly profile: DeployerProfile;
  readonly email: EmailSetup | null;
  /** How the brand file says that the brand speaks. */
  readonly voice: BrandVoice | null;
  /** Every version that was loaded. Its content, and with it the mode, never changes: `digest` is that of its RFC 8785 form. */
  readonly playbooks: readonly { readonly id: string; readonly version: number; readonly digest: string }[];
}

/** Tells decisions as scenarios of the evals. */
export interface ScenarioRecorder {
  /** Throws `not-found`; `gone` where nothing of it is kept any more. */
  tell(db: Queries, id: DecisionId): Promise<ToldScenario>;
}

/** A scenario as the evals read it (src/evals/scenario.ts), and where it is not all that was recorded. */
export interface ToldScenario {
  readonly scenario: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly gaps: readonly string[];
}
