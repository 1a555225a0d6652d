import { z } from "zod";
import type { CandidateRecord, Decision, PlacementRecord } from "./decision.ts";
import { effect } from "./finding.ts";
import { approvalId, assetId, decisionId, placementId } from "./ids.ts";
import { touchpoint } from "./plan.ts";
import { meaningOf, ruleWords } from "./rule-words.ts";

const citedRule = z.strictObject({ rule: z.string(), words: z.string() });

/** GET /v1/decisions/:id/explanation: every sentence beside the rule ids and figures that it rests on. */
export const explanation = z.strictObject({
  decisionId,
  /** What happened, in a few sentences. */
  summary: z.string(),
  placements: z.array(
    z.strictObject({
      placementId,
      assetId,
      assetVersion: z.int(),
      touchpoint,
      /** Why this asset: the parts of its score, strongest first. */
      why: z.string(),
      scoreParts: z.record(z.string(), z.number()),
      verdict: effect,
      findings: z.array(z.strictObject({ ...citedRule.shape, effect, reason: z.string() })),
    }),
  ),
  /** The candidates that were passed over, best first. */
  others: z.array(
    z.strictObject({
      assetId,
      assetVersion: z.int(),
      score: z.number(),
      why: z.string(),
      rejectedBy: z.array(citedRule),
    }),
  ),
  confidence: z
    .strictObject({
      words: z.string(),
      value: z.number(),
      threshold: z.number(),
      parts: z.record(z.string(), z.number()),
    })
    .nullable(),
  approval: z.strictObject({ approvalId, status: z.string(), words: z.string() }).nullable(),
  rulesetVersion: z.string().nullable(),
});
export type Explanation = z.infer<typeof explanation>;

/** A decision in words that a marketer understands, made of nothing but its record. */
export function explainDecision(decision: Decision): Explanation {
  const placed = new Set(decision.placements.map(({ assetId, assetVersion }) => `${assetId}@${assetVersion}`));
  const others = decision.candidates.filter((one) => !placed.has(`${one.assetId}@${one.assetVersion}`));
  return {
    decisionId: decision.decisionId,
    summary: [outcomeWords(decision), decision.reason, playbookWords(decision)].filter(Boolean).join(" "),
    placements: decision.placements.map((placement) => explainPlacement(placement, decision.candidates)),
    others: others.toSorted((a, b) => b.score - a.score).map(explainOther),
    confidence: decision.confidence && { words: confidenceWords(decision.confidence), ...decision.confidence },
    approval: decision.approval && { ...decision.approval, words: approvalWords[decision.approval.status] },
    rulesetVersion: decision.rulesetVersion,
  };
}

function outcomeWords(decision: Decision): string {
  const shown = decision.placements.filter(({ state }) => state === "live").map(placeWords);
  switch (decision.status) {
    case "received":
      return "The event was accepted and has not been worked on yet.";
    case "running":
      return "The decision is being made.";
    case "awaiting-approval":
      return "A person is asked before anything is shown.";
    case "held":
      return `Nothing is shown for now; it is judged again${decision.wakeAt ? ` at ${decision.wakeAt}` : " later"}.`;
    case "published":
      return shown.length === 0 ? "Proof was published." : `Shown: ${shown.join("; ")}.`;
    case "no-action":
      return "Nothing is shown: no proof fitted this moment.";
    case "denied":
      return "Nothing is shown: the rules do not allow it.";
    case "failed":
      return "Nothing is shown: the decision could not be made.";
    case "withdrawn":
      return "What was shown has been withdrawn.";
  }
}

function placeWords({ assetId, assetVersion, touchpoint: at }: PlacementRecord): string {
  return `asset ${assetId} (version ${assetVersion}) at ${at.place} on ${at.channel}`;
}

function playbookWords({ playbook, planner, status }: Decision): string {
  if (playbook === null)
    return status === "received" || status === "running" ? "" : "No playbook answers to this event.";
  const by = planner === null ? "" : `, planned by ${planner.kind} ${planner.version}`;
  return `Playbook ${playbook.id}, version ${playbook.version}${by}.`;
}

function explainPlacement(placement: PlacementRecord, candidates: readonly CandidateRecord[]) {
  const { placementId: id, assetId: asset, assetVersion, touchpoint: at, verdict } = placement;
  const candidate = candidates.find((one) => one.assetId === asset && one.assetVersion === assetVersion);
  return {
    placementId: id,
    assetId: asset,
    assetVersion,
    touchpoint: at,
    why: candidate ? `It was chosen for ${strongest(candidate.parts)}.` : "Its score was not recorded.",
    scoreParts: candidate?.parts ?? {},
    verdict,
    findings: placement.findings.map(({ rule, effect: says, reason }) => ({
      rule,
      words: meaningOf(rule),
      effect: says,
      reason,
    })),
  };
}

function explainOther({ assetId: asset, assetVersion, score, rejectedBy }: CandidateRecord) {
  const rules = rejectedBy.map((rule) => ({ rule, words: ruleWords(rule) }));
  const why =
    rules.length === 0
      ? "It would have been allowed, but fitted less well."
      : `It may not be used: ${rules.map(({ words }) => words).join("; ")}.`;
  return { assetId: asset, assetVersion, score, why, rejectedBy: rules };
}

function confidenceWords({ value, threshold, parts }: NonNullable<Decision["confidence"]>): string {
  const weakest = Object.entries(parts).toSorted((a, b) => a[1] - b[1])[0];
  const compared = value >= threshold ? "reaches" : "is below";
  const because = weakest ? ` Its weakest part is ${weakest[0]} (${percent(weakest[1])}).` : "";
  return `The confidence of ${percent(value)} ${compared} the playbook's threshold of ${percent(threshold)}.${because}`;
}

function strongest(parts: Readonly<Record<string, number>>): string {
  const named = Object.entries(parts)
    .filter(([, value]) => value > 0)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([name, value]) => `${partWords[name] ?? name} (${percent(value)})`);
  return named.length === 0 ? "want of a better one" : named.join(", ");
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

const partWords: Readonly<Record<string, string>> = {
  text: "what its words say",
  segment: "how well it matches the lead's segment",
  theme: "its themes and the objections it answers",
  kind: "the kind of proof that the playbook prefers",
  product: "the product that the lead is interested in",
  recency: "how recent it is",
};

const approvalWords: Readonly<Record<NonNullable<Decision["approval"]>["status"], string>> = {
  waiting: "A person has not answered yet.",
  approved: "A person approved it.",
  edited: "A person changed the framing and approved it.",
  rejected: "A person rejected it.",
  expired: "Nobody answered in time, so nothing is shown.",
  blocked: "The right to use the asset ended while it waited, so nothing is shown.",
};
