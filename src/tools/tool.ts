import type { StructuredToolInterface } from "@langchain/core/tools";
import type { z } from "zod";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProofSearch } from "../catalogue/search/search.ts";
import type { Publications } from "../channels/channel.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { AssetId } from "../domain/ids.ts";
import type { ProposedPlacement } from "../domain/plan.ts";
import type { PublishProofAnswer, PublishProofInput, SearchProofAnswer, ToolName } from "../domain/tool-answers.ts";
import type { ContactLedger } from "../exposure/exposure.ts";
import type { DecisionFrame, FactGatherer, LeadSide, StandingProposal } from "../facts/facts.ts";
import type { Guardrail, Judgement, Permits } from "../guardrails/guardrail.ts";
import type { Inbox, Lease } from "../intake/intake.ts";
import type { Policies } from "../policies/policies.ts";
import type { Ids } from "../runtime/runtime.ts";
import type { Store, Trx } from "../store/store.ts";

/** What a tool may do: read, or publish. Only `act` is handed the tools that publish. */
export type ToolScope = "read" | "publish";

/** A tool is data: what goes in, what comes out, what it may do, how it runs. */
export interface Tool<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: ToolName;
  /** For a model: what it answers and when to use it. */
  readonly description: string;
  readonly input: I;
  readonly output: O;
  readonly scope: ToolScope;
  run(input: z.output<I>, context: ToolContext): Promise<z.input<O>>;
}

/** The decision on whose behalf a tool runs; a caller can't name another lead or event. */
export interface ToolContext {
  readonly frame: DecisionFrame;
  readonly eventId: string;
  /** What was read about the lead for this attempt. */
  readonly lead: LeadSide;
  /** Judges a placement once per attempt, and remembers it. */
  judge(proposed: ProposedPlacement): Promise<{ readonly facts: PlacementFacts; readonly judgement: Judgement }>;
  /** Notes what a search answered, for the recording. */
  searched?(query: unknown, answer: SearchProofAnswer): void;
}

/** What `act` alone has: the open transaction, and the lease that must still be its own. */
export interface PublishContext {
  readonly trx: Trx;
  readonly lease: Lease;
  readonly frame: DecisionFrame;
  /** The facts that the guardrail judged in this attempt; null where it did not. */
  judged(proposed: StandingProposal): PlacementFacts | null;
  /** Where it notes what it read, for the recording. */
  readonly notes?: ReadToPublish | undefined;
}

/** Answers a search in place of the index, or says that it can't (null). `query` is as the tool took it. */
export type SearchInstead = (query: unknown, context: ToolContext) => Promise<SearchProofAnswer | null>;

/** What was read again to publish. */
export interface ReadToPublish {
  lead: LeadSide | null;
  readonly placements: PlacementFacts[];
  /** The last contact of the window was taken meanwhile. */
  isCapFull: boolean;
}

/** Every tool there is, by what it may do. */
export interface ToolRegistry {
  readonly read: readonly Tool[];
  /** A box's tools in LangChain's form, for a tool-calling model. */
  forModel(box: ToolBox): StructuredToolInterface[];
  /** The read tools bound to one decision: what a planner is handed. */
  bind(context: ToolContext): ToolBox;
  /** The one tool that publishes: for `act` alone. */
  publish(input: PublishProofInput, context: PublishContext): Promise<PublishProofAnswer>;
}

/** The read tools bound to one decision; every call is parsed both ways, and what search offers is noted. */
export interface ToolBox {
  readonly names: readonly string[];
  /** Throws `invalid` for an unknown tool or an input that does not parse. */
  call(name: string, input: unknown): Promise<unknown>;
  /** What `search-proof` has offered so far: the only handles a plan may name. */
  readonly offers: readonly Offer[];
}

export interface Offer {
  readonly assetId: AssetId;
  readonly assetVersion: number;
  readonly touchpoint: { readonly channel: string; readonly place: string };
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
  /** Rule ids that a filter ruled it out by: shown in explanations, never to be placed. */
  readonly rejectedBy: readonly string[];
  /** Rule ids that put it before a person, should it be placed. */
  readonly asks: readonly string[];
}

export interface ToolDeps {
  readonly store: Store;
  readonly search: ProofSearch;
  readonly catalogue: Catalogue;
  readonly facts: FactGatherer;
  readonly guardrail: Guardrail;
  readonly permits: Permits;
  readonly policies: Pick<Policies, "isCurrent">;
  readonly publications: Publications;
  readonly ledger: ContactLedger;
  readonly inbox: Inbox;
  readonly deployment: Deployment;
  readonly ids: Ids;
  /** Where searches are answered from a recording. */
  readonly searchInstead?: SearchInstead | undefined;
}
