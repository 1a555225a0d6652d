import { z } from "zod";
import { accountId, opportunityId } from "./ids.ts";
import { currency, instant, term } from "./vocabulary.ts";

/** A deal: how far it is, how much it is about, and its dates. */
export const opportunityFacts = z.strictObject({
  stage: term,
  amountMinor: z.int().nonnegative().optional(),
  currency: currency.optional(),
  openedAt: instant.optional(),
  expectedCloseAt: instant.optional(),
  closedAt: instant.optional(),
});

const opportunityFields = opportunityFacts.extend({ opportunityId, accountId: accountId.optional() });

/** One line of an import. Leads name the deal they take part in by `opportunity.id`. */
export const opportunityInput = withRules(opportunityFields);

/** PUT /v1/opportunities/:id */
export const opportunityChange = withRules(opportunityFields.extend({ opportunityId: opportunityId.optional() }));

export type OpportunityFacts = z.infer<typeof opportunityFacts>;
export type OpportunityInput = z.infer<typeof opportunityInput>;

function withRules<T extends z.ZodType<OpportunityFacts>>(fields: T): T {
  return fields
    .refine(({ amountMinor, currency }) => amountMinor === undefined || currency !== undefined, {
      path: ["currency"],
      message: "an amount needs its currency",
    })
    .refine(({ openedAt, closedAt }) => !openedAt || !closedAt || Date.parse(openedAt) <= Date.parse(closedAt), {
      path: ["closedAt"],
      message: "lies before openedAt",
    });
}
