import type { Deployment } from "../deployment/deployment.ts";
import { AppError } from "../domain/errors.ts";
import type { DecisionFrame } from "../facts/facts.ts";
import type { Planner } from "../planners/planner.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { State } from "./state.ts";

export interface FrameDeps {
  readonly deployment: Deployment;
  readonly planner: Pick<Planner, "kind" | "version">;
  readonly clock: Clock;
}

/** What the decision is about, from its state, at the moment of the attempt. Throws `config` when its playbook version is no longer loaded. */
export function frameOf(
  { deployment, planner }: Pick<FrameDeps, "deployment" | "planner">,
  state: State,
  { now }: { readonly now: number },
): DecisionFrame {
  const { observed } = state;
  if (!observed?.playbook) throw new AppError("corrupt", "The decision reached a node before it was observed.");
  const { id, version } = observed.playbook;
  const playbook = deployment.playbook(id, version);
  if (!playbook) {
    throw new AppError("config", `Playbook ${id} version ${version}, under which this decision began, is not loaded.`);
  }
  return {
    decisionId: state.decisionId,
    leadId: state.leadId,
    playbook,
    eventAt: observed.eventAt,
    now,
    planner: (state.proposal?.kind === "place" && state.proposal.by) || {
      kind: planner.kind,
      version: planner.version,
    },
  };
}
