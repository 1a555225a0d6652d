import { leadRights } from "./lead-rights.ts";
import { operations } from "./operations.ts";
import type { RuleJudge } from "./opinion.ts";
import { rights } from "./rights.ts";

/** What the written rules say on facts, by rule id. */
export const judges: Readonly<Record<string, RuleJudge>> = { ...rights, ...leadRights, ...operations };
