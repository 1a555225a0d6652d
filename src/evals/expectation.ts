import { z } from "zod";
import { decisionStatus } from "../domain/decision.ts";
import { effect } from "../domain/finding.ts";

/** `channel/place`, as in `web/pricing-hero`. */
export const touchpointName = z.string().regex(/^[a-z]+\/[a-z0-9-]+$/, "channel/place, such as web/pricing-hero");

/** What is to happen at an event: show proof, show nothing, ask a person, hold until later, or refuse the event itself. */
export const action = z.enum(["show", "nothing", "ask", "hold", "fail", "refuse"]);

const ruleId = z.string().min(1);

/** What is expected of one decision as it rests after a step. What is not said is not looked at. */
export const momentExpectation = z.strictObject({
  action: action.optional(),
  /** Finer than the action: denied or no-action, for one. */
  status: decisionStatus.optional(),
  /** The playbook's id; null: none answers. */
  playbook: z.string().nullable().optional(),
  /** Where it is shown: all of its touchpoints, in any order. */
  at: z.array(touchpointName).optional(),
  assets: z
    .strictObject({
      /** Every placement is one of these. */
      anyOf: z.array(z.string()).min(1).optional(),
      /** None of them is placed. */
      noneOf: z.array(z.string()).min(1).optional(),
      /** How well each would fit, 0 to 3, for the rank; what is not graded counts 0. */
      grades: z.record(z.string(), z.int().min(0).max(3)).optional(),
    })
    .optional(),
  /** What the rules say of the placements, folded. */
  verdict: effect.optional(),
  rules: z
    .strictObject({
      /** All rules that say anything but allow of the placements. */
      fired: z.array(ruleId).optional(),
      /** Rules that said allow of the placements. */
      held: z.array(ruleId).optional(),
      /** Rules that stand in the way of a candidate, by asset. */
      against: z.record(z.string(), z.array(ruleId).min(1)).optional(),
    })
    .optional(),
  confidence: z
    .strictObject({ atLeast: z.number().min(0).max(1).optional(), atMost: z.number().min(0).max(1).optional() })
    .optional(),
  tools: z
    .strictObject({
      /** These were called, in this order (others may stand between). */
      called: z.array(z.string()).min(1).optional(),
      never: z.array(z.string()).min(1).optional(),
      atMost: z.int().positive().optional(),
    })
    .optional(),
  budget: z
    .strictObject({
      /** Nodes and tool calls of the run. */
      steps: z.int().positive().optional(),
      /** What a model was asked and answered; 0 for a planner without one. */
      tokens: z.int().nonnegative().optional(),
      /** Milliseconds from the event to its rest: room for a slow machine is to be left. */
      ms: z.number().positive().optional(),
    })
    .optional(),
  /** Words in the framing of the placements. */
  framing: z
    .strictObject({ contains: z.array(z.string()).min(1).optional(), lacks: z.array(z.string()).min(1).optional() })
    .optional(),
  /** Part of why it ended as it did. */
  reason: z.string().min(1).optional(),
});

export type Action = z.output<typeof action>;
export type MomentExpectation = z.output<typeof momentExpectation>;
