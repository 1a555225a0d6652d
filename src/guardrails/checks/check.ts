import type { Effect, Finding } from "../../domain/finding.ts";
import type { Subject } from "../subject.ts";

/** A rule on text. What it reads of the subject may be missing; then it does not hold. */
export interface Check {
  readonly rule: string;
  readonly holds: string;
  readonly source: string;
  /** Milliseconds UTC. */
  readonly effectiveFrom: number;
  applies(subject: Subject): boolean;
  /** What stands against the placement; empty when the rule holds. */
  examine(subject: Subject): readonly Finding[];
}

export function against(
  rule: string,
  effect: Exclude<Effect, "allow" | "hold">,
  reason: string,
  evidence: Finding["evidence"] = {},
): Finding {
  return { rule, effect, reason, evidence };
}

/** A question about the asset version alone, which a person's clearance answers once for every lead. */
export function asked(rule: string, reason: string, evidence: Finding["evidence"] = {}): Finding {
  return { rule, effect: "review", reason, evidence, about: "version" };
}

/** The first ruleset's date of force. */
export const firstOfForce = Date.parse("2026-11-01");
