import type { JudgedPlacement, State } from "./state.ts";

/** How often the guardrail may send a plan back before the decision ends without action. */
export const maxReplans = 2;

export function afterObserve({ ending }: Pick<State, "ending">): "plan" | "report" {
  return ending ? "report" : "plan";
}

export function afterPlan({ ending, proposal }: Pick<State, "ending" | "proposal">): "plan" | "guardrail" | "report" {
  if (ending) return "report";
  return proposal?.kind === "place" ? "guardrail" : "plan";
}

/** A deny, or an open question about a version, goes back for another plan while the guardrail has set no ending; whatever still waits goes to a person. */
export function afterGuardrail({
  ending,
  placements,
}: Pick<State, "ending" | "placements">): "plan" | "approve" | "act" | "report" {
  if (ending) return "report";
  if (placements.some((one) => one.answer === "awaits-clearance")) return "plan";
  const standing = placements.filter(isStanding);
  if (standing.length === 0 || standing.some((one) => one.effect === "deny")) return "plan";
  return standing.every((one) => one.effect === "allow") ? "act" : "approve";
}

export const afterApprove = "guardrail";
export const afterAct = "report";

/** Whether a person's answer has left the placement in the plan. */
export function isStanding({ answer }: Pick<JudgedPlacement, "answer">): boolean {
  return answer === "none" || answer === "waiting" || answer === "discharged";
}
