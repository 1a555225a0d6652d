import { AppError } from "../domain/errors.ts";
import type { Planner } from "../planners/planner.ts";
import { makeRulesPlanner } from "../planners/rules/rules-planner.ts";

/** The planner of that kind. Throws `config` where this version has none. */
export function choosePlanner(kind: Planner["kind"]): Planner {
  switch (kind) {
    case "rules":
      return makeRulesPlanner();
    case "llm":
      throw new AppError("config", "There is no model planner in this version. Choose the planner rules.");
  }
}
