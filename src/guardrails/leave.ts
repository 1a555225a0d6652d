import { contentHash } from "../domain/compose-content.ts";
import type { Confidence } from "../domain/decision.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { type Finding, questionOf, type Verdict } from "../domain/finding.ts";
import { quietHold } from "../domain/quiet-hold.ts";
import { foldFindings } from "./fold.ts";
import type { GivenApproval, Judgement, Leave, Ruling } from "./guardrail.ts";

/** What a leave stands for. */
export interface LeaveTerms {
  readonly facts: PlacementFacts;
  readonly contentHash: string;
  readonly rulesetVersion: string;
  /** Review questions that stood and that a person answered for exactly this content. */
  readonly discharged: readonly string[];
}

/**
 * The evaluator's own book of what it judged and what it gave leave for. Objects in it are known by identity: one that
 * only looks like a judgement, a confidence or a leave is none.
 */
export function makeLeaveBook() {
  const judged = new WeakMap<Judgement, PlacementFacts>();
  const sure = new WeakMap<Confidence, PlacementFacts>();

  return {
    judgement(judgement: Judgement, facts: PlacementFacts): Judgement {
      // What was judged must be what is published: neither can be changed from now on.
      deepFreeze(facts.content);
      Object.freeze(facts);
      deepFreeze(judgement.findings);
      judged.set(Object.freeze(judgement), facts);
      return judgement;
    },

    confidence(confidence: Confidence, facts: PlacementFacts): Confidence {
      sure.set(confidence, facts);
      return confidence;
    },

    /** The fold of the judgement and the confidence, with what a person answered; a leave where nothing stands against it. */
    rule(
      judgement: Judgement,
      confidenceFound: Finding,
      confidence: Confidence,
      approval: GivenApproval | null,
    ): Ruling {
      const facts = judged.get(judgement);
      const findings = [...judgement.findings, confidenceFound];
      const verdict = foldFindings(findings);
      const isOurs = facts !== undefined && sure.get(confidence) === facts;
      const ruled = (ruling: Verdict) => {
        const hash = facts?.content ? contentHash(facts.content) : null;
        const answered = approval !== null && approval.contentHash === hash ? approval.findings.map(questionOf) : [];
        const isDischarged = ruling.effect === "review" && isAnswered(ruling.findings, answered);
        const isAllowed = ruling.effect === "allow" || isDischarged;
        const leave =
          isAllowed && isOurs && hash !== null
            ? give({ facts, contentHash: hash, rulesetVersion: judgement.rulesetVersion, discharged: answered })
            : null;
        return { verdict: ruling, isDischarged, leave };
      };
      const quiet = verdict.effect === "hold" ? quietHold(findings) : null;
      return { findings, ...ruled(verdict), later: quiet && ruled(foldFindings(quiet.rest)) };
    },
  };
}

/** What the evaluator gave leave for; null for anything else. */
export function termsOf(leave: Leave): LeaveTerms | null {
  return given.get(leave) ?? null;
}

const given = new WeakMap<object, LeaveTerms>();

function give(terms: LeaveTerms): Leave {
  const leave = Object.freeze({ kind: "leave" as const });
  given.set(leave, terms);
  return leave;
}

function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}

function isAnswered(findings: readonly Finding[], answered: readonly string[]): boolean {
  return findings.every((found) => answered.includes(questionOf(found)));
}
