import type { Observed } from "../domain/observed.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { ToolBox } from "../tools/tool.ts";

/**
 * Proposes; never publishes. What it returns is parsed and its handles are checked against what the tools offered, so
 * an implementation may return anything at all without harm.
 */
export interface Planner {
  readonly kind: "rules" | "llm";
  /** Changes whenever the same input may give another plan. */
  readonly version: string;
  /** A `Plan` (domain/plan.ts) from an honest planner; typed unknown because the graph parses whatever comes. */
  plan(request: PlanRequest, tools: ToolBox): Promise<unknown>;
}

export interface PlanRequest {
  readonly observed: Observed;
  readonly playbook: Playbook;
  /** `touchpoint|assetId@version` that the guardrail denied in this decision already, with the rule ids. */
  readonly denied: readonly {
    readonly assetId: string;
    readonly assetVersion: number;
    readonly touchpoint: string;
    readonly rules: readonly string[];
  }[];
}
