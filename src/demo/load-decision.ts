import type { AuditEntry } from "../audit/audit.ts";
import type { Decision } from "../domain/decision.ts";
import { AppError } from "../domain/errors.ts";
import { explainDecision } from "../domain/explanation.ts";
import { assetId, type DecisionId, type LeadId } from "../domain/ids.ts";
import type { DemoDeps } from "./demo-deps.ts";
import { describeEvent } from "./event-phrase.ts";
import type { AssetWords, DecisionView, HistoryItem, LoggedEntry } from "./view.ts";

/** A decision with all that its story needs. Throws `not-found` when it is not this lead's. */
export async function loadDecision(deps: DemoDeps, lead: LeadId, id: DecisionId): Promise<DecisionView> {
  const db = deps.store.read;
  const decision = await deps.decisions.get(db, id);
  if (decision?.leadId !== lead) throw new AppError("not-found", "This lead has no decision of this id.");
  const asked = await deps.approvals.ofDecision(db, id);
  const waiting = asked.filter(({ status }) => status === "waiting");
  const questions = await Promise.all(waiting.map(({ approvalId }) => deps.approvals.get(db, approvalId)));
  const used = decision.playbook;
  return {
    decision,
    explanation: explainDecision(decision),
    event: await deps.inbox.event(db, decision.eventId),
    playbook: (used && deps.deployment.playbook(used.id, used.version)?.title) ?? used?.id ?? null,
    assets: await assetWords(deps, decision),
    questions: questions.filter((one) => one !== null),
    entries: await loggedEntries(deps, decision),
  };
}

export async function loadHistory(deps: DemoDeps, decisions: readonly Decision[]): Promise<readonly HistoryItem[]> {
  return await Promise.all(
    decisions.map(async ({ decisionId, eventId, status, createdAt }) => {
      const event = await deps.inbox.event(deps.store.read, eventId);
      return { decisionId, status, words: describeEvent(event), at: createdAt };
    }),
  );
}

async function assetWords({ store, catalogue }: DemoDeps, decision: Decision): Promise<Map<string, AssetWords>> {
  const words = new Map<string, AssetWords>();
  for (const { assetId: id, assetVersion } of [...decision.candidates, ...decision.placements]) {
    const key = `${id}@${assetVersion}`;
    if (words.has(key)) continue;
    const version = await catalogue.version(store.read, assetId.parse(id), assetVersion);
    if (version === null) continue;
    const { title, kind, language } = version.content;
    words.set(key, { title, kind, language });
  }
  return words;
}

/** What the log holds of the decision and its event, oldest first; what has no number yet is numbered now. */
async function loggedEntries(deps: DemoDeps, decision: Decision): Promise<readonly LoggedEntry[]> {
  const before = await readEntries(deps, decision);
  const isNumbered = before.every(({ seq }) => seq !== null);
  if (!isNumbered) await deps.sequencer.run();
  const entries = isNumbered ? before : await readEntries(deps, decision);
  return entries.map((entry) => ({ ...entry, leafHash: deps.leafHash(entry.body) }));
}

async function readEntries({ store, auditReader }: DemoDeps, decision: Decision): Promise<readonly AuditEntry[]> {
  const subjects = [decision.eventId, decision.decisionId];
  const found = await Promise.all(subjects.map((subject) => auditReader.bySubject(store.read, subject)));
  return found.flat().sort((a, b) => (a.entryId < b.entryId ? -1 : 1));
}
