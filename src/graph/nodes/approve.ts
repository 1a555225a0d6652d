import { interrupt } from "@langchain/langgraph/web";
import type { Patch, State } from "../state.ts";

/**
 * Waits for a person, and nothing else: LangGraph runs a node again from its first line on resume. What was answered
 * is read from the approval rows by the guardrail, not from the value it is resumed with.
 */
export function approve(state: State): Patch {
  interrupt({ approvals: state.placements.flatMap((one) => (one.approval ? [one.approval.approvalId] : [])) });
  return { asked: true };
}
