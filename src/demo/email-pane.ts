import type { DemoDeps } from "./demo-deps.ts";
import type { DecisionView, EmailPane } from "./view.ts";

/** What became of e-mail in the decision, in words. */
export async function emailPane(_deps: DemoDeps, shown: DecisionView | null): Promise<EmailPane> {
  if (shown === null) return { kind: "none", words: "Nothing has happened yet." };
  const { status } = shown.decision;
  if (status === "received" || status === "running") return { kind: "none", words: "The decision is being made." };
  return { kind: "none", words: "No e-mail was part of this decision." };
}
