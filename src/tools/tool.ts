import type { z } from "zod";
import type { DecisionId, LeadId } from "../domain/ids.ts";
import type { Playbook } from "../domain/playbook.ts";

/** What a tool may do: read, or publish. Only `act` is handed the tools that publish. */
export type ToolScope = "read" | "publish";

/** A tool is data: what goes in, what comes out, what it may do, how it runs. */
export interface Tool<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** For a model: what it answers and when to use it. */
  readonly description: string;
  readonly input: I;
  readonly output: O;
  readonly scope: ToolScope;
  run(input: z.output<I>, context: ToolContext): Promise<z.input<O>>;
}

/** The decision on whose behalf a tool runs; a caller can't name another lead or event. */
export interface ToolContext {
  readonly decisionId: DecisionId;
  readonly leadId: LeadId;
  readonly eventId: string;
  readonly playbook: Playbook;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** The tools of one scope bound to one decision; every call is parsed both ways and noted. */
export interface ToolBox {
  readonly names: readonly string[];
  /** Throws `invalid` for an unknown tool or input that does not parse. */
  call(name: string, input: unknown): Promise<unknown>;
  /** What `search-proof` has offered so far: the only handles a plan may name. */
  readonly offers: readonly Offer[];
}

export interface Offer {
  readonly assetId: string;
  readonly assetVersion: number;
  readonly touchpoint: { readonly channel: string; readonly place: string };
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
}
