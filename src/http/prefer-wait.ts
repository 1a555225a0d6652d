import { closedStatuses, type Decision } from "../domain/decision.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { HttpDeps } from "./http.ts";

const longestWaitSeconds = 30;

/** `Prefer: wait=N` (RFC 7240, section 4.3) in seconds, capped at 30; null when the header asks for nothing of the kind. */
export function waitSeconds(prefer: string | undefined): number | null {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?([0-9]{1,9})"?(?:$|[,;\s])/i.exec(prefer ?? "")?.[1];
  return seconds === undefined ? null : Math.min(Number(seconds), longestWaitSeconds);
}

/** The decision once it is closed, held or with a person; null when that takes longer than the wait. */
export async function waitUntilRested(
  deps: Pick<HttpDeps, "store" | "decisions" | "signals">,
  id: DecisionId,
  { timeoutMs, isNew }: { readonly timeoutMs: number; readonly isNew: boolean },
): Promise<Decision | null> {
  // Listening first: it could come to rest while it is being read. One accepted just now cannot have yet.
  const word = timeoutMs > 0 ? deps.signals.wait(id, timeoutMs) : Promise.resolve(false);
  const before = isNew ? null : await deps.decisions.get(deps.store.read, id);
  if (before !== null && isAtRest(before)) return before;
  // Read in any case: another process may have run it, whose word is not heard here.
  await word;
  const after = await deps.decisions.get(deps.store.read, id);
  return after !== null && isAtRest(after) ? after : null;
}

function isAtRest({ status }: Decision): boolean {
  return closedStatuses.includes(status) || status === "held" || status === "awaiting-approval";
}
