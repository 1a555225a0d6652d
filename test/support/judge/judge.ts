import { disclosures } from "./disclosures.ts";
import { leadRights } from "./lead-rights.ts";
import { operations } from "./operations.ts";
import type { RuleJudge } from "./opinion.ts";
import { proof } from "./proof.ts";
import { rights } from "./rights.ts";

/** What the written rules say on facts, by rule id. */
export const judges: Readonly<Record<string, RuleJudge>> = {
  ...rights,
  ...proof,
  ...disclosures,
  ...leadRights,
  ...operations,
};
