import type { LangGraphRunnableConfig } from "@langchain/langgraph/web";
import { AppError } from "../domain/errors.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { ApprovalId } from "../domain/ids.ts";
import type { ProposedPlacement } from "../domain/plan.ts";
import type { DecisionFrame, FactGatherer, LeadSide, StandingProposal } from "../facts/facts.ts";
import type { Guardrail, Judgement } from "../guardrails/guardrail.ts";
import type { Lease } from "../intake/intake.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import { type AttemptNotes, makeAttemptNotes } from "./attempt-notes.ts";
import type { RunRecorder } from "./run-recorder.ts";
import type { JudgedPlacement, Patch, State } from "./state.ts";

/**
 * What lives as long as one attempt and is never checkpointed: the lease, the clock per node, and the facts as they
 * were read, so that plan and guardrail judge the same facts once. A resumed run has a new attempt and reads anew.
 */
export interface Attempt {
  readonly lease: Lease;
  /** The attempt that began the run: a resumed one keeps its number, and with it its thread. */
  readonly number: number;
  /** Milliseconds UTC at which it began: the one moment at which it observes, plans and judges. */
  readonly now: number;
  readonly timingsMs: Record<string, number>;
  /** Null where nothing is traced. */
  readonly recorder: RunRecorder | null;
  /** What it read, for its recording. */
  readonly notes: AttemptNotes;
  lead(frame: DecisionFrame): Promise<LeadSide>;
  /** `before`: what of the plan comes before it and stands, since it uses the same grants. */
  judge(frame: DecisionFrame, proposed: StandingProposal, before?: readonly ProposedPlacement[]): Promise<Judged>;
  /** Remembers the words that a person wrote in that approval, for as long as the attempt lasts. */
  edited(id: ApprovalId, framing: string): void;
  /** The placement with the framing that stands. Throws `corrupt` for an edit that this attempt does not know. */
  standing(placement: Pick<JudgedPlacement, "proposed" | "editedIn">): StandingProposal;
  /** The facts judged for this placement in this attempt; null when it was not. */
  judged(proposed: StandingProposal): PlacementFacts | null;
  /** The ruleset of the newest judgement; null when nothing was judged. */
  rulesetVersion(): string | null;
  /** Ids of the rules that denied the version in this attempt, wherever it was tried. */
  rulesAgainst(assetId: string, assetVersion: number): readonly string[];
}

export interface Judged {
  readonly facts: PlacementFacts;
  readonly judgement: Judgement;
}

interface AttemptDeps {
  readonly clock: Clock;
  readonly store: Store;
  readonly facts: FactGatherer;
  readonly guardrail: Guardrail;
}

export function makeAttempt(
  { store, facts, guardrail, clock }: AttemptDeps,
  lease: Lease,
  number: number,
  recorder: RunRecorder | null = null,
): Attempt {
  const judgedByKey = new Map<string, Judged & { readonly after: string }>();
  const edits = new Map<ApprovalId, string>();
  const notes = makeAttemptNotes();
  let rulesetVersion: string | null = null;
  let leadSide: Promise<LeadSide> | null = null;
  const lead = (frame: DecisionFrame) => {
    leadSide ??= facts.lead(store.read, frame).then((read) => {
      notes.lead = read;
      return read;
    });
    return leadSide;
  };
  return {
    lease,
    number,
    now: clock.now(),
    timingsMs: {},
    recorder,
    notes,
    lead,
    async judge(frame, proposed, before = []) {
      const key = keyOf(proposed);
      const after = before.map(keyOf).join("\n");
      const known = judgedByKey.get(key);
      if (known?.after === after) return known;
      const gathered = await facts.placement(store.read, frame, await lead(frame), proposed, before);
      const judged = { facts: gathered, judgement: guardrail.judge(gathered), after };
      judgedByKey.set(key, judged);
      rulesetVersion = judged.judgement.rulesetVersion;
      notes.judged.push(gathered);
      return judged;
    },
    edited: (id, framing) => void edits.set(id, framing),
    standing({ proposed, editedIn }) {
      if (editedIn === null) return proposed;
      const framing = edits.get(editedIn);
      if (framing === undefined) throw new AppError("corrupt", "The words of an edit were not read in this attempt.");
      return { ...proposed, framing, isEdited: true };
    },
    judged: (proposed) => judgedByKey.get(keyOf(proposed))?.facts ?? null,
    rulesetVersion: () => rulesetVersion,
    rulesAgainst(assetId, assetVersion) {
      const rules = [...judgedByKey.values()]
        .filter((one) => one.facts.assetId === assetId && one.facts.assetVersion === assetVersion)
        .flatMap((one) => one.judgement.findings)
        .filter((found) => found.effect === "deny")
        .map((found) => found.rule);
      return [...new Set(rules)];
    },
  };
}

function keyOf({ assetId, assetVersion, touchpoint, framing, excerpt, isEdited = false }: StandingProposal): string {
  return JSON.stringify([assetId, assetVersion, touchpoint.channel, touchpoint.place, framing, excerpt, isEdited]);
}

/** A node of ours: the state and the attempt in, a patch out. */
export type Node = (state: State, attempt: Attempt) => Promise<Patch>;

/** The attempt rides in the run's config, outside of the state, under this key. */
export const attemptKey = "attempt";

export function attemptOf(config: Partial<LangGraphRunnableConfig> | undefined): Attempt {
  const attempt: unknown = config?.configurable?.[attemptKey];
  if (!isAttempt(attempt)) throw new AppError("corrupt", "The decision graph was run without an attempt.");
  return attempt;
}

function isAttempt(value: unknown): value is Attempt {
  return typeof value === "object" && value !== null && "lease" in value && "judge" in value;
}
