import type { Decision } from "../domain/decision.ts";
import type { LeadId } from "../domain/ids.ts";
import type { DemoDeps } from "./demo-deps.ts";

type BusyDeps = Pick<DemoDeps, "store" | "decisions" | "approvals" | "publications" | "clock">;

/** Whether a decision of the lead is being worked on, or is due to be. */
export async function isBusy(deps: BusyDeps, lead: LeadId): Promise<boolean> {
  const newest = await deps.decisions.list(deps.store.read, { leadId: lead, after: null, limit: 30 });
  for (const decision of newest) if (await isMoving(deps, decision)) return true;
  return false;
}

/** Waits until the lead's decisions rest; false when they still move after `timeoutMs`. */
export async function restsWithin(deps: BusyDeps, lead: LeadId, timeoutMs: number): Promise<boolean> {
  for (let waited = 0; await isBusy(deps, lead); waited += lookEveryMs) {
    if (waited >= timeoutMs) return false;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return true;
}

const lookEveryMs = 25;

async function isMoving(deps: BusyDeps, decision: Decision): Promise<boolean> {
  const { store, approvals, clock } = deps;
  switch (decision.status) {
    case "received":
    case "running":
      return true;
    case "held":
      return decision.wakeAt !== null && Date.parse(decision.wakeAt) <= clock.now();
    case "awaiting-approval": {
      const asked = await approvals.ofDecision(store.read, decision.decisionId);
      return !asked.some(({ status }) => status === "waiting");
    }
    case "published":
      return isBeingSent(deps, decision);
    case "no-action":
    case "denied":
    case "failed":
    case "withdrawn":
      return false;
  }
}

/** An e-mail leaves within a moment of its decision, unless something holds it up: that is nothing to wait for. */
async function isBeingSent({ store, publications, clock }: BusyDeps, decision: Decision): Promise<boolean> {
  if (clock.now() - Date.parse(decision.updatedAt) > leavesWithinMs) return false;
  for (const { touchpoint, publicationId, findings } of decision.placements) {
    if (touchpoint.channel !== "email" || publicationId === null) continue;
    if (findings.some(({ effect }) => effect === "hold")) continue;
    const state = (await publications.get(store.read, publicationId))?.delivery?.state;
    if (state === "pending" || state === "transmitting") return true;
  }
  return false;
}

const leavesWithinMs = 2000;
