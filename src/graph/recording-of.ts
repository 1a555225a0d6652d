import type { DecisionChange } from "../decisions/decisions.ts";
import { coveringGrant } from "../domain/covering-grant.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { LeadFacts } from "../domain/lead.ts";
import type { SearchProofAnswer } from "../domain/tool-answers.ts";
import type { LeadSide } from "../facts/facts.ts";
import type {
  RecordedAct,
  RecordedAsset,
  RecordedLead,
  RecordedSearch,
  Recording,
  Recordings,
} from "../recordings/recording.ts";
import type { Trx } from "../store/store.ts";
import type { Attempt } from "./attempt.ts";
import type { ActNotes } from "./attempt-notes.ts";
import type { State } from "./state.ts";

/** Records the attempt beside the record that it rests with. Nothing is read for it: all was noted as it was read. */
export async function record(
  trx: Trx,
  recordings: Recordings,
  state: State,
  attempt: Attempt,
  rested: Required<DecisionChange>,
): Promise<void> {
  if (recordings.isOn) await recordings.add(trx, recordingOf(state, attempt, rested));
}

function recordingOf({ decisionId, observed }: State, attempt: Attempt, rested: Required<DecisionChange>): Recording {
  const { notes, lease, number, now } = attempt;
  const gaps: string[] = [];
  const seen = observed?.lead ?? null;
  const assets = toAssets(notes.judged, gaps);
  const runsAgain = rested.status === "held" || rested.status === "awaiting-approval";
  const { observed: _, ...decided } = rested;
  return {
    decisionId,
    attempt: lease.attempt,
    record: decided,
    reads: {
      now,
      resumes: number === lease.attempt ? null : number,
      ...(runsAgain ? { observed } : {}),
      isOvertaken: notes.isOvertaken,
      lead: notes.lead && toLead(notes.lead, seen),
      assets,
      searches: notes.searches.map(toSearch),
      ...(notes.plans.length > 0 ? { plans: notes.plans } : {}),
      answers: notes.answers.map(({ approvalId, status }) => ({ approvalId, status })),
      act: notes.act && toAct(notes.act, notes.lead, assets, seen, gaps),
      gaps,
    },
  };
}

function toLead({ lead, ...side }: LeadSide, seen: LeadFacts | null): RecordedLead {
  return isSame(lead, seen) ? side : { lead, ...side };
}

/** Each asset once. Read twice within an attempt and not the same, it changed in between: a replay knows the first. */
function toAssets(judged: readonly PlacementFacts[], gaps: string[]): readonly RecordedAsset[] {
  const byId = new Map<string, RecordedAsset & { readonly uses: Record<string, number> }>();
  for (const facts of judged) {
    const { assetId, assetStatus, currentVersion, grants, endorser, clearances, seen } = facts;
    const read = { assetId, assetStatus, currentVersion, grants, endorser, clearances, seen };
    const known = byId.get(assetId);
    const asset = known ?? { ...read, uses: {} };
    if (known) {
      const { uses: _, ...before } = known;
      if (!isSame(before, read)) gaps.push(`The asset ${assetId} changed while the decision was made.`);
    } else byId.set(assetId, asset);
    const grant = facts.grantUses === null ? null : grantOf(facts);
    if (grant && facts.grantUses !== null) asset.uses[grant] = facts.grantUses;
  }
  return [...byId.values()];
}

function grantOf({ grants, now, touchpoint, lead, playbook }: PlacementFacts): string | null {
  const use = { now, channel: touchpoint.channel, territory: lead?.country ?? "", purpose: playbook.purpose };
  return coveringGrant(grants, use)?.grantId ?? null;
}

function toSearch({ query, answer }: { query: unknown; answer: SearchProofAnswer }): RecordedSearch {
  return {
    query,
    hits: answer.hits.map(({ assetId, assetVersion, score, parts, asks }) => {
      return { assetId, assetVersion, score, parts, ...(asks && { asks }) };
    }),
    ruledOut: answer.ruledOut.map(({ assetId, assetVersion, score, parts, rejectedBy }) => {
      return { assetId, assetVersion, score, parts, rejectedBy };
    }),
  };
}

function toAct(
  act: ActNotes,
  judged: LeadSide | null,
  before: readonly RecordedAsset[],
  seen: LeadFacts | null,
  gaps: string[],
): RecordedAct {
  const assets = toAssets(act.placements, gaps).filter((one) => !before.some((known) => coversAct(known, one)));
  return {
    now: act.now,
    ...(act.lead && !isSame(act.lead, judged) ? { lead: toLead(act.lead, seen) } : {}),
    ...(assets.length > 0 ? { assets } : {}),
    ...(act.isCapFull ? { isCapFull: true } : {}),
  };
}

/** Judged uses may be of more grants than were read again. */
function coversAct(known: RecordedAsset, read: RecordedAsset): boolean {
  const { uses: knownUses, ...before } = known;
  const { uses, ...now } = read;
  return isSame(before, now) && Object.entries(uses).every(([grant, count]) => knownUses[grant] === count);
}

/** Both were read by the same code, so their keys stand in one order. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
