import { AppError } from "../domain/errors.ts";
import type { Planner, PlanRequest } from "../planners/planner.ts";
import type { ToolBox } from "../tools/tool.ts";

/**
 * What the planner answers; undefined, and so no plan, where it has not within `limitMs` or calls tools without end: a
 * planner that never comes back must not hold its decision, and with it a place among the runs, for ever. From then on
 * its tools answer nothing. It waits by the machine's clock, since what it measures is work.
 */
export async function planInTime(
  planner: Pick<Planner, "plan">,
  request: PlanRequest,
  box: ToolBox,
  limitMs: number = longestMs,
): Promise<unknown> {
  let calls = 0;
  let isOver = false;
  const bounded: ToolBox = {
    names: box.names,
    get offers() {
      return box.offers;
    },
    async call(name, input) {
      if (isOver || ++calls > mostCalls)
        throw new AppError("invalid", "The planner has used up its time or its calls.");
      return box.call(name, input);
    },
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([planner.plan(request, bounded), late]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}

/** Longer than any model takes over one plan. */
const longestMs = 60_000;
/** A playbook has ten touchpoints at most, and five candidates of each are checked. */
const mostCalls = 200;
