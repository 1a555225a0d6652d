import type { BaseCheckpointSaver } from "@langchain/langgraph/web";
import type { Approvals } from "../approvals/approvals.ts";
import type { AuditLog } from "../audit/audit.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProofSearch } from "../catalogue/search/search.ts";
import type { Channel, Publications } from "../channels/channel.ts";
import type { Clearances } from "../clearances/clearances.ts";
import type { Crm } from "../crm/crm.ts";
import type { DecisionSignals, Decisions } from "../decisions/decisions.ts";
import type { Deployment, KillSwitches } from "../deployment/deployment.ts";
import type { EmailSetup } from "../domain/facts.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { ContactLedger, ExposureHistory } from "../exposure/exposure.ts";
import type { FactGatherer, PilotShares } from "../facts/facts.ts";
import { makeFactGatherer } from "../facts/gather-facts.ts";
import { makeDecisionGraph } from "../graph/graph.ts";
import { makeRunDecision } from "../graph/run-decision.ts";
import { makeDutiesOf } from "../guardrails/display-duties.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import { makePermits } from "../guardrails/permits.ts";
import type { Inbox } from "../intake/intake.ts";
import type { Planner } from "../planners/planner.ts";
import type { Policies } from "../policies/policies.ts";
import type { Recordings } from "../recordings/recording.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { DecisionRested, Traces } from "../telemetry/telemetry.ts";
import { makeToolRegistry } from "../tools/index.ts";
import type { SearchInstead } from "../tools/tool.ts";

/** What decisions are made with, all of it ports. A replay hands in some that answer from recordings. */
export interface Deciding {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly inbox: Inbox;
  readonly decisions: Decisions;
  readonly recordings: Recordings;
  readonly deployment: Deployment;
  readonly crm: Crm;
  readonly catalogue: Catalogue;
  readonly search: ProofSearch;
  readonly exposures: ExposureHistory;
  readonly ledger: ContactLedger;
  readonly killSwitches: KillSwitches;
  readonly approvals: Approvals;
  readonly clearances: Clearances;
  readonly publications: Publications;
  readonly audit: AuditLog;
  readonly signals: DecisionSignals;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly email: () => EmailSetup | null;
  readonly pilotShares: PilotShares;
  readonly permitSecret: Uint8Array;
  readonly guardrail: Guardrail;
  readonly policies: Pick<Policies, "isCurrent">;
  readonly planner: Planner;
  readonly checkpointer: BaseCheckpointSaver;
  readonly langsmithTracing: boolean;
  readonly traces?: Traces | null;
  readonly onRested?: (rested: DecisionRested) => void;
  /** Puts another gatherer in the place of the one that reads the records. */
  readonly factsInstead?: (own: FactGatherer) => FactGatherer;
  readonly searchInstead?: SearchInstead;
}

/** The decision graph over its ports, and how one leased event is run through it. */
export function composeDeciding(deciding: Deciding) {
  const { guardrail, factsInstead = (own) => own } = deciding;
  const facts = factsInstead(makeFactGatherer({ ...deciding, dutiesOf: makeDutiesOf() }));
  const permits = makePermits({ secret: deciding.permitSecret, rulesetVersionAt: guardrail.rulesetVersionAt });
  const judging = { ...deciding, facts, permits };
  const tools = makeToolRegistry(judging);
  const graph = makeDecisionGraph({ ...judging, tools }, deciding.checkpointer);
  const run = makeRunDecision({ ...judging, graph });
  return { facts, permits, tools, graph, run };
}
