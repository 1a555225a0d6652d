import { type BaseCheckpointSaver, END, START, StateGraph } from "@langchain/langgraph/web";
import { leanSteps } from "./lean-steps.ts";
import { type ActDeps, makeAct } from "./nodes/act.ts";
import { approve } from "./nodes/approve.ts";
import { type GuardrailDeps, makeGuardrailNode } from "./nodes/guardrail.ts";
import { makeObserve, type ObserveDeps } from "./nodes/observe.ts";
import { makePlan, type PlanDeps } from "./nodes/plan.ts";
import { makeReport, type ReportDeps } from "./nodes/report.ts";
import { afterAct, afterApprove, afterGuardrail, afterObserve, afterPlan } from "./routes.ts";
import { route } from "./routing.ts";
import { DecisionState } from "./state.ts";
import { timed } from "./timed-node.ts";
import { installTurnStorage } from "./turn-storage.ts";

export type GraphDeps = ObserveDeps & PlanDeps & GuardrailDeps & ActDeps & ReportDeps;

/** One decision, from observed event to closed record. Wiring only: what happens is in nodes/, where it goes in routes.ts. */
export function makeDecisionGraph(deps: GraphDeps, checkpointer: BaseCheckpointSaver) {
  installTurnStorage();
  const graph = new StateGraph({ state: DecisionState })
    .addNode("observe", timed("observe", makeObserve(deps)))
    .addNode("plan", timed("plan", makePlan(deps)))
    .addNode("guardrail", timed("guardrail", makeGuardrailNode(deps)))
    .addNode("approve", approve)
    .addNode("act", timed("act", makeAct(deps)))
    .addNode("report", timed("report", makeReport(deps)))
    .addEdge(START, "observe")
    .addConditionalEdges("observe", route(afterObserve), ["plan", "report"])
    .addConditionalEdges("plan", route(afterPlan), ["plan", "guardrail", "report"])
    .addConditionalEdges("guardrail", route(afterGuardrail), ["plan", "approve", "act", "report"])
    .addEdge("approve", afterApprove)
    .addEdge("act", afterAct)
    .addEdge("report", END)
    .compile({ checkpointer });
  return leanSteps(graph);
}

export type DecisionGraph = ReturnType<typeof makeDecisionGraph>;
