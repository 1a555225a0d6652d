import type { Confidence } from "../domain/decision.ts";
import type { ConfidenceInput, PlacementFacts, StopScope } from "../domain/facts.ts";
import type { Effect, Finding, Verdict } from "../domain/finding.ts";
import type { DecisionId, LeadId, PlacementId } from "../domain/ids.ts";
import type { Touchpoint } from "../domain/plan.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";

/**
 * Rules → findings → verdict. Pure and synchronous; whatever goes wrong inside is a `deny` finding of the rule
 * `engine.failure`, so a caller never has to catch.
 */
export interface Guardrail {
  /** The ruleset in force at a time, milliseconds UTC. */
  rulesetVersionAt(at: number): string;
  /** Every rule on one placement, all findings at once (allow findings included, so an explanation lists what applied). */
  judge(facts: PlacementFacts): Judgement;
  /** From when on (milliseconds UTC) the clock alone would have the rules say something else of it; Infinity: never. */
  standsUntil(facts: PlacementFacts): number;
  /** Deny beats hold (the latest `until`) beats review beats allow; no finding at all denies. */
  fold(findings: readonly Finding[]): Verdict;
  /** The named parts and their value; the threshold is the playbook's. */
  confidence(facts: PlacementFacts, input: ConfidenceInput): Confidence;
  /** The finding of `autonomy.confidence`. */
  confidenceFinding(confidence: Confidence): Finding;
  /**
   * The judgement, the confidence and a person's approval as one. There is a leave only where nothing stands against
   * the placement, and only for a judgement and a confidence that this guardrail itself made of the same facts.
   */
  rule(judgement: Judgement, confidence: Confidence, approval: GivenApproval | null): Ruling;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** The ruleset that was in force when the facts were read. */
  readonly rulesetVersion: string;
}

/** A person's yes to one content: it discharges exactly the findings that the person was shown. */
export interface GivenApproval {
  readonly contentHash: string;
  readonly findings: readonly Finding[];
}

export interface Ruling extends Ruled {
  readonly findings: readonly Finding[];
  /** What stands in place of the hold, where quiet hours alone hold it and it may be published to be sent later. */
  readonly later: Ruled | null;
}

export interface Ruled {
  readonly verdict: Verdict;
  /** Every question of the verdict was answered by the approval. */
  readonly isDischarged: boolean;
  readonly leave: Leave | null;
}

/** Stands for "nothing is against publishing this". Only the guardrail makes one; it can't be copied, stored or built. */
export interface Leave {
  readonly kind: "leave";
}

/** Leave to publish one exact content to one lead at one touchpoint until a time. Unforgeable: it carries a MAC. */
export interface Permit {
  readonly decisionId: DecisionId;
  /** The placement for which it is used up: a publication is written once for each decision and touchpoint. */
  readonly placementId: PlacementId;
  readonly leadId: LeadId;
  readonly touchpoint: Touchpoint;
  readonly contentHash: string;
  /** Review questions that a person answered for this content, and that so may still ask when it is published. */
  readonly discharged: readonly string[];
  readonly rulesetVersion: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
  readonly mac: string;
}

export interface Permits {
  /** Throws `corrupt` for a leave that the guardrail did not give. Lead, place, content and questions are the leave's. */
  issue(leave: Leave, terms: Pick<Permit, "decisionId" | "placementId" | "expiresAt">): Permit;
  /** Null when it holds; otherwise why not. */
  refusal(permit: Permit, publishing: Publishing, now: number): Refusal | null;
}

export type Publishing = Pick<Permit, "decisionId" | "placementId" | "leadId" | "touchpoint" | "contentHash">;

/** `expired`: it was good, and what it stood for may be judged anew. */
export interface Refusal {
  readonly kind: "invalid" | "expired";
  readonly reason: string;
}

/** A file of a deployment's own rules by its name: `*.cedar`, or `overrides.yaml`. */
export interface PolicyFile {
  readonly name: string;
  readonly text: string;
}

/** What a deployment adds to the built-in rules. Its own can only forbid, and its overrides only make stricter. */
export interface OwnRules {
  /** By what is in the files, such as `own.4f1d2c9a0b7e`: two sets never share one. */
  readonly version: string;
  readonly files: readonly PolicyFile[];
  readonly tightenings: readonly Tightening[];
}

/** What a rule would ask of a person, or hold, it denies. */
export interface Tightening {
  readonly rule: string;
  readonly reason: string;
}

/** What a built-in rule would deny a person is asked instead, until it ends. Set by an administrator, by name. */
export interface Softening {
  readonly overrideId: string;
  readonly rule: string;
  /** Which placements it is for, as a stop has it: all, a channel's, a playbook's, an asset's. */
  readonly scope: StopScope;
  readonly target: string;
  /** An API key's id. */
  readonly by: string;
  readonly reason: string;
  /** Milliseconds UTC; it stands from the first until before the second. */
  readonly from: number;
  readonly until: number;
}

/** A set that was looked at: with a problem it can't be used; a warning is for a person to think about. */
export interface CheckedRules {
  /** Null where there is a problem. */
  readonly rules: OwnRules | null;
  readonly problems: readonly PolicyProblem[];
  readonly warnings: readonly PolicyProblem[];
}

/** What a deployment adds to the built-in rules at a time. */
export interface StandingRules {
  readonly own: OwnRules | null;
  readonly softenings: readonly Softening[];
}

/** The guardrail whose rules can be changed while decisions are made: each is judged by one set in whole. */
export interface SwitchableGuardrail extends Guardrail {
  /** Makes rules ready to stand; calling what comes back makes them stand. Throws `config` for rules that are not usable. */
  prepare(next: StandingRules): () => void;
  /** The rules in force at a time, milliseconds UTC, by id. */
  rulesAt(at: number): readonly RuleInForce[];
}

/** What is known of the rules besides judging: for whoever keeps what a deployment adds. */
export interface RulePack {
  /** Everything that is wrong with a set at once; `starting` lets pass that a policy has ended since. */
  check(
    files: readonly PolicyFile[],
    at: { readonly now: number; readonly when: "switching" | "starting" },
  ): CheckedRules;
  /** Whether a person may be asked what the rule denies. */
  softening(rule: string): { readonly answer: "possible" | "unknown" | "refused"; readonly words: string };
}

/** One rule as a list of them tells it. */
export interface RuleInForce {
  readonly rule: string;
  readonly pack: "built-in" | "own";
  readonly kind: "facts" | "text";
  /** What follows when it is not satisfied, overrides taken in; empty for a rule on text, which says so case by case. */
  readonly effects: readonly Effect[];
  readonly source: string;
  /** Milliseconds UTC; the end is null where none is set. */
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  readonly override: "tightened" | "softened" | null;
}
