import type { Confidence } from "../domain/decision.ts";
import type { ConfidenceInput, PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import type { FreshnessLimits } from "./freshness.ts";
import { type Subject, subjectOf } from "./subject.ts";

/**
 * How sure the system is of a placement, 0..1: the weighted mean of five parts, each 0..1. A planner's own confidence
 * can only lower it. What is not known counts as nothing.
 *
 * - fit: the score that retrieval gave the version.
 * - evidence: ½ if the source is verified, ¼ if the grant has evidence, ¼ × the share of claims with substantiation
 *   (an asset that claims no figure has nothing to substantiate and gets the quarter).
 * - freshness: 1 − age ÷ twice the age limit of the kind: 1 when new, ½ at the limit.
 * - margin: ½ + (score − best other score) ÷ 0.4: ½ in a tie, 1 from a lead of 0.2 on; 1 where there is no other.
 * - completeness: the mean of the share of lead facts and the share of asset facts that are known.
 */
export function confidenceOf(facts: PlacementFacts, input: ConfidenceInput, limits: FreshnessLimits): Confidence {
  const subject = subjectOf(facts);
  const parts = {
    fit: part(input.chosen?.score ?? 0),
    evidence: part(evidence(subject)),
    freshness: part(freshness(subject, limits)),
    margin: part(margin(input)),
    completeness: part((leadShare(facts) + assetShare(subject)) / 2),
  };
  const mean =
    parts.fit * weights.fit +
    parts.evidence * weights.evidence +
    parts.freshness * weights.freshness +
    parts.margin * weights.margin +
    parts.completeness * weights.completeness;
  const value = input.selfConfidence === null ? mean : Math.min(mean, part(input.selfConfidence));
  return { value: part(value), threshold: facts.playbook.autonomy.confidenceThreshold, parts };
}

/** Allow at or above the threshold, else a person is asked. */
export function confidenceFinding(confidence: Confidence): Finding {
  const { value, threshold } = confidence;
  const isEnough = value >= threshold;
  return {
    rule: "autonomy.confidence",
    effect: isEnough ? "allow" : "review",
    reason: isEnough
      ? "The confidence is at or above the playbook's threshold."
      : "The confidence is under the playbook's threshold.",
    evidence: { value, threshold },
  };
}

/** They add up to 1. */
const weights = { fit: 0.35, evidence: 0.25, freshness: 0.15, margin: 0.1, completeness: 0.15 } as const;

function evidence({ version, grant }: Subject): number {
  if (version === null) return 0;
  const { claims, source } = version.content;
  const substantiated = claims.filter((claim) => claim.substantiation !== undefined).length;
  return (
    (source.verified ? 0.5 : 0) +
    (grant?.terms.evidence ? 0.25 : 0) +
    0.25 * (claims.length === 0 ? 1 : substantiated / claims.length)
  );
}

function freshness({ facts, version }: Subject, limits: FreshnessLimits): number {
  if (version === null) return 0;
  const age = Math.max(0, facts.now - Date.parse(version.content.freshnessTimestamp));
  return 1 - age / (2 * limits.ofKind(version.content.kind, facts.profile.freshnessDays));
}

function margin({ candidates, chosen }: ConfidenceInput): number {
  if (chosen === null) return 0;
  let next: number | null = null;
  for (const one of candidates) {
    // A candidate that a rule ruled out is no alternative, however well it fits.
    if (one.rejectedBy.length > 0) continue;
    if (one.assetId === chosen.assetId && one.assetVersion === chosen.assetVersion) continue;
    next = next === null ? one.score : Math.max(next, one.score);
  }
  return next === null ? 1 : 0.5 + (chosen.score - next) / 0.4;
}

function leadShare({ lead }: PlacementFacts): number {
  if (lead === null) return 0;
  const { company, persona, language, productInterest } = lead;
  return share([company, company?.industry, company?.size, persona, language, productInterest[0]]);
}

function assetShare({ facts, version }: Subject): number {
  if (version === null) return 0;
  const { themes, productContext, audienceSegment } = version.content;
  const endorser = facts.endorser ?? (version.endorserId === null ? version : undefined);
  return share([endorser, themes[0], productContext[0], audienceSegment.personas[0], audienceSegment.industries[0]]);
}

function share(known: readonly unknown[]): number {
  return known.filter((one) => one !== undefined && one !== null).length / known.length;
}

/** Clamped to 0..1 and rounded to four digits, so that a record reads well; NaN is nothing. */
function part(value: number): number {
  return Number.isNaN(value) ? 0 : Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}
