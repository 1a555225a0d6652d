import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProofSearch } from "../catalogue/search/search.ts";
import type { Clearances } from "../clearances/clearances.ts";
import type { Crm } from "../crm/crm.ts";
import type { Decisions } from "../decisions/decisions.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { Brand } from "../domain/brand.ts";
import type { Decision } from "../domain/decision.ts";
import type { DeployerProfile } from "../domain/deployer-profile.ts";
import type { EmailSetup } from "../domain/facts.ts";
import type { DecisionId, EventId, LeadId } from "../domain/ids.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { ReplayReport } from "../domain/replay-report.ts";
import type { RequestedChange, WhatIfReport } from "../domain/what-if-report.ts";
import type { ContactLedger, ExposureHistory } from "../exposure/exposure.ts";
import type { FactGatherer, PilotShares } from "../facts/facts.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import type { Inbox, Lease } from "../intake/intake.ts";
import type { Planner } from "../planners/planner.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { SearchInstead } from "../tools/tool.ts";

/**
 * Runs recorded decisions again, through the graph that serves, in a sandbox that keeps nothing and sends nothing. One
 * at a time in a process: throws `unavailable` while another goes on.
 */
export interface Replays {
  /** On the same facts, under what runs today. Throws `not-found` for a decision that there is not. */
  replay(request: ReplayRequest): Promise<ReplayReport>;
  /**
   * On the same facts, under other settings: what would have been decided. Throws `invalid` for settings that are not
   * usable, naming file, line and field.
   */
  whatIf(request: ReplayRequest & { readonly change: RequestedChange }): Promise<WhatIfReport>;
  /** Tells after each decision how far the replay has come; until the answer is called. */
  watch(tell: (done: number, total: number) => void): () => void;
}

/** The decisions that are named, else the newest recorded ones in [since, until), milliseconds UTC. */
export interface ReplayRequest {
  readonly decisions?: readonly DecisionId[] | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly limit: number;
}

/** What decisions are made with in a sandbox, in place of what serves; the rest is a product in memory. */
export interface Sources {
  readonly clock: Clock;
  readonly deployment: Deployment;
  readonly inbox: Inbox;
  readonly crm: Crm;
  readonly catalogue: Catalogue;
  readonly search: ProofSearch;
  readonly exposures: ExposureHistory;
  readonly ledger: ContactLedger;
  readonly approvals: Approvals;
  readonly clearances: Clearances;
  readonly decisions: Decisions;
  readonly email: () => EmailSetup | null;
  readonly planner: Planner;
  readonly guardrail: Guardrail;
  readonly factsInstead: (own: FactGatherer) => FactGatherer;
  readonly searchInstead: SearchInstead;
}

/** What serves, to be read from and never written to. */
export interface Live {
  readonly store: Pick<Store, "read">;
  readonly inbox: Pick<Inbox, "event">;
  readonly approvals: Pick<Approvals, "ofDecision" | "approvedUses">;
  readonly clearances: Pick<Clearances, "ofVersion">;
  readonly catalogue: Catalogue;
  readonly search: ProofSearch;
  readonly exposures: ExposureHistory;
  readonly ledger: ContactLedger;
  readonly deployment: Deployment;
  readonly facts: FactGatherer;
  readonly pilotShares: PilotShares;
  readonly planner: Planner;
  readonly guardrail: Guardrail;
}

/** The ports of the product in memory that the sources build on. */
export type Base = Pick<Sources, "inbox" | "crm" | "ledger" | "approvals" | "clearances" | "decisions" | "planner">;

/** A product in memory, whose decisions are made with `sources`. */
export interface Sandbox {
  /** The record that the attempt rests with. `isAnew`: it begins from its event, whatever waits. */
  run(lease: Lease, isAnew: boolean): Promise<Decision>;
  open(decision: { decisionId: DecisionId; eventId: EventId; leadId: LeadId }): Promise<void>;
  close(): Promise<void>;
}

export type OpenSandbox = (toSources: (base: Base) => Sources) => Promise<Sandbox>;

/** Settings in the place of recorded ones; what is absent stays as it was. */
export interface Change {
  readonly playbooks: readonly Playbook[];
  readonly threshold: number | Readonly<Record<string, number>> | null;
  readonly profile: DeployerProfile | null;
  readonly brand: Brand | null;
  readonly guardrail: Guardrail | null;
  /** Replans what another planner decided. */
  readonly planner: Planner | null;
  /** Draws every lead into the pilots. */
  readonly arePilotsOpen?: boolean | undefined;
}

/** What a replay needs besides: how the deployment's own pieces are put together. */
export interface Pieces {
  /** Every version that was ever loaded, by id and version. */
  storedPlaybooks(): Promise<readonly Playbook[]>;
  /** A deployment of these playbooks that also knows the stored ones, as at a start with their files. */
  toDeployment(playbooks: readonly Playbook[], stored: readonly Playbook[], profile: DeployerProfile): Deployment;
  /** Throws `invalid` naming file, line and field. */
  readChange(requested: RequestedChange): Promise<Change>;
}
