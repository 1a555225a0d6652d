import type { EmailPreview } from "../channels/email/email.ts";
import { dateTime } from "../domain/date-time.ts";
import type { Decision, PlacementRecord } from "../domain/decision.ts";
import { ruleWords } from "../domain/rule-words.ts";
import type { DemoDeps } from "./demo-deps.ts";
import type { DecisionView, EmailPane } from "./view.ts";

type PaneDeps = Pick<DemoDeps, "store" | "emailPreviews" | "deployment" | "sendsMail">;

/** The e-mail of the decision as its reader gets it; else why there is none, in words. */
export async function emailPane(deps: PaneDeps, shown: DecisionView | null): Promise<EmailPane> {
  if (shown === null) return none("Nothing has happened yet.");
  const { decision } = shown;
  if (decision.status === "received" || decision.status === "running") return none("The decision is being made.");
  const placement = decision.placements.find(({ touchpoint }) => touchpoint.channel === "email");
  if (placement === undefined) return none(wordsWithout(deps, decision));
  const { publicationId } = placement;
  const preview = publicationId && (await deps.emailPreviews.preview(deps.store.read, publicationId));
  if (!preview) return none(wordsNotSent(decision, placement));
  const { state, fromName, subject, text } = preview;
  const words = stateWords(deps, placement, preview);
  return { kind: "message", publicationId, state, words, from: fromName, subject, text };
}

function none(words: string): EmailPane {
  return { kind: "none", words };
}

/** The playbook has an e-mail for the moment or it has not; where it has, the rules that its candidates met say why. */
function wordsWithout({ deployment }: PaneDeps, { playbook: used, candidates, status }: Decision): string {
  const playbook = used && deployment.playbook(used.id, used.version);
  if (!playbook?.touchpoints.some(({ channel }) => channel === "email")) {
    return "No e-mail is meant for this moment: the playbook has none.";
  }
  const met = new Set(candidates.flatMap(({ rejectedBy }) => rejectedBy).filter((rule) => aboutLead.test(rule)));
  if (met.size > 0) return `No e-mail went out: ${[...met].map((rule) => `${ruleWords(rule)} (${rule})`).join("; ")}.`;
  if (status === "held") return "No e-mail went out, for now: the decision is held.";
  return "No e-mail went out: no proof was left that may be sent.";
}

/** Rules on what a lead may be sent, rather than on one proof. */
const aboutLead = /^(?:consent|email)[.]/;

function wordsNotSent(decision: Decision, { findings, state }: PlacementRecord): string {
  if (state === "awaiting-approval") return "An e-mail is part of what waits for your answer.";
  const against = findings.filter(({ effect }) => effect === "deny" || effect === "hold");
  const reasons = against.map(({ rule, reason }) => `${reason} (${rule})`);
  if (reasons.length > 0) return `The e-mail did not go out. ${reasons.join(" ")}`;
  return decision.status === "held" ? "The e-mail is held with the decision." : "The e-mail did not go out.";
}

function stateWords({ sendsMail }: PaneDeps, { findings }: PlacementRecord, { state }: EmailPreview): string {
  switch (state) {
    case "pending": {
      const hold = findings.find(({ effect, until }) => effect === "hold" && until !== undefined);
      if (hold?.until === undefined) return "It waits to be handed over.";
      return `It waits until ${dateTime(hold.until)} UTC. ${hold.reason}`;
    }
    case "transmitting":
      return "It is being handed over.";
    case "delivered":
      return sendsMail ? "The mail server took it." : "Written to the outbox folder: no mail server is named.";
    case "failed":
      return "It could not be sent; an operator can try again.";
    case "unknown":
      return "Whether it went out is not known, so it is not sent again by itself.";
    case "cancelled":
      return "It was still queued, and was cancelled.";
  }
}
