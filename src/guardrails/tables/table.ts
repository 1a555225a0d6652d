import { z } from "zod";
import { effect } from "../../domain/finding.ts";
import { instant } from "../../domain/vocabulary.ts";

/** Fields in the place of the example's; `null` leaves one out. */
const fields = z.record(z.string(), z.unknown());

/** What is different from the example placement (example-placement.ts). Times may be said as `30 days ago`, `in 2 days`. */
const given = z.strictObject({
  asset: fields.optional(),
  /** Terms of the one grant; `grants` is all of them. */
  grant: fields.optional(),
  grants: z.array(fields).optional(),
  /** All of them as they are now, where the content was composed under `grant` or `grants`. */
  grantsNow: z.array(fields).optional(),
  endorser: fields.nullable().optional(),
  lead: fields.nullable().optional(),
  playbook: fields.optional(),
  /** The playbook's place: its channel, its words, its limits. */
  touchpoint: fields.optional(),
  profile: fields.optional(),
  /** What the planner proposes: its framing, an excerpt. */
  planned: fields.optional(),
  /** What else is known, by its name among the facts. */
  facts: fields.optional(),
  /** What would be read in the place of what is rendered. */
  shown: fields.optional(),
});

const tableCase = z.strictObject({
  /** What the case is, in a few words. */
  why: z.string().trim().min(1).max(200),
  /** When it is judged; times in words count from then. */
  at: instant.optional(),
  given: given.optional(),
  /** Facts that are not known, by name. */
  missing: z.array(z.string().min(1)).optional(),
  /** The strictest that the rule says; `silent`: it does not concern the placement. */
  expect: z.union([effect, z.literal("silent")]),
  /** A part of the reason that it gives. */
  reason: z.string().min(1).optional(),
  /** Whose finding is looked at, where it is not the table's rule. */
  by: z.string().min(1).optional(),
  /** What all rules together come to. */
  verdict: effect.optional(),
});

/** One file: for each rule its cases. */
export const tablesFile = z.array(z.strictObject({ rule: z.string().min(1), cases: z.array(tableCase).min(1) })).min(1);

export type TableCase = z.infer<typeof tableCase>;

export interface DecisionTable {
  readonly rule: string;
  readonly file: string;
  readonly cases: readonly (TableCase & { readonly line: number })[];
}
