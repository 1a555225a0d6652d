import type { Confidence } from "../domain/decision.ts";
import type { ConfidenceInput, PlacementFacts } from "../domain/facts.ts";
import type { Finding, Verdict } from "../domain/finding.ts";
import type { DecisionId, LeadId } from "../domain/ids.ts";
import type { Touchpoint } from "../domain/plan.ts";

/**
 * Rules → findings → verdict. Pure and synchronous; whatever goes wrong inside is a `deny` finding of the rule
 * `engine.failure`, so a caller never has to catch.
 */
export interface Guardrail {
  readonly rulesetVersion: string;
  /** Every rule on one placement, all findings at once (allow findings included, so an explanation lists what applied). */
  judge(facts: PlacementFacts): Judgement;
  /** Deny beats hold (the latest `until`) beats review beats allow; no finding at all denies. */
  fold(findings: readonly Finding[]): Verdict;
  /** The named parts and their value; the threshold is the playbook's. */
  confidence(facts: PlacementFacts, input: ConfidenceInput): Confidence;
  /** The finding of `autonomy.confidence`. */
  confidenceFinding(confidence: Confidence): Finding;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/** Leave to publish one exact content to one lead at one touchpoint until a time. Unforgeable: it carries a MAC. */
export interface Permit {
  readonly decisionId: DecisionId;
  readonly leadId: LeadId;
  readonly touchpoint: Touchpoint;
  readonly contentHash: string;
  readonly rulesetVersion: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
  readonly mac: string;
}

export interface Permits {
  issue(terms: Omit<Permit, "mac" | "rulesetVersion">): Permit;
  /** Null when it holds; otherwise why not. */
  refusal(permit: Permit, publishing: Omit<Permit, "mac" | "expiresAt" | "rulesetVersion">, now: number): string | null;
}
