import type { PlacementFacts } from "../domain/facts.ts";
import type { DecisionId, LeadId } from "../domain/ids.ts";
import type { ProposedPlacement } from "../domain/plan.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { Queries } from "../store/store.ts";

/** Reads from the records what the rules may know about a placement, at one moment. */
export interface FactGatherer {
  /** Facts about the lead that every placement of a decision shares. */
  lead(db: Queries, about: DecisionFrame): Promise<LeadSide>;
  /** One placement's facts, its content composed and rendered. `before`: what of the same plan comes before it. */
  placement(
    db: Queries,
    about: DecisionFrame,
    lead: LeadSide,
    proposed: StandingProposal,
    before?: readonly ProposedPlacement[],
  ): Promise<PlacementFacts>;
}

/** A proposal as it stands: `isEdited` where its framing is the words of a person, which no planner can say of its own. */
export type StandingProposal = ProposedPlacement & { readonly isEdited?: boolean };

/** Where a lead falls in the pilot of a playbook: 0..1, uniform over leads, the same each time. */
export type PilotShares = (lead: LeadId, playbookId: string) => number;

/** What a decision is about; the same for all of its placements. */
export interface DecisionFrame {
  readonly decisionId: DecisionId;
  readonly leadId: LeadId;
  readonly playbook: Playbook;
  /** When the event happened, milliseconds UTC. */
  readonly eventAt: number;
  /** Milliseconds UTC at which the facts are to be read. */
  readonly now: number;
  /** Which planner proposed; null when not known. */
  readonly planner: PlacementFacts["planner"];
}

/** Contacts within a window of the profile's caps, and when it ends, milliseconds UTC. */
export interface CappedContacts {
  readonly contacts: number;
  readonly windowEnd: number;
}

export type LeadSide = Pick<
  PlacementFacts,
  | "lead"
  | "hasCompanyEmail"
  | "hasEmail"
  | "consents"
  | "suppressions"
  | "exposures"
  | "contactsInWindow"
  | "contactWindowEnd"
  | "pilotShare"
  | "killSwitches"
  | "accountContacts"
  | "accountWindowEnd"
> & {
  /** By channel, where the profile caps it. */
  readonly channelCaps: Readonly<Partial<Record<ChannelName, CappedContacts>>>;
};
