import { z } from "zod";

/** What a rule says of a placement, and the order in which the fold lets one beat another: deny, hold, review, allow. */
export const effect = z.enum(["allow", "review", "hold", "deny"]);

export const finding = z.strictObject({
  /** Rule id, such as `grant.territory`. */
  rule: z.string(),
  effect,
  /** Static words for a person; the particulars are in `evidence`. Review findings are discharged by `questionOf`. */
  reason: z.string(),
  evidence: z.record(z.string(), z.unknown()).default({}),
  /** The question concerns the asset version alone: a person's clearance answers it once, for every lead. */
  about: z.literal("version").optional(),
  /** For `hold`: milliseconds UTC until which it holds. */
  until: z.number().optional(),
});

export type Effect = z.infer<typeof effect>;
export type Finding = z.infer<typeof finding>;

export type Verdict =
  | { readonly effect: "allow" }
  | { readonly effect: "review"; readonly findings: readonly Finding[] }
  | { readonly effect: "hold"; readonly until: number; readonly findings: readonly Finding[] }
  | { readonly effect: "deny"; readonly findings: readonly Finding[] };

/**
 * Two findings ask a person the same question when rule and reason are the same, and what they are about besides: a
 * digest in `evidence.subject`, where that can change while the asset version stays.
 */
export function questionOf({ rule, reason, evidence }: Pick<Finding, "rule" | "reason" | "evidence">): string {
  const { subject } = evidence;
  return typeof subject === "string" ? `${rule}|${reason}|${subject}` : `${rule}|${reason}`;
}
