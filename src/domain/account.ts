import { z } from "zod";
import { accountId } from "./ids.ts";
import { companySize, country, term, webUrl } from "./vocabulary.ts";

/** What is known of a company that leads belong to. */
export const accountFacts = z.strictObject({
  /** Absent only where the account is known from a lead alone that does not name its company. */
  name: z.string().min(1).max(200).optional(),
  industry: term.optional(),
  size: companySize.optional(),
  /** Where the company is; a lead's own country decides what it may be shown. */
  country: country.optional(),
  website: webUrl.optional(),
});

/** PUT /v1/accounts/:id and one line of an import. */
export const accountInput = accountFacts.extend({ accountId, name: z.string().min(1).max(200) });

export type AccountFacts = z.infer<typeof accountFacts>;
export type AccountInput = z.infer<typeof accountInput>;
