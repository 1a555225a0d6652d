import type { Deployment } from "../deployment/deployment.ts";
import type { RequestedChange } from "../domain/what-if-report.ts";
import type { Change } from "../replay/replay.ts";
export async function readChange(_: RequestedChange, __: Deployment): Promise<Change> {
  return { playbooks: [], threshold: null, profile: null, guardrail: null, planner: null };
}
