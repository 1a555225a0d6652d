import type { TraceLine } from "../eval.ts";
import { gradeOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** The tools that a planner is handed; `publish-proof` is the act node's alone. */
export const readTools = ["lookup-lead", "search-proof", "check-license", "check-consent", "exposure-history"] as const;

/** Always on: every run that the step set off went through the graph by its edges, each tool called where it may be. */
export const gradeTrajectory: MomentGrader = ({ trace, step }) => {
  if (trace.length === 0) return [];
  const decisions = [...new Set(trace.map(({ decisionId }) => decisionId))];
  const broken = decisions.flatMap((id) => brokenIn(trace.filter(({ decisionId }) => decisionId === id)));
  const got = trace.map(({ name }) => name);
  const wanted = "a way by the graph's edges, each tool where it may be called";
  return [
    gradeOf("trajectory", step, {
      passed: broken.length === 0,
      wanted,
      came: broken.join("; "),
      expected: [],
      got: broken.length > 0 ? got : [],
    }),
  ];
};

const beginnings = ["observe", "guardrail"];

/** The graph's edges; `approve` is an interrupt and leaves no line, so a resumed run goes on with `guardrail`. */
const edges: Readonly<Record<string, readonly string[]>> = {
  observe: ["plan", "report"],
  plan: ["plan", "guardrail", "report"],
  guardrail: ["plan", "act", "report", "guardrail"],
  act: ["report"],
  report: beginnings,
};

function brokenIn(lines: readonly TraceLine[]): readonly string[] {
  const broken: string[] = [];
  let last: TraceLine | null = null;
  for (const line of lines) {
    if (line.kind === "node") {
      const isFresh = last === null || last.error !== null;
      const allowed: readonly string[] = isFresh || last === null ? beginnings : (edges[last.name] ?? []);
      if (!allowed.includes(line.name)) broken.push(`${line.name} after ${last?.name ?? "nothing"}`);
      last = line;
    } else if (!mayCall(last?.name ?? null, line.name)) {
      broken.push(`${line.name} called in ${last?.name ?? "no node"}`);
    }
  }
  return broken;
}

function mayCall(node: string | null, tool: string): boolean {
  if (tool === "publish-proof") return node === "act";
  return node === "plan" && readTools.some((name) => name === tool);
}
